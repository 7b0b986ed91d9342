import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { regionOf } from '#contract/region.ts';
import { stationRegisterOf } from '#contract/station-register.ts';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import type { Office } from './office.ts';
import { receiveRecord } from './receive-record.ts';
import { recapitulationOf } from './results.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';
import { CONSISTENT, FORM, figuresOf, recordOf } from './testing/records.ts';
import { signedRecord, testOffice } from './testing/test-office.ts';

/** Signed records of several kits through the real way in, in an order that nobody chose, some of them several times. */

vi.setConfig({ testTimeout: 240_000 });
const TPS = ['9801011001001', '9801011001002', '9801011002001', '9801021001001', '9801021001002'];
const kitOf = (tps: string) => `kit-${tps}`;
const REGISTER = stationRegisterOf(TPS);

let authority: Awaited<ReturnType<typeof testAuthority>>;
let pictures: DatabasePlace;
beforeAll(async () => {
  authority = await testAuthority(kitOf(TPS[0] ?? ''), TPS[0] ?? '');
  for (const tps of TPS.slice(1)) await addTestKit(authority.folder, kitOf(tps), tps);
  pictures = await temporaryFolder();
});
afterAll(async () => {
  await pictures.remove();
  authority.remove();
});

/** The document of a TPS and its corrections; a vote that moves from one paslon to the other breaks no rule. */
async function signedVersions(tps: string, moved: readonly number[]): Promise<readonly string[]> {
  const jws: string[] = [];
  let before: string | null = null;
  for (const [n, votes] of moved.entries()) {
    const figures = figuresOf(withMoved(votes));
    const place = { sequence: n + 1, previous: before, version: n + 1, supersedes: before };
    const signed = await signedRecord(authority.folder, recordOf({ kit: kitOf(tps), tps, figures, ...place }));
    jws.push(signed.jws);
    before = signed.digest;
  }
  return jws;
}

function withMoved(votes: number): Readonly<Record<string, number>> {
  const { 'paslon-1': one = 0, 'paslon-2': two = 0 } = CONSISTENT;
  return { ...CONSISTENT, 'paslon-1': one - votes, 'paslon-2': two + votes };
}

async function allPicturesCome(office: Office): Promise<void> {
  await office.database.write('update pictures set complete_at = now()');
}

test('the totals are the sum of the truth', async () => {
  const versions = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(...TPS.map(() => versions)), fc.infiniteStream(fc.nat()), async (truth, order) => {
      const place = await emptyPostgres();
      const office = await testOffice(authority.folder, place.where, pictures.where);
      const sent = await Promise.all(truth.map((moved, n) => signedVersions(TPS[n] ?? '', moved)));
      const messages = sent.flatMap((jws, n) => jws.map((one) => ({ kit: kitOf(TPS[n] ?? ''), jws: one })));
      const again = messages.filter(() => order.next().value % 3 === 0);
      const shuffled = [...messages, ...again]
        .map((message) => ({ message, at: order.next().value }))
        .toSorted((a, b) => a.at - b.at);
      for (const { message } of shuffled) await receiveRecord(office, message.kit, Buffer.from(message.jws), 'resmi');
      await allPicturesCome(office);
      const { areas } = await recapitulationOf(office.database, REGISTER, FORM.id);
      await office.database.close();
      await place.remove();
      for (const { code, level, figures, states } of areas) {
        const within = truth.filter((moved, n) => moved.length > 0 && regionOf(TPS[n] ?? '', level) === code);
        const last = within.map((moved) => withMoved(moved.at(-1) ?? 0));
        const sum = (id: string) => last.reduce((total, one) => total + (one[id] ?? 0), 0);
        expect(states.counted).toBe(within.length);
        for (const id of Object.keys(CONSISTENT)) expect(figures[id] ?? 0).toBe(sum(id));
      }
    }),
    { numRuns: 25 },
  );
});
