import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Receipt } from '#contract/wire/receipt.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { KitRegister } from '#contract/wire/register.ts';
import { type Signed, sign, signerOf } from '#contract/wire/signature.ts';
import type { KitHealth } from '#contract/wire/status.ts';
import { CHUNK_BYTES } from '#contract/wire/topics.ts';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import { latestAlarms } from './alarms.ts';
import type { Office } from './office.ts';
import { receiveHealth } from './receive-health.ts';
import { answerReturn, receiveChunk } from './receive-picture.ts';
import { receiveRecord } from './receive-record.ts';
import { takeOverRegister } from './record-store.ts';
import { documentOf, overviewOf, resultsOf } from './results.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';
import { CONSISTENT, FORM, figuresOf, recordOf } from './testing/records.ts';
import { signedRecord, testOffice } from './testing/test-office.ts';

describe.each([
  ['embedded PGlite', temporaryFolder],
  ['a PostgreSQL server', emptyPostgres],
] as const)('on %s', (_, placeFor) => {
  let authority: Awaited<ReturnType<typeof testAuthority>>;
  let place: DatabasePlace;
  let pictures: DatabasePlace;
  let office: Office;
  let tpsCount = 0;

  beforeAll(async () => {
    authority = await testAuthority('kit-000', '1671010001999');
    for (let n = 1; n <= 20; n += 1) await addTestKit(authority.folder, kitNamed(n), tpsNamed(n));
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

  const kitNamed = (n: number) => `kit-${String(n).padStart(3, '0')}`;
  const tpsNamed = (n: number) => `1671010001${String(n).padStart(3, '0')}`;

  /** A kit and TPS that no other test uses. */
  function freshKit(): { kit: string; tps: string } {
    tpsCount += 1;
    return { kit: kitNamed(tpsCount), tps: tpsNamed(tpsCount) };
  }
  const pictureWants = FORM.pages.map(() => 'picture-wants');
  const send = (kit: string, signed: Signed) => receiveRecord(office, kit, Buffer.from(signed.jws));
  const aboutRecord = (receipts: readonly Receipt[]) =>
    receipts.filter(({ kind }) => kind === 'record' || kind === 'refused');
  const alarmsOf = async (kit: string) =>
    (await latestAlarms(office.database, 1000)).filter((alarm) => alarm.kit === kit);

  test('a record tells by which models it was read; one from before words were read is as good', async () => {
    const kept = z.strictObject({ model: z.string(), words_model: z.string().nullable() });
    for (const models of [{}, { wordsModel: 'd'.repeat(64) }]) {
      const { kit, tps } = freshKit();
      const signed = await signedRecord(authority.folder, recordOf({ kit, tps, ...models }));
      expect(aboutRecord(await send(kit, signed)).map(({ kind }) => kind)).toEqual(['record']);
      const statement = 'select model, words_model from records where kit = $1';
      expect(await office.database.rows(kept, statement, [kit])).toEqual([
        { model: 'e'.repeat(64), words_model: models.wordsModel ?? null },
      ]);
    }
  });

  test('a record is committed, answered and shown with the judgement of the centre', async () => {
    const { kit, tps } = freshKit();
    const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const [receipt, ...others] = await send(kit, signed);
    expect(receipt).toMatchObject({ kind: 'record', kit, sequence: 1, digest: signed.digest });
    expect(others.map(({ kind }) => kind)).toEqual(['picture-wants', 'picture-wants', 'picture-wants']);
    const document = await documentOf(office.database, office.forms, { mode: 'resmi', tps, form: FORM.id });
    expect(document).toMatchObject({ state: 'pictures-missing', rulesHeld: FORM.rules.length, breaksRules: [] });
    expect(document?.figures).toHaveLength(Object.keys(CONSISTENT).length);
    expect(await alarmsOf(kit)).toEqual([]);
  });

  test('the same record again gets the same answer and stays one record', async () => {
    const { kit, tps } = freshKit();
    const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const first = await send(kit, signed);
    const again = await Promise.all([send(kit, signed), send(kit, signed), send(kit, signed)]);
    for (const answer of again) expect(answer).toEqual(first);
    const { documents } = await overviewOf(office.database, office.forms, 'resmi');
    expect(documents.filter((document) => document.tps === tps)).toHaveLength(1);
  });

  test('a second record under one sequence number is refused with an alarm, the first stays', async () => {
    const { kit, tps } = freshKit();
    const first = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const second = await signedRecord(authority.folder, recordOf({ kit, tps, bootId: 'another' }));
    await send(kit, first);
    expect(await send(kit, second)).toMatchObject([
      { kind: 'refused', code: 'sequence-conflict', digest: second.digest },
    ]);
    expect(aboutRecord(await send(kit, first))).toMatchObject([{ kind: 'record', digest: first.digest }]);
    expect(await alarmsOf(kit)).toMatchObject([{ code: 'sequence-conflict', sequence: 1 }]);
  });

  test('a record that overtakes earlier ones is committed, and they are asked for', async () => {
    const { kit, tps } = freshKit();
    const record = recordOf({ kit, tps, sequence: 3, previous: 'a'.repeat(64) });
    const receipts = await send(kit, await signedRecord(authority.folder, record));
    expect(receipts.map(({ kind }) => kind)).toEqual(['record', 'record-wants', ...pictureWants]);
    expect(receipts[1]).toEqual({ kind: 'record-wants', kit, mode: 'resmi', sequences: [1, 2] });
  });

  test('a kit that counts more as received than is held is asked for it; what waits comes by itself', async () => {
    const { kit, tps } = freshKit();
    await send(kit, await signedRecord(authority.folder, recordOf({ kit, tps })));
    const told = (records: KitHealth['records'], kitName = kit) => {
      const pictures = { waiting: 0, received: 0 };
      const clock = { wallClock: '2026-11-25T09:00:00.000Z', clockSynchronised: true };
      const health: KitHealth = { schema: 1, agent: '0.1.0', mode: 'resmi', ...clock, records, pictures };
      return receiveHealth(office, kitName, Buffer.from(JSON.stringify(health)));
    };
    expect(await told({ waiting: 0, received: 1, refused: 0 })).toEqual([]);
    expect(await told({ waiting: 1, received: 1, refused: 1 })).toEqual([]);
    expect(await told({ waiting: 0, received: 3, refused: 0 })).toEqual([
      { kind: 'record-wants', kit, mode: 'resmi', sequences: [2, 3] },
    ]);
    const [bounded] = await told({ waiting: 0, received: Number.MAX_SAFE_INTEGER, refused: 0 });
    expect(bounded?.kind === 'record-wants' && bounded.sequences).toHaveLength(100);
    expect(await told({ waiting: 0, received: 3, refused: 0 }, 'nobody')).toEqual([]);
    expect(await receiveHealth(office, kit, Buffer.from('{"schema":1'))).toEqual([]);
  });

  test('practice has a chain of its own and never stands among official results', async () => {
    const { kit, tps } = freshKit();
    const practice = await signedRecord(authority.folder, recordOf({ kit, tps, mode: 'latihan' }));
    expect(aboutRecord(await send(kit, practice))).toMatchObject([{ kind: 'record' }]);
    expect((await resultsOf(office.database, office.forms, 'resmi')).map((result) => result.tps)).not.toContain(tps);
    const official = await signedRecord(authority.folder, recordOf({ kit, tps }));
    expect(aboutRecord(await send(kit, official))).toMatchObject([{ kind: 'record' }]);
    expect((await resultsOf(office.database, office.forms, 'latihan')).map((result) => result.tps)).toEqual([tps]);
  });

  test('a changed byte, a foreign signer and a foreign authority are bad signatures', async () => {
    const { kit, tps } = freshKit();
    const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const [header, body, signature] = signed.jws.split('.');
    const forged = recordOf({ kit, tps, agent: 'forged' });
    const changed = `${header}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`;
    expect(await receiveRecord(office, kit, Buffer.from(changed))).toMatchObject([
      { kind: 'refused', code: 'bad-signature', sequence: 1 },
    ]);
    expect(body).toBeDefined();

    const another = kitNamed(16);
    const byAnother = await signedRecord(authority.folder, { ...recordOf({ kit, tps }), kit: another });
    expect(await send(kit, byAnother)).toMatchObject([{ code: 'bad-signature' }]);

    const elsewhere = await testAuthority(kit, tps);
    const byElsewhere = await signedRecord(elsewhere.folder, recordOf({ kit, tps }));
    elsewhere.remove();
    expect(await send(kit, byElsewhere)).toMatchObject([{ code: 'bad-signature' }]);
    expect(await alarmsOf(kit)).toHaveLength(3);
  });

  test('what is not even an envelope has nobody to answer, and is noted once', async () => {
    const { kit } = freshKit();
    const rubbish = Buffer.from([0, 1, 2, 0xff, 0xfe, 0]);
    expect(await receiveRecord(office, kit, rubbish)).toEqual([]);
    expect(await receiveRecord(office, kit, rubbish)).toEqual([]);
    expect(await alarmsOf(kit)).toMatchObject([{ code: 'bad-signature', sequence: null }]);
  });

  test('an unregistered kit, a wrong TPS and an unknown form are refused', async () => {
    const { kit, tps } = freshKit();
    const stranger = await testAuthority('kit-stranger', tps);
    const strange = await signedRecord(stranger.folder, recordOf({ kit: 'kit-stranger', tps }));
    stranger.remove();
    expect(await send('kit-stranger', strange)).toMatchObject([{ code: 'unknown-kit' }]);
    const elsewhere = await signedRecord(authority.folder, recordOf({ kit, tps: '1671010001998' }));
    expect(await send(kit, elsewhere)).toMatchObject([{ code: 'wrong-tps' }]);
    const unknown = await signedRecord(authority.folder, recordOf({ kit, tps, form: 'c-hasil-lain' }));
    expect(await send(kit, unknown)).toMatchObject([{ code: 'unknown-form' }]);
  });

  test('a kit the register no longer lists is refused; what it sent before stays', async () => {
    const { kit, tps } = freshKit();
    const first = await signedRecord(authority.folder, recordOf({ kit, tps }));
    await send(kit, first);
    const register = KitRegister.parse(JSON.parse(readFileSync(join(authority.folder, 'register.json'), 'utf8')));
    const others = register.kits.filter((entry) => entry.kit !== kit);
    await takeOverRegister(office.database, { kits: others, revoked: [] }, new Date());
    const second = recordOf({ kit, tps, sequence: 2, previous: first.digest, version: 2, supersedes: first.digest });
    expect(await send(kit, await signedRecord(authority.folder, second))).toMatchObject([{ code: 'unknown-kit' }]);
    expect((await resultsOf(office.database, office.forms, 'resmi')).map((result) => result.tps)).toContain(tps);
    const thumbprint = '0'.repeat(64);
    const at = new Date().toISOString();
    const revoked = [{ kit, tps, thumbprint, at, reason: 'layar pecah' }];
    await takeOverRegister(office.database, { kits: others, revoked }, new Date());
    const third = recordOf({ kit, tps, sequence: 3, previous: first.digest, version: 2, supersedes: first.digest });
    expect(await send(kit, await signedRecord(authority.folder, third))).toMatchObject([{ code: 'revoked-kit' }]);
    await takeOverRegister(office.database, register, new Date());
  });

  test('what is committed is answered as committed, whatever has become of its kit or its certificate since', async () => {
    const { kit, tps } = freshKit();
    const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const first = await send(kit, signed);
    const register = KitRegister.parse(JSON.parse(readFileSync(join(authority.folder, 'register.json'), 'utf8')));
    const others = register.kits.filter((entry) => entry.kit !== kit);
    await takeOverRegister(office.database, { kits: others, revoked: [] }, new Date());
    expect(await send(kit, signed)).toEqual(first);
    await takeOverRegister(
      office.database,
      { kits: [...others, { kit, tps, thumbprint: '0'.repeat(64) }], revoked: [] },
      new Date(),
    );
    expect(await send(kit, signed)).toEqual(first);
    await takeOverRegister(office.database, register, new Date());
    expect(await alarmsOf(kit)).toEqual([]);
  });

  test('a receipt signed by the centre itself never passes for a record', async () => {
    const { kit, tps } = freshKit();
    const pem = (name: string) => readFileSync(join(authority.folder, name), 'utf8');
    const central = signerOf(pem('central-signing.crt'), pem('central-signing.key'));
    expect(await send(kit, await sign('tps-receipt', recordOf({ kit, tps }), central))).toMatchObject([
      { code: 'bad-signature' },
    ]);
  });

  test('a correction that overtakes what it corrects counts at once, and both stay', async () => {
    const { kit, tps } = freshKit();
    const first = await signedRecord(authority.folder, recordOf({ kit, tps }));
    const values = { ...CONSISTENT, 'paslon-1': 121, 'paslon-2': 157 };
    const correction: ResultRecord = recordOf({
      kit,
      tps,
      figures: figuresOf(values),
      version: 2,
      supersedes: first.digest,
      sequence: 2,
      previous: first.digest,
    });
    const second = await signedRecord(authority.folder, correction);
    const key = { mode: 'resmi', tps, form: FORM.id } as const;
    await send(kit, second);
    expect(await documentOf(office.database, office.forms, key)).toMatchObject({
      state: 'forerunner-missing',
      version: 2,
    });
    await send(kit, first);
    const document = await documentOf(office.database, office.forms, key);
    expect(document).toMatchObject({ state: 'pictures-missing', version: 2, digest: second.digest });
    expect(document?.history.map(({ version, counts }) => ({ version, counts }))).toEqual([
      { version: 2, counts: true },
      { version: 1, counts: false },
    ]);
    expect(document?.history[0]?.changes).toEqual([
      { label: 'Suara pasangan calon nomor 1', from: 120, to: 121 },
      { label: 'Suara pasangan calon nomor 2', from: 158, to: 157 },
    ]);
    const [result] = (await resultsOf(office.database, office.forms, 'resmi')).filter((found) => found.tps === tps);
    expect(result?.figures['paslon-1']).toBe(121);
  });

  test('a breach nobody declared is kept, shown with its numbers, and raises an alarm', async () => {
    const { kit, tps } = freshKit();
    const figures = figuresOf({ ...CONSISTENT, 'paslon-1': 200 });
    expect(
      aboutRecord(await send(kit, await signedRecord(authority.folder, recordOf({ kit, tps, figures })))),
    ).toMatchObject([{ kind: 'record' }]);
    const document = await documentOf(office.database, office.forms, { mode: 'resmi', tps, form: FORM.id });
    expect(document?.state).toBe('breach');
    expect(document?.breaksRules).toMatchObject([
      { rule: 'suara.sah-is-sum', inNumbers: 'Tertulis 375, sedangkan 200 + 158 + 97 = 455.' },
    ]);
    expect(await alarmsOf(kit)).toMatchObject([{ code: 'breach-undeclared' }]);
  });

  test('a picture comes chunk by chunk, resumes where it stopped, and is asked for again when damaged', async () => {
    const { kit, tps } = freshKit();
    const bytes = randomBytes(2 * CHUNK_BYTES + 1000);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const piece = (chunk: number) => bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
    const give = (chunk: number, content: Uint8Array = piece(chunk)) =>
      receiveChunk(office, { kit, sha256, chunk, bytes: content });

    expect(await give(0)).toEqual([]);
    expect(await alarmsOf(kit)).toMatchObject([{ code: 'unexpected-chunk' }]);

    const pages = [{ page: 1, sha256, bytes: bytes.length }];
    const signed = await signedRecord(authority.folder, recordOf({ kit, tps, pages }));
    const [, wanted] = await send(kit, signed);
    expect(wanted).toEqual({ kind: 'picture-wants', kit, sha256, chunks: [0, 1, 2] });

    expect(await give(0)).toEqual([]);
    expect(await give(2)).toEqual([{ kind: 'picture-wants', kit, sha256, chunks: [1] }]);
    expect(await answerReturn(office, kit)).toEqual([{ kind: 'picture-wants', kit, sha256, chunks: [1] }]);
    expect(await give(1, piece(1).subarray(5))).toEqual([]);

    const damaged = Buffer.from(piece(1)).fill(0, 10, 20);
    expect(await give(1, damaged)).toEqual([{ kind: 'picture-wants', kit, sha256, chunks: [0, 1, 2] }]);
    expect((await alarmsOf(kit)).map((alarm) => alarm.code)).toContain('picture-damaged');

    expect(await give(2)).toEqual([{ kind: 'picture-wants', kit, sha256, chunks: [0, 1] }]);
    await give(1);
    expect(await give(0)).toEqual([{ kind: 'picture', kit, sha256 }]);
    expect(await give(0)).toEqual([{ kind: 'picture', kit, sha256 }]);
    expect((await send(kit, signed)).at(-1)).toEqual({ kind: 'picture', kit, sha256 });
    expect(await answerReturn(office, kit)).toEqual([]);

    const stored = await office.pictures.read(sha256);
    const content = await stored?.stream().toArray();
    expect(Buffer.concat(content ?? []).equals(bytes)).toBe(true);
  });

  test('no kit can spoil or complete the picture of another one', async () => {
    const owner = freshKit();
    const thief = freshKit();
    const bytes = randomBytes(500);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const pages = [{ page: 1, sha256, bytes: 500 }];
    await send(owner.kit, await signedRecord(authority.folder, recordOf({ ...owner, pages })));
    await send(thief.kit, await signedRecord(authority.folder, recordOf({ ...thief, pages })));
    const chunk = { sha256, chunk: 0 };
    expect(await receiveChunk(office, { ...chunk, kit: thief.kit, bytes: Buffer.alloc(500) })).toMatchObject([
      { kind: 'picture-wants', kit: thief.kit },
    ]);
    expect(await receiveChunk(office, { ...chunk, kit: owner.kit, bytes })).toMatchObject([
      { kind: 'picture', kit: owner.kit },
    ]);
  });
});
