import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { shippedForms } from '#contract/forms.ts';
import { kppsAt } from './kpps.ts';
import { type PhotoTray, photoTray } from './photo-tray.ts';
import { type Scene, setScene } from './scene.ts';

/**
 * The second half of the evening, with real processes killed as a power cut kills them: whatever dies,
 * and whenever, central ends with the one record that was confirmed and with its three pictures.
 */
const FORM = 'c-hasil-kwk-gubernur';
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const VICTIMS = ['kit', 'broker', 'central'] as const;
/** Milliseconds from YA; before the record is stored, while it travels, while its pictures do, and after. */
const MOMENTS = [0, 30, 120, 500];

const Results = z.object({
  documents: z.array(
    z.object({
      tps: z.string(),
      form: z.string(),
      digest: z.string(),
      version: z.number(),
      picturesWhole: z.number(),
      figures: z.record(z.string(), z.number().nullable()),
    }),
  ),
});

const work = mkdtempSync(join(tmpdir(), 'tps-kit-killed-'));
const confirming = join(work, 'confirming');
let tray: PhotoTray;

beforeAll(async () => {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  tray = await photoTray(fileURLToPath(new URL('../.cache/demo-photos', import.meta.url)), form, 'demo');
  await reachConfirmation(form.pages.length);
}, 180_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(VICTIMS)('kill -9 of the %s', (victim) => {
  test.each(MOMENTS)(
    '%i ms after YA leaves exactly the record that was confirmed',
    async (moment) => {
      const folder = join(work, `${victim}-${moment}`);
      cpSync(confirming, folder, { recursive: true });
      const scene = await sceneIn(folder);
      try {
        await scene.broker.start();
        const central = await scene.startCentral();
        const kpps = kppsAt(await scene.startKit(), tray.written);
        await kpps.confirm();
        await sleep(moment);
        const pages = await killAndRestart(scene, victim, central);
        const digest = await confirmAndWait(pages.panel ?? kpps.panel);
        await expectOneRecord(pages.central, digest);
      } finally {
        await scene.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});

function sceneIn(folder: string): Promise<Scene> {
  return setScene({ folder, photos: tray.folder, kit: KIT, tps: TPS, form: FORM });
}

/** Scans and settles everything once; each case begins from a copy of that kit, about to be confirmed. */
async function reachConfirmation(pages: number): Promise<void> {
  const scene = await sceneIn(confirming);
  await scene.startCentral();
  const kpps = kppsAt(await scene.startKit(), tray.written);
  for (let page = 1; page <= pages; page += 1) await kpps.scan();
  await kpps.settle();
  await kpps.proofread();
  await kpps.until('konfirmasi', ({ state }) => state === 'konfirmasi');
  await scene.stop();
}

async function killAndRestart(
  scene: Scene,
  victim: (typeof VICTIMS)[number],
  central: string,
): Promise<{ readonly panel: string | null; readonly central: string }> {
  switch (victim) {
    case 'kit':
      await scene.kit.kill();
      return { panel: await scene.startKit(), central };
    case 'central':
      await scene.central.kill();
      return { panel: null, central: await scene.startCentral() };
    case 'broker':
      await scene.broker.kill();
      await scene.broker.start();
      return { panel: null, central };
  }
}

/** A kit that died before it stored anything shows the figures again; then the person presses YA again. */
async function confirmAndWait(panel: string): Promise<string> {
  const kpps = kppsAt(panel, tray.written);
  const settled = await kpps.until(
    'confirmation or record',
    ({ state, record }) => record !== null || state === 'konfirmasi',
  );
  if (settled.record === null) await kpps.confirm();
  const { record } = await kpps.until(
    'receipts of record and pictures',
    (view) => view.record?.stage === 'diterima-pusat' && view.uplink?.pictures.waiting === 0,
  );
  return record?.digest ?? '';
}

async function expectOneRecord(central: string, digest: string): Promise<void> {
  const results = Results.parse(await (await fetch(`${central}api/results?mode=resmi`)).json());
  expect(results.documents).toHaveLength(1);
  expect(results.documents[0]).toMatchObject({ tps: TPS, form: FORM, digest, version: 1, picturesWhole: 3 });
  expect(results.documents[0]?.figures).toEqual(tray.written);
  const alarms = await (await fetch(`${central}api/alarms`)).json();
  expect(alarms).toEqual([]);
}
