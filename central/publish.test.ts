import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stationRegisterOf } from '#contract/station-register.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { centralConfigurations } from '#provisioning/authority/central-configuration.ts';
import { openBrowser } from '#test/browser.ts';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import { receiveChunk } from './receive-picture.ts';
import { receiveRecord } from './receive-record.ts';
import { addReview } from './reviews.ts';
import { weakContrasts } from './testing/contrast.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';
import { CONSISTENT, FORM, figuresOf, recordOf } from './testing/records.ts';
import { signedRecord, testOffice } from './testing/test-office.ts';

/** The public folder, as its command makes it out of a real database, read as the public reads it. */

const [WHOLE, CORRECTED, BROKEN, RELEASED, SILENT] = [
  '9801011001001',
  '9801011001002',
  '9801011002001',
  '9801021001001',
  '9801021001002',
] as const;
const TPS = [WHOLE, CORRECTED, BROKEN, RELEASED, SILENT];
const HOSTILE = '<img src=x onerror="document.title=1">';
const REGISTER = stationRegisterOf(TPS, (code) => (code === '98.01.02' ? HOSTILE : `Wilayah ${code}`));
const kitOf = (tps: string) => `kit-${tps}`;

let authority: Awaited<ReturnType<typeof testAuthority>>;
let place: DatabasePlace;
let work: DatabasePlace;
let browser: Browser;
let published: string;
const secret = pictureOf(5_000);

beforeAll(async () => {
  authority = await testAuthority(kitOf(WHOLE), WHOLE);
  for (const tps of TPS.slice(1)) await addTestKit(authority.folder, kitOf(tps), tps);
  [place, work] = [await emptyPostgres(), await temporaryFolder()];
  browser = await openBrowser();
  await fill();
  published = join(work.where, 'umum');
  const run = await publish();
  expect(run).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await browser?.close();
  await place.remove();
  await work.remove();
  authority.remove();
});

function pictureOf(length: number) {
  const bytes = randomBytes(length);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function fill(): Promise<void> {
  const office = await testOffice(authority.folder, place.where, join(work.where, 'pusat', 'pictures'));
  const sheets = FORM.pages.map(() => pictureOf(3_000));
  const pages = sheets.map(({ sha256, bytes }, n) => ({ page: n + 1, sha256, bytes: bytes.length }));
  const send = async (tps: string, parts: Partial<ResultRecord> = {}, shown = sheets) => {
    const signed = await signedRecord(authority.folder, recordOf({ kit: kitOf(tps), tps, pages, ...parts }));
    await receiveRecord(office, kitOf(tps), Buffer.from(signed.jws));
    for (const { sha256, bytes } of shown) await receiveChunk(office, { kit: kitOf(tps), sha256, chunk: 0, bytes });
    return signed.digest;
  };
  await send(WHOLE);
  const list = [{ page: 1, sha256: secret.sha256, bytes: secret.bytes.length, restricted: true } as const];
  const attendance = { form: 'daftar-hadir-dptb-kwk', kind: 'daftar-hadir', figures: [], verdicts: [] } as const;
  await send(WHOLE, { ...attendance, pages: list, sequence: 2, previous: 'c'.repeat(64) }, [secret]);
  const first = await send(CORRECTED);
  const moved = figuresOf({ ...CONSISTENT, 'paslon-1': 121, 'paslon-2': 157 });
  await send(CORRECTED, { figures: moved, version: 2, supersedes: first, sequence: 2, previous: first });
  const broken = { figures: figuresOf({ ...CONSISTENT, 'paslon-1': 220 }), paperBreaksRules: true };
  await send(BROKEN, broken);
  const released = await send(RELEASED, broken);
  const note = 'Kotak suara dibuka, angka di kertas benar.';
  await addReview(office.database, { account: 'admin-1', digest: released, decision: 'count', note }, new Date());
  await office.database.close();
}

function publish(folder = published): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const setting = { broker: 'mqtts://127.0.0.1:1', authority: authority.folder, port: 0, database: place.where };
  const [[name = '', text = ''] = []] = centralConfigurations({ ...setting, receivers: 1 });
  writeFileSync(join(work.where, name), text);
  writeFileSync(join(work.where, 'wilayah.json'), JSON.stringify(REGISTER));
  return run('./publish.ts', join(work.where, name), folder);
}

