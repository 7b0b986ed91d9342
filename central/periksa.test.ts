import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '#test/browser.ts';
import { testAuthority } from '#test/mosquitto.ts';
import type { Office } from './office.ts';
import { receiveRecord } from './receive-record.ts';
import { type CentralServer, openServer } from './server.ts';
import { weakContrasts } from './testing/contrast.ts';
import { type DatabasePlace, temporaryFolder } from './testing/database-place.ts';
import { CONSISTENT, figuresOf, recordOf } from './testing/records.ts';
import { signedRecord, testLog, testOffice } from './testing/test-office.ts';

/** The page where anybody checks a receipt, in a real browser that does the proving. */

const [KIT, TPS] = ['kit-plm-1', '1671010001001'];
let authority: Awaited<ReturnType<typeof testAuthority>>;
let place: DatabasePlace;
let office: Office;
let server: CentralServer;
let browser: Browser;
let first: string;
let second: string;

beforeAll(async () => {
  authority = await testAuthority(KIT, TPS);
  place = await temporaryFolder();
  office = await testOffice(authority.folder, place.where, place.where);
  server = await openServer(office, testLog(office, authority.folder), { host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
  first = await send({});
  const figures = figuresOf({ ...CONSISTENT, 'paslon-1': 121, 'paslon-2': 157 });
  second = await send({ figures, version: 2, supersedes: first, sequence: 2, previous: first });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await office?.database.close();
  await place.remove();
  authority.remove();
});

async function send(parts: Parameters<typeof recordOf>[0] | object): Promise<string> {
  const signed = await signedRecord(authority.folder, recordOf({ kit: KIT, tps: TPS, ...parts }));
  await receiveRecord(office, KIT, Buffer.from(signed.jws));
  return signed.digest;
}

async function open(path: string, [width, height] = [390, 844]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });
  await page.goto(`${server.url}${path}`);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['TPS_KIT_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ fullPage: true, path: join(folder, `${name}.png`) });
}

test.each([
  ['phone', 390, 844],
  ['desktop', 1280, 800],
] as const)('on a %s the code of a receipt shows its figures, proved by the browser', async (name, width, height) => {
  const page = await open(`periksa/${second}`, [width, height]);
  await page.waitForSelector('.verdict.proved');
  expect(await page.textContent('#answer')).toContain('Rekaman nomor 2 dari 2');
  expect(await page.textContent('table')).toContain('121');
  expect(await page.evaluate(weakContrasts, 7)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await picture(page, `periksa-${name}`);
  await page.close();
});

test('a digest may be typed in groups; a version that was corrected says so and leads to the other', async () => {
  const page = await open('periksa');
  await page.fill('#digest', `${first.toUpperCase().match(/.{4}/g)?.join(' ')}\n`);
  await page.click('button');
  await page.waitForSelector('.verdict.proved');
  expect(await page.textContent('#answer')).toContain('Sudah dikoreksi');
  await page.click('#answer a');
  await page.waitForURL(`**/periksa/${second}`);
  await page.waitForSelector('.verdict.proved');
  await page.close();
});

test('what is no digest, and one the centre does not hold, are told apart', async () => {
  const page = await open('periksa');
  await page.fill('#digest', 'd1e2 d1e2');
  await page.click('button');
  await page.waitForSelector('text=Ini bukan sidik rekaman.');
  await page.fill('#digest', 'f'.repeat(64));
  await page.click('button');
  await page.waitForSelector('text=Tidak ditemukan.');
  await picture(page, 'periksa-unknown');
  await page.close();
});

test.each([
  ['another record', (answer: Proved) => ({ ...answer.proof, jws: answer.proof.jws.replace('.', '.A') })],
  ['another place', (answer: Proved) => ({ ...answer.proof, position: 0 })],
  ['another path', (answer: Proved) => ({ ...answer.proof, path: answer.proof.path.map(() => 'a'.repeat(64)) })],
] as const)('a centre that gives %s is found out', async (_, changed) => {
  const page = await browser.newPage();
  await page.route('**/api/public/records/*', async (route) => {
    const answer = (await (await route.fetch()).json()) as Proved;
    await route.fulfill({ json: { ...answer, proof: changed(answer) } });
  });
  await page.goto(`${server.url}periksa/${second}`);
  await page.waitForSelector('.verdict.wrong');
  expect(await page.textContent('#answer')).toContain('TIDAK COCOK');
  await page.close();
});
interface Proved {
  readonly proof: { readonly jws: string; readonly position: number; readonly path: readonly string[] };
}
