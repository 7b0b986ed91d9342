import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultRecord } from '#contract/wire/record.ts';
import { CHUNK_BYTES } from '#contract/wire/topics.ts';
import { openBrowser } from '#test/browser.ts';
import { addTestKit, testAuthority } from '#test/mosquitto.ts';
import type { Office } from './office.ts';
import { receiveChunk } from './receive-picture.ts';
import { receiveRecord } from './receive-record.ts';
import { type CentralServer, openServer } from './server.ts';
import { weakContrasts } from './testing/contrast.ts';
import { type DatabasePlace, temporaryFolder } from './testing/database-place.ts';
import { CONSISTENT, FORM, figuresOf, recordOf } from './testing/records.ts';
import { signedRecord, testLog, testOffice } from './testing/test-office.ts';

/** The page as people see it, in a real browser. Set TPS_KIT_SCREENSHOTS to a folder to keep what it looked like. */

let authority: Awaited<ReturnType<typeof testAuthority>>;
let place: DatabasePlace;
let pictures: DatabasePlace;
let office: Office;
let server: CentralServer;
let browser: Browser;

const kitOf = (n: number) => `kit-plm-${n}`;
const tpsOf = (n: number) => `167101000100${n}`;
const HOSTILE = '<img src=x onerror="document.title=1">';

