import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { shippedForms } from '#contract/forms.ts';
import { openBrowser } from './browser.ts';
import { kppsAt } from './kpps.ts';
import { photoTray } from './photo-tray.ts';
import { setScene } from './scene.ts';

/** Takes the pictures of the README again, from the real programs: `node test/pictures.ts`. */
const FORM = 'c-hasil-kwk-gubernur';
const TPS = '1671010001001';
const PICTURES = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const PANEL = { width: 1280, height: 800 };
const CENTRAL = { width: 1280, height: 1100 };

const form = shippedForms().byId(FORM);
if (!form) throw new Error(`there is no form ${FORM}`);
mkdirSync(PICTURES, { recursive: true });
const tray = await photoTray(fileURLToPath(new URL('../.cache/demo-photos', import.meta.url)), form, 'demo');
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-pictures-'));
const scene = await setScene({ folder, photos: tray.folder, kit: 'palembang-0001', tps: TPS, forms: [FORM] });
const browser = await openBrowser();
try {
  await scene.broker.start();
  const central = await scene.startCentral();
  const panel = await scene.startKit();
  const kpps = kppsAt(panel, tray.written);
  const screen = await open(browser, panel, PANEL);
  for (let n = 0; n < form.pages.length; n += 1) await kpps.scan();
  const { state } = await kpps.view();
  if (state === 'periksa') await take(screen, 'panel-question');
  await kpps.settle();
  await kpps.proofread();
  await take(screen, 'panel');
  await kpps.confirm();
  await kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
  await kpps.until('the pictures at central', ({ uplink }) => uplink?.pictures.waiting === 0);
  await take(await open(browser, `${central}#/resmi/${TPS}/${FORM}`, CENTRAL), 'central');
} finally {
  await browser.close();
  await scene.stop();
  rmSync(folder, { recursive: true });
}

async function open(browser: Browser, address: string, viewport: typeof PANEL): Promise<Page> {
  const page = await browser.newPage({ viewport });
  await page.goto(address);
  return page;
}

/** The stream of events never ends, so idle network says nothing: pictures that have arrived do. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1_000);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
