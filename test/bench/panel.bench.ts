import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from 'playwright-core';
import { servePanel } from '#agent/panel/server.ts';
import { KIT, scriptedKit, sheet, TPS } from '#agent/session/testing/scripted-kit.ts';
import { pageEvidence, written } from '#agent/session/testing/small-forms.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import type { FormDefinition } from '#contract/form/definition.ts';
import { registryOf } from '#contract/form/registry.ts';
import { shippedForms } from '#contract/forms.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { openBrowser } from '#test/browser.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { printTable } from './table.ts';

/**
 * How long a KPPS member waits for the screen: from a press on the panel in a real Chromium, over the
 * kit and its store on a real disk, to the first frame that shows what came of it. Camera and reader are
 * scripts that answer at once; what they take is `page.bench.ts`.
 *
 *   node test/bench/panel.bench.ts [documents]
 */
const DOCUMENTS = Number(process.argv[2] ?? 15);
const FORM = 'c-hasil-kwk-gubernur';

const governor = formNamed(FORM);
const forms = registryOf([governor]);
if (!forms.ok) throw new Error(forms.reason);
const base = resolve('out');
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'panel-bench-'));
const authority = await testAuthority(KIT, TPS);
const signer = kitSigner({ authority: authority.folder, kit: KIT });
const sheets = Array.from({ length: DOCUMENTS }, (_, n) => documentOf(n)).flat();
const kit = await scriptedKit({
  ...{ disk: nodeDisk, folder, forms: forms.registry, sheets },
  sign: (record) => signRecord(record, signer),
});
const panel = await servePanel(kit.session, { port: 0 });
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 800, height: 480 }, reducedMotion: 'reduce' });
await page.goto(panel.url);
await page.locator('.checklist').waitFor();

const pindai: number[] = [];
const ya: number[] = [];
for (let document = 0; document < DOCUMENTS; document += 1) {
  if (document > 0) {
    await kit.session.act(kit.session.view().turn, { kind: 'reopen', form: FORM, reason: 'misread' });
    await page.locator('#frame-main', { hasText: 'Perbaikan: letakkan satu halaman' }).waitFor();
  }
  for (const words of ['halaman 2 atau 3', 'halaman 3', 'Cocokkan setiap angka']) {
    pindai.push(await pressed(page, 'PINDAI', null));
    await page.locator('#frame-main', { hasText: words }).waitFor();
  }
  for (let yes = 0; kit.session.view().confirmation?.sight !== 'armed' && yes < 60; yes += 1) {
    if (kit.session.view().confirmation?.sight === 'unseen') kit.buttons.press('YA');
    await page.waitForTimeout(60);
  }
  ya.push(await pressed(page, 'YA', 'Tersimpan'));
}
await browser.close();
await panel.close();
await kit.session.close();
authority.remove();
rmSync(folder, { recursive: true });

const at = (ms: readonly number[], share: number) =>
  (ms.toSorted((a, b) => a - b)[Math.floor(share * (ms.length - 1))] ?? 0).toFixed(1);
printTable(
  'from a press to the frame that shows it, ms',
  ['', 'presses', 'median', 'longest', 'wanted'],
  [
    ['any visible change after PINDAI', pindai.length, at(pindai, 0.5), at(pindai, 1), 'at most 100'],
    ['TERSIMPAN after YA', ya.length, at(ya, 0.5), at(ya, 1), 'at most 300'],
  ],
);
if (Math.max(...pindai) > 100 || Math.max(...ya) > 300) process.exitCode = 1;

/** Clicks a button of the panel and waits for the frame after the state in its top bar is another, or the one wanted. */
function pressed(page: Page, button: string, wanted: string | null): Promise<number> {
  return page.evaluate(
    ({ button, wanted }) =>
      new Promise<number>((done) => {
        const state = () => document.querySelector('#frame-top .state')?.textContent;
        const before = state();
        const from = performance.now();
        const observer = new MutationObserver(() => {
          if (wanted === null ? state() === before : state() !== wanted) return;
          observer.disconnect();
          requestAnimationFrame(() => done(performance.now() - from));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        document.getElementById(`button-${button}`)?.click();
      }),
    { button, wanted },
  );
}

function formNamed(id: string): FormDefinition {
  const form = shippedForms().byId(id);
  if (!form) throw new Error(`there is no form ${id}`);
  return form;
}

/** The three pages of a TPS whose sums hold and which leaves no question. */
function documentOf(n: number) {
  const figures = drawFigures(governor, randomOf(`panel ${n}`));
  const evidence = Object.fromEntries([...figures].map(([id, value]) => [id, written(value)]));
  return governor.pages.map(({ number }) =>
    sheet(governor, number, pageEvidence(governor, number, evidence), drawing, drawing()),
  );
}

function drawing(): Uint8Array {
  return createCanvas(300, 110).toBuffer('image/jpeg');
}
