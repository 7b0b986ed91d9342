import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResultRecord } from '#contract/wire/record.ts';
import { sign } from '#contract/wire/signature.ts';
import { recordTopic } from '#contract/wire/topics.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { latestAlarms } from './alarms.ts';
import type { Office } from './office.ts';
import { receiveMessage } from './receive-message.ts';
import { receiveRecord } from './receive-record.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';
import { recordOf } from './testing/records.ts';
import { kitSigner, testOffice } from './testing/test-office.ts';

/**
 * A message the office throws at is taken as a failure of the database: it is tried again for ever, and
 * every other kit waits behind it. So nothing that a kit with a good certificate may send must throw.
 */
const KIT = 'palembang-0001';
const TPS = '1671010001001';

describe.each([
  ['embedded PGlite', temporaryFolder],
  ['a PostgreSQL server', emptyPostgres],
] as const)('on %s, a hostile kit does not stop the office', (_, placeFor) => {
  let authority: Awaited<ReturnType<typeof testAuthority>>;
  let place: DatabasePlace;
  let pictures: DatabasePlace;
  let office: Office;

  beforeAll(async () => {
    authority = await testAuthority(KIT, TPS);
    pictures = await temporaryFolder();
    place = await placeFor();
    office = await testOffice(authority.folder, place.where, pictures.where);
  });
  afterAll(async () => {
    await office.database.close();
    await place.remove();
    await pictures.remove();
    authority.remove();
  });

  async function send(parts: Readonly<Record<string, unknown>>) {
    const signed = await sign(
      'tps-record',
      { ...recordOf({ kit: KIT, tps: TPS }), ...parts },
      kitSigner(authority.folder, KIT),
    );
    return receiveRecord(office, KIT, Buffer.from(signed.jws));
  }
  const [figure] = recordOf({ kit: KIT, tps: TPS }).figures;

  test.for<[string, Readonly<Record<string, unknown>>]>([
    ['a NUL in a text column', { agent: 'a\0b' }],
    ['a NUL within JSON', { figures: [{ ...figure, officer: '\0' }] }],
    ['half a surrogate pair within JSON', { figures: [{ ...figure, officer: '\ud800' }] }],
    ['a NUL in what the refusal quotes', { form: 'c\0' }],
    ['a NUL in the name of a field that is not known', { '\0': 1 }],
    ['a version beyond the column', { version: 2 ** 40, supersedes: 'a'.repeat(64) }],
    ['a year that PostgreSQL does not have', { wallClock: '0000-01-01T00:00:00Z' }],
    ['a time of a thousand decimals', { wallClock: `2026-11-25T09:00:00.${'1'.repeat(1000)}Z` }],
    ['a text of a hundred thousand characters', { agent: 'a'.repeat(100_000) }],
  ])('%s is refused', async ([, parts]) => {
    expect(await send(parts)).toMatchObject([{ kind: 'refused' }]);
  });

  test('whatever texts and numbers a record holds, it is answered', async () => {
    const text = fc.string({ unit: 'binary' });
    const strange = fc.record<Partial<ResultRecord>>(
      {
        agent: text,
        bootId: text,
        form: text,
        version: fc.nat(2 ** 31),
        sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        previous: fc.constant('c'.repeat(64)),
        supersedes: fc.constant('d'.repeat(64)),
      },
      { requiredKeys: [] },
    );
    const answered = fc.asyncProperty(strange, async (parts) => {
      expect((await send(parts)).length).toBeGreaterThan(0);
    });
    await fc.assert(answered, { numRuns: 100 });
  });

  test('a record of practice that comes by the official way is refused, and the other way round', async () => {
    for (const [mode, way] of [
      ['latihan', 'resmi'],
      ['resmi', 'latihan'],
    ] as const) {
      const record = recordOf({ kit: KIT, tps: TPS, mode, sequence: 900, previous: 'c'.repeat(64) });
      const { jws } = await sign('tps-record', record, kitSigner(authority.folder, KIT));
      const answers = await receiveMessage(office, recordTopic(KIT, way), Buffer.from(jws), false);
      expect(answers).toMatchObject([{ kind: 'refused', sequence: 900, code: 'bad-schema' }]);
    }
  });

  test('a topic of twenty thousand characters is one alarm', async () => {
    const long = Array.from({ length: 20_000 }, (_unit, n) => String.fromCodePoint(33 + ((n * n * 31) % 90))).join('');
    const topic = `tps/v1/${KIT}/picture/${long.replaceAll(/[/+#]/g, 'x')}/0`;
    expect(await receiveMessage(office, topic, Buffer.from(''), false)).toEqual([]);
    expect(await receiveMessage(office, topic, Buffer.from(''), false)).toEqual([]);
    const foreign = (await latestAlarms(office.database, 1000)).filter(({ code }) => code === 'foreign-topic');
    expect(foreign).toHaveLength(1);
  });
});
