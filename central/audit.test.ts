import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import type { Office } from './office.ts';
import { receiveRecord } from './receive-record.ts';
import type { RecordLog } from './record-log.ts';
import { type CentralServer, openServer } from './server.ts';
import { type DatabasePlace, temporaryFolder } from './testing/database-place.ts';
import { recordOf } from './testing/records.ts';
import { signedRecord, testLog, testOffice } from './testing/test-office.ts';

/** The auditor's command as it is run, on what the centre publishes and on what somebody made of it. */

const KITS = 5;
const kitOf = (n: number) => `kit-${100 + n}`;
const tpsOf = (n: number) => `1671010001${100 + n}`;
let authority: Awaited<ReturnType<typeof testAuthority>>;
let stranger: Awaited<ReturnType<typeof testAuthority>>;
let place: DatabasePlace;
let office: Office;
let log: RecordLog;
let server: CentralServer;
let lines: readonly string[];
let earlier: string;
let digest: string;
const work = mkdtempSync(join(tmpdir(), 'tps-kit-audit-'));

beforeAll(async () => {
  authority = await testAuthority(kitOf(0), tpsOf(0));
  stranger = await testAuthority(kitOf(0), tpsOf(0));
  for (let n = 1; n < KITS; n += 1) await addTestKit(authority.folder, kitOf(n), tpsOf(n));
  place = await temporaryFolder();
  office = await testOffice(authority.folder, place.where, place.where);
  log = testLog(office, authority.folder);
  server = await openServer(office, log, { host: '127.0.0.1', port: 0 });
  for (let n = 0; n < KITS; n += 1) {
    digest = await send(n);
    if (n === 2) earlier = written('earlier.jws', [(await log.head()).jws]);
  }
  const exported: string[] = [];
  for await (const line of log.lines()) exported.push(JSON.stringify(line));
  lines = exported;
});
afterAll(async () => {
  await server?.close();
  await office.database.close();
  await place.remove();
  authority.remove();
  stranger.remove();
  rmSync(work, { recursive: true, force: true });
});

async function send(n: number): Promise<string> {
  const signed = await signedRecord(authority.folder, recordOf({ kit: kitOf(n), tps: tpsOf(n) }));
  await receiveRecord(office, kitOf(n), Buffer.from(signed.jws));
  return signed.digest;
}

function written(name: string, content: readonly string[]): string {
  const file = join(work, name);
  writeFileSync(file, content.map((line) => `${line}\n`).join(''));
  return file;
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function audit(...args: readonly string[]): Promise<Run> {
  const program = fileURLToPath(new URL('./audit.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const trusting = (folder: string) => [
  '--root',
  join(folder, 'root.crt'),
  '--central',
  join(folder, 'central-signing.crt'),
];
const auditLines = (content: readonly string[], ...more: readonly string[]) =>
  audit('log', written('catatan.jsonl', content), ...trusting(authority.folder), ...more);

describe('audit log', () => {
  test('finds whole what the centre published, and the continuation of what it signed before', async () => {
    const { code, out } = await auditLines(lines, '--earlier', earlier);
    expect([code, out]).toEqual([0, expect.stringContaining('Whole: 5 records')]);
    expect(out).toContain('c-hasil-kwk-gubernur: 5 records of 5 TPS');
  });

  test.each<[string, (whole: readonly string[]) => readonly string[], string]>([
    ['a record that was taken out', (whole) => whole.toSpliced(1, 1), 'position 2 stands where 1 belongs'],
    ['two that changed places', ([a = '', b = '', ...rest]) => [b, a, ...rest], 'the head is of other records'],
    [
      'a changed byte',
      ([a = '', ...rest]) => [a.replace('"jws":"ey', '"jws":"eA'), ...rest],
      'no record that a kit signed',
    ],
    ['a record left out at the end', (whole) => whole.toSpliced(4, 1), 'the head is of 5 records, and there are 4'],
    ['a missing head', (whole) => whole.slice(0, -1), 'no head that the centre signed'],
    ['something after the head', (whole) => [...whole, whole[0] ?? ''], 'something after the head'],
    ['a line that is none', (whole) => ['{"position": 0', ...whole], 'this is no line of a log'],
  ])('finds %s', async (_, changed, says) => {
    const { code, out } = await auditLines(changed(lines));
    expect([code, out]).toEqual([1, expect.stringContaining(says)]);
    expect(out).toContain('NOT WHOLE');
  });

  test('finds a log that was made anew since the auditor kept a head', async () => {
    const head = lines.at(-1) ?? '';
    const kept = written('later.jws', [JSON.parse(head).head]);
    const shorter = await auditLines(lines.slice(0, 2), '--earlier', kept);
    expect([shorter.code, shorter.out]).toEqual([1, expect.stringContaining('only 2 are left')]);
    const swapped = [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)];
    const other = await auditLines(swapped, '--earlier', earlier);
    expect(other.out).toContain('not the continuation of the earlier head');
  });

  test('trusts no other centre and no other root', async () => {
    const { code, out } = await audit('log', written('catatan.jsonl', lines), ...trusting(stranger.folder));
    expect([code, out]).toEqual([1, expect.stringContaining('the centre did not sign this head')]);
    expect(out).toContain('no record that a kit signed');
  });

  test('says what it cannot read, and answers programs in JSON', async () => {
    expect((await audit('log', join(work, 'none'), ...trusting(authority.folder))).code).toBe(66);
    expect((await audit('log')).code).toBe(64);
    const { out } = await auditLines(lines, '--json');
    expect(JSON.parse(out)).toMatchObject({ faults: [], records: 5, head: { size: 5 } });
  });
});

describe('audit receipt', () => {
  const receipt = (typed: string, ...more: readonly string[]) => audit('receipt', typed, '--from', server.url, ...more);

  test('proves the record of a printed digest and shows its figures', async () => {
    const groups = digest.match(/.{4}/g)?.join(' ') ?? '';
    const { code, out } = await receipt(groups, ...trusting(authority.folder));
    expect([code, out]).toEqual([0, expect.stringContaining('Proved: number 5 of 5')]);
    expect(out).toMatch(/paslon-2\s+158/);
  });

  test('says what is no digest, what the centre does not hold, and who did not sign', async () => {
    expect((await receipt('d1e2', ...trusting(authority.folder))).code).toBe(64);
    expect((await receipt('f'.repeat(64), ...trusting(authority.folder))).code).toBe(69);
    const foreign = await receipt(digest, ...trusting(stranger.folder));
    expect([foreign.code, foreign.out]).toEqual([1, expect.stringContaining('NOT PROVED')]);
  });
});
