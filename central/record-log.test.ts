import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bytesOf } from '#contract/log/hex.ts';
import { isContinued } from '#contract/log/merkle-tree.ts';
import { checkProof, type ProofTrust, type RecordProof } from '#contract/log/record-proof.ts';
import { openHead } from '#contract/log/tree-head.ts';
import { certificatesOf } from '#contract/wire/signature.ts';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import type { Office } from './office.ts';
import { receiveRecord } from './receive-record.ts';
import type { RecordLog } from './record-log.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';
import { recordOf } from './testing/records.ts';
import { pemOf, signedRecord, testLog, testOffice } from './testing/test-office.ts';

const KITS = 12;
const kitOf = (n: number) => `kit-${100 + n}`;
const tpsOf = (n: number) => `1671010001${100 + n}`;

describe.each([
  ['embedded PGlite', temporaryFolder],
  ['a PostgreSQL server', emptyPostgres],
] as const)('on %s', (_, placeFor) => {
  let authority: Awaited<ReturnType<typeof testAuthority>>;
  let place: DatabasePlace;
  let office: Office;
  let log: RecordLog;
  let trust: ProofTrust;

  beforeAll(async () => {
    authority = await testAuthority(kitOf(0), tpsOf(0));
    for (let n = 1; n < KITS; n += 1) await addTestKit(authority.folder, kitOf(n), tpsOf(n));
    place = await placeFor();
    office = await testOffice(authority.folder, place.where, place.where);
    log = testLog(office, authority.folder);
    const [central, roots] = ['central-signing.crt', 'root.crt'].map((name) =>
      certificatesOf(pemOf(authority.folder, name)),
    );
    trust = { central: central ?? [], roots: roots ?? [] };
  });
  afterAll(async () => {
    await office.database.close();
    await place.remove();
    authority.remove();
  });

  async function send(n: number, mode: 'resmi' | 'latihan' = 'resmi'): Promise<string> {
    const signed = await signedRecord(authority.folder, recordOf({ kit: kitOf(n), tps: tpsOf(n), mode }));
    await receiveRecord(office, kitOf(n), Buffer.from(signed.jws));
    return signed.digest;
  }

  async function proofOf(digest: string): Promise<RecordProof> {
    const proof = await log.proofOf(digest);
    if (typeof proof === 'string') throw new Error(proof);
    return proof;
  }

  async function headNow() {
    const opened = await openHead((await log.head()).jws, trust.central);
    if (!opened.ok) throw new Error(opened.reason);
    return opened.head;
  }

  test('every official record has a place without gaps, whoever commits at the same moment', async () => {
    const digests = await Promise.all(Array.from({ length: 6 }, (_unit, n) => send(n)));
    const Row = z.object({ position: z.coerce.number(), digest: z.string() });
    const rows = await office.database.rows(Row, 'select position, digest from log order by position');
    expect(rows.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rows.map(({ digest }) => digest).toSorted()).toEqual(digests.toSorted());
  });

  test('a record that comes again, and one of practice, take no place', async () => {
    const before = (await headNow()).size;
    await send(0);
    await send(0, 'latihan');
    expect((await headNow()).size).toBe(before);
  });

  test('who holds a receipt proves with it alone that its record is in the log', async () => {
    const digest = await send(6);
    const proof = await proofOf(digest);
    expect(await checkProof(digest, proof, trust)).toMatchObject({ ok: true, record: { tps: tpsOf(6) } });
  });

  test('no other record, place, path, head or signer passes', async () => {
    const [digest, other] = [await send(7), await send(8)];
    const [proof, foreign] = [await proofOf(digest), await proofOf(other)];
    const codeOf = async (given: string, changed: Partial<RecordProof>, by = trust) => {
      const checked = await checkProof(given, { ...proof, ...changed }, by);
      return checked.ok ? 'proved' : checked.code;
    };
    expect(await codeOf(other, {})).toBe('other-record');
    expect(await codeOf(digest, { position: proof.position + 1 })).toBe('not-in-log');
    expect(await codeOf(digest, { path: foreign.path })).toBe('not-in-log');
    expect(await codeOf(digest, { path: [] })).toBe('not-in-log');
    expect(await codeOf(digest, { head: foreign.jws })).toBe('bad-head');
    expect(await codeOf(digest, {}, { ...trust, central: trust.roots })).toBe('bad-head');
    expect(await codeOf(digest, {}, { ...trust, roots: trust.central })).toBe('bad-record');
  });

  test('what was signed once is proved to be the beginning of what is signed now', async () => {
    const before = await headNow();
    await send(9);
    const after = await headNow();
    const path = (await log.consistency(before.size, after.size))?.map(bytesOf) ?? [];
    const [first, second] = [before, after].map(({ size, root }) => ({ size, root: bytesOf(root) }));
    if (!first || !second) throw new Error('no heads');
    expect(after.size).toBe(before.size + 1);
    expect(await isContinued({ first, second, path })).toBe(true);
    expect(await log.consistency(1, after.size + 1)).toBeNull();
  });

  test('another process over the same database proves the same', async () => {
    const digest = await send(10);
    const later = await testLog(office, authority.folder).proofOf(digest);
    expect(later).toEqual(await proofOf(digest));
    expect(await log.proofOf('f'.repeat(64))).toBe('unknown');
  });

  test('nothing in it can be changed or removed', async () => {
    await expect(office.database.write('delete from log')).rejects.toThrow('append-only');
    await expect(office.database.write("update tree_heads set jws = ''")).rejects.toThrow('append-only');
  });
});