beforeAll(async () => {
  authority = await testAuthority(kitOf(1), tpsOf(1));
  for (let n = 2; n <= 8; n += 1) await addTestKit(authority.folder, kitOf(n), tpsOf(n));
  [place, pictures] = [await temporaryFolder(), await temporaryFolder()];
  office = await testOffice(authority.folder, place.where, pictures.where);
  server = await openServer(office, testLog(office, authority.folder), { host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
  await fill();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await office?.database.close();
  await place.remove();
  await pictures.remove();
  authority.remove();
});

async function send(n: number, given: Partial<ResultRecord> = {}): Promise<string> {
  const signed = await signedRecord(authority.folder, recordOf({ kit: kitOf(n), tps: tpsOf(n), ...given }));
  await receiveRecord(office, kitOf(n), Buffer.from(signed.jws));
  return signed.digest;
}

/** A sheet of paper, drawn: enough to be a picture. */
function sheet(seed: number): { readonly sha256: string; readonly jpeg: Buffer } {
  const canvas = createCanvas(600, 900);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fbfaf5';
  context.fillRect(0, 0, 600, 900);
  context.fillStyle = '#333';
  for (let line = 0; line < 22; line += 1)
    context.fillRect(60, 90 + line * 35, 260 + ((seed * 37 + line * 53) % 180), 6);
  const jpeg = canvas.toBuffer('image/jpeg', 80);
  return { sha256: createHash('sha256').update(jpeg).digest('hex'), jpeg };
}

async function sendPictures(n: number, sheets: readonly ReturnType<typeof sheet>[]): Promise<void> {
  for (const { sha256, jpeg } of sheets) {
    for (let chunk = 0; chunk * CHUNK_BYTES < jpeg.length; chunk += 1) {
      const bytes = jpeg.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
      await receiveChunk(office, { kit: kitOf(n), sha256, chunk, bytes });
    }
  }
}

async function fill(): Promise<void> {
  const sheets = [1, 2, 3].map(sheet);
  const pages = sheets.map(({ sha256, jpeg }, n) => ({ page: n + 1, sha256, bytes: jpeg.length }));
  await send(1, { pages });
  await sendPictures(1, sheets);

  const read = figuresOf(CONSISTENT).map((figure) =>
    figure.id === 'paslon-2' ? ({ ...figure, read: 168, by: 'changed', officer: 'KPPS 2' } as const) : figure,
  );
  const first = await send(2, { pages });
  const corrected = read.map((figure) => (figure.id === 'surat-suara.dikembalikan' ? { ...figure, value: 3 } : figure));
  const again = corrected.map((figure) =>
    figure.id === 'surat-suara.tidak-digunakan' ? { ...figure, value: 161 } : figure,
  );
  const chained = { version: 2, supersedes: first, sequence: 2, previous: first } as const;
  await send(2, { pages, figures: again, ...chained, correction: 'objection' });
  await sendPictures(2, sheets.slice(0, 2));

  const broken = figuresOf({ ...CONSISTENT, 'paslon-1': 220, 'dpt.j': 640 });
  await send(3, { pages, figures: broken, paperBreaksRules: true, agent: HOSTILE });
  await send(4, { mode: 'latihan', pages });
  await send(5, { tps: tpsOf(1) });
}

async function open(width: number, height: number, hash: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(`${server.url}${hash}`);
  return page;
}
let faults: string[] = [];

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['TPS_KIT_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ fullPage: true, path: join(folder, `${name}.png`) });
}

const SIZES = [
  ['desktop', 1280, 800],
  ['phone', 390, 844],
] as const;

test.each(SIZES)('on a %s every view is readable and nothing spills over or fails', async (name, width, height) => {
  faults = [];
  const views = [
    ['list', '#/resmi', '.place'],
    ['clean', `#/resmi/${tpsOf(1)}/${FORM.id}`, '.sheets img'],
    ['corrected', `#/resmi/${tpsOf(2)}/${FORM.id}`, '.changes'],
    ['breach', `#/resmi/${tpsOf(3)}/${FORM.id}`, '.rule'],
    ['practice', `#/latihan/${tpsOf(4)}/${FORM.id}`, '.practice'],
    ['alarms', '#/peringatan', '.alarm'],
  ] as const;
  for (const [view, hash, present] of views) {
    const page = await open(width, height, hash);
    await page.waitForSelector(present, { state: 'attached' });
    await page.waitForLoadState('load');
    expect(await page.evaluate(weakContrasts, 7)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await picture(page, `${name}-${view}`);
    await page.close();
  }
  expect(faults).toEqual([]);
});

test('figures stand with what the machine read, who changed them, and the rules they break', async () => {
  const page = await open(1280, 800, `#/resmi/${tpsOf(2)}/${FORM.id}`);
  await page.waitForSelector('.figures');
  expect(await page.textContent('[data-figure="paslon-2"]')).toBe('158mesin: 168 · diubah petugas KPPS 2');
  expect(await page.textContent('.changes')).toContain('dikembalikan');
  expect(await page.textContent('.history')).toContain('Keberatan saksi atau pengawas diterima.');
  await page.goto(`${server.url}#/resmi/${tpsOf(3)}/${FORM.id}`);
  await page.waitForSelector('.rule');
  const rules = await page.locator('.rule').allTextContents();
  expect(rules.join('\n')).toContain('Jumlah suara sah sama dengan penjumlahan suara semua pasangan calon');
  expect(rules.join('\n')).toContain('Tertulis 375, sedangkan 220 + 158 + 97 = 475.');
  expect(await page.getAttribute('[data-figure="paslon-1"]', 'class')).toContain('broken');
  await page.close();
});

test('markup in a record is shown as text and never becomes part of the page', async () => {
  const page = await open(1280, 800, `#/resmi/${tpsOf(3)}/${FORM.id}`);
  await page.waitForSelector('.proof');
  expect(await page.textContent('.proof')).toContain(HOSTILE);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.title()).not.toBe('1');
  await page.close();
});

test('what arrives appears by itself, on the list and in the open document', async () => {
  const page = await open(1280, 800, '#/resmi');
  await page.waitForSelector('.link.live');
  expect(await page.locator('.place').count()).toBe(3);
  await send(6);
  await page.waitForFunction(() => document.querySelectorAll('.place').length === 4);
  await page.click(`a[href*="${tpsOf(2)}"]`);
  await page.waitForSelector('.waiting');
  await sendPictures(2, [sheet(3)]);
  await page.waitForFunction(() => document.querySelectorAll('.sheets img').length === 3);
  await page.close();
});

test('practice is never counted among official documents', async () => {
  const page = await open(1280, 800, '#/resmi');
  await page.waitForSelector('.place');
  expect(await page.locator(`a[href*="${tpsOf(4)}"]`).count()).toBe(0);
  await page.click('a[href="#/latihan"]');
  await page.waitForSelector('.practice');
  expect(await page.locator(`a[href*="${tpsOf(4)}"]`).count()).toBe(1);
  await page.close();
});

test('every answer carries the content security policy; what is not there is 404', async () => {
  for (const path of ['', 'api/results', 'page/main.ts', 'pictures/x.jpg', 'api/documents/resmi/1/2']) {
    const answer = await fetch(`${server.url}${path}`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.status).toBe(path.startsWith('pictures') || path.includes('documents') ? 404 : 200);
  }
  expect((await fetch(`${server.url}api/results?mode=lain`)).status).toBe(400);
});
