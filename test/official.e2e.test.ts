import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn } from '#agent/event-log/event-log.ts';
import { illegible } from '#agent/panel/testing/legibility.ts';
import { openBrowser } from './browser.ts';
import { eveningTray } from './evening-tray.ts';
import { kppsAt } from './kpps.ts';
import { doAtStand } from './kpps-at-screen.ts';
import { type Scene, setScene } from './scene.ts';

/** Practice before the evening, then the official evening: on a real kit, in a real Chromium. */
const PATIENCE = { timeout: 30_000 };
const FORM = 'kejadian-khusus-kwk';
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-official-'));
let scene: Scene;
let central: string;
let panel: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const photos = await eveningTray(fileURLToPath(new URL('../.cache/evening-photos', import.meta.url)));
  scene = await setScene({
    ...{ folder, photos, kit: 'palembang-0001', tps: '1671010001001', forms: [FORM], onScreen: true, mode: 'latihan' },
  });
  await scene.broker.start();
  central = await scene.startCentral();
  panel = await scene.startKit();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 800, height: 480 } });
  await page.goto(panel);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await scene.stop();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

const lay = () => doAtStand(page, { kind: 'lay', sheet: 'kejadian-khusus-1.jpg' });

/** Scans the one page, says that it is all, and confirms; answers the record's number. */
async function record(): Promise<number | undefined> {
  await lay();
  const kpps = kppsAt(panel, { kejadian: 0 });
  await kpps.scan();
  await kpps.settle();
  await kpps.act({ kind: 'press', button: 'YA' });
  await kpps.confirm();
  return (await kpps.until('the receipt', (view) => view.record?.stage === 'diterima-pusat')).record?.sequence;
}

async function held(mode: string): Promise<number> {
  const answer = await fetch(`${central}api/results?mode=${mode}`);
  return ((await answer.json()) as { documents: unknown[] }).documents.length;
}

describe('a kit that practises', () => {
  it('says so on every screen, and what it sends counts as practice at the centre', async () => {
    await page.locator('.mode', { hasText: 'LATIHAN' }).waitFor(PATIENCE);
    expect(await record()).toBe(1);
    expect([await held('latihan'), await held('resmi')]).toEqual([1, 0]);
  });

  it('begins the official evening only after a warning, twice', async () => {
    await page.locator('#mode').click();
    expect(await illegible(page)).toEqual([]);
    await page.locator('[data-choice=official]').click();
    await page.getByText('Semua hasil latihan di alat ini dihapus.').waitFor(PATIENCE);
    expect(await illegible(page)).toEqual([]);
    await page.locator('dialog .back').click();
    expect(await page.locator('.mode').textContent()).toBe('LATIHAN');
    await page.locator('#mode').click();
    await page.locator('[data-choice=official]').click();
    await page.locator('[data-choice=sure]').click();
    await page.locator('.mode', { hasText: 'RESMI' }).waitFor(PATIENCE);
    await page.getByText('Letakkan satu halaman').waitFor(PATIENCE);
  });

  it('then holds nothing that was practised, and counts its official records from one', async () => {
    expect([existsSync(join(folder, 'kit/latihan')), existsSync(join(folder, 'kit/resmi'))]).toEqual([false, true]);
    expect(await record()).toBe(1);
    expect([await held('latihan'), await held('resmi')]).toEqual([1, 1]);
  });

  it('stays official after a power cut, and offers no way back', async () => {
    await scene.kit.kill();
    panel = await scene.startKit();
    await page.goto(panel);
    await page.locator('strong.mode', { hasText: 'RESMI' }).waitFor(PATIENCE);
    const refused = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/official', { method: 'POST', headers, body: '{"sure":true}' })).status;
    });
    expect(refused).toBe(409);
    const { events } = eventsIn(readFileSync(join(folder, 'kit/resmi/events.jsonl'), 'utf8'));
    expect(events.map(({ id }) => id)).toContain('official-begun');
  });
});