function run(script: string, ...args: readonly string[]) {
  const program = fileURLToPath(new URL(script, import.meta.url));
  return new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const at = (path: string) => readFileSync(join(published, path), 'utf8');
const pages = () =>
  readdirSync(published, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

describe('the published folder', () => {
  test('sums what counts, and says of how many TPS, and why not of the others', () => {
    const front = at('index.html');
    expect(front).toContain('3 dari 5 TPS');
    expect(front).toContain('1 angka di kertas tidak saling cocok, 1 belum masuk');
    const votes = 120 + 121 + 220;
    expect(front).toContain(`<td>${votes}</td>`);
    expect(at('wilayah/98.01.01.html')).toContain(`<td>${120 + 121}</td>`);
  });

  test('shows each TPS with its figures, its state and its digest, whether it counts or not', () => {
    expect(at(`tps/${BROKEN}.html`)).toContain('angka di kertas tidak saling cocok');
    expect(at(`tps/${BROKEN}.html`)).toContain('<td>220</td>');
    expect(at(`tps/${RELEASED}.html`)).toContain('Dihitung menurut keputusan petugas pusat.');
    expect(at(`tps/${SILENT}.html`)).toContain('belum masuk');
    expect(at(`tps/${CORRECTED}.html`)).toMatch(/Versi 2\. Sidik rekaman: <code>[0-9a-f]{64}</);
  });

  test('holds the pictures that its pages show, and none that shows personal data', () => {
    const held = readdirSync(join(published, 'pictures'));
    expect(held).toHaveLength(3);
    expect(held).not.toContain(`${secret.sha256}.jpg`);
    for (const page of pages()) expect(at(page)).not.toContain(secret.sha256);
  });

  test('has no link that leads nowhere', () => {
    for (const page of pages()) {
      for (const [, target = ''] of at(page).matchAll(/(?:href|src)="([^"]+)"/g)) {
        expect(existsSync(join(published, dirname(page), target)), `${page}: ${target}`).toBe(true);
      }
    }
  });

  test('gives spreadsheets the same', () => {
    const lines = at(`data/tps-${FORM.id}.csv`).trimEnd().split('\r\n');
    expect(lines).toHaveLength(TPS.length + 1);
    const [head = '', first = ''] = lines;
    expect(first.split(',')[head.split(',').indexOf('paslon-2')]).toBe('158');
    expect(lines.find((line) => line.startsWith(SILENT))).toContain('missing');
    expect(JSON.parse(at(`data/${FORM.id}.json`))).toMatchObject({ form: FORM.id, areas: { length: 7 } });
  });

  test('has all that an auditor needs, and he finds it whole', async () => {
    const file = (name: string) => join(published, 'catatan', name);
    const trust = ['--root', file('root.crt'), '--central', file('central-signing.crt')];
    const audited = await run('./audit.ts', 'log', file('catatan.jsonl'), ...trust, '--earlier', file('kepala.jws'));
    expect([audited.code, audited.out]).toEqual([0, expect.stringContaining('Whole: 6 records')]);
  });

  test('is brought up to date, and no folder of anything else is touched', async () => {
    writeFileSync(join(published, 'pictures', `${'a'.repeat(64)}.jpg`), 'of a record that was corrected');
    const again = await publish();
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/: \d+ of \d+ files new, 3 pictures/)]);
    expect(existsSync(join(published, 'pictures', `${'a'.repeat(64)}.jpg`))).toBe(false);
    const other = join(work.where, 'lain');
    mkdirSync(other);
    writeFileSync(join(other, 'surat.txt'), 'penting');
    expect((await publish(other)).code).toBe(2);
    expect(readdirSync(other)).toEqual(['surat.txt']);
  });

  test.each([
    ['phone', 390, 844],
    ['desktop', 1280, 800],
  ] as const)(
    'is readable on a %s, without a script, and a name with markup is a name',
    async (name, width, height) => {
      const page = await browser.newPage({ viewport: { width, height } });
      for (const path of ['index.html', 'wilayah/98.01.html', 'wilayah/98.01.01.1001.html', `tps/${WHOLE}.html`]) {
        await page.goto(pathToFileURL(join(published, path)).href);
        expect(await page.evaluate(weakContrasts, 7)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await page.locator('img, script').count()).toBe(0);
        const folder = process.env['TPS_KIT_SCREENSHOTS'];
        const file = `umum-${name}-${path.replaceAll('/', '-')}.png`;
        if (folder !== undefined) await page.screenshot({ fullPage: true, path: join(folder, file) });
      }
      await page.close();
    },
  );
});
