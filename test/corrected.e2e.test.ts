import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { shippedForms } from '#contract/forms.ts';
import { type Kpps, kppsAt } from './kpps.ts';
import { type PhotoTray, photoTray } from './photo-tray.ts';
import { type Scene, setScene } from './scene.ts';

/** What Sirekap could not do: a figure that was sent and is wrong is put right, and both stay to be seen. */
const FORM = 'c-hasil-kwk-gubernur';
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const WRONG = 'paslon-1';
const Detail = z.object({
  version: z.number(),
  picturesWhole: z.number(),
  history: z.array(
    z.object({
      version: z.number(),
      counts: z.boolean(),
      correction: z.string().nullable(),
      changes: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable() })),
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-corrected-'));
let tray: PhotoTray;
let scene: Scene;

beforeAll(async () => {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  tray = await photoTray(fileURLToPath(new URL('../.cache/demo-photos', import.meta.url)), form, 'demo');
  const photos = join(folder, 'tray');
  mkdirSync(photos);
  for (const { number } of form.pages) {
    for (const round of ['1', '2'])
      copyFileSync(join(tray.folder, `page-${number}.jpg`), join(photos, `${round}-${number}.jpg`));
  }
  scene = await setScene({ folder, photos, kit: KIT, tps: TPS, forms: [FORM] });
}, 180_000);
afterAll(async () => {
  await scene.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a figure confirmed wrong is corrected after it was received; the centre counts the new one and shows both', async () => {
  await scene.broker.start();
  const page = await scene.startCentral();
  const right = tray.written[WRONG] ?? 0;
  const hasty = { ...tray.written, [WRONG]: right + 1 };
  const panel = await scene.startKit();
  await finish(kppsAt(panel, hasty), 1);

  const kpps = kppsAt(panel, tray.written);
  await kpps.act({ kind: 'reopen', form: FORM, reason: 'misread' });
  await finish(kpps, 2);

  const detail = Detail.parse(await (await fetch(`${page}api/documents/resmi/${TPS}/${FORM}`)).json());
  expect(detail).toEqual({
    version: 2,
    picturesWhole: 3,
    history: [
      { version: 2, counts: true, correction: 'misread', changes: [{ from: right + 1, to: right }] },
      { version: 1, counts: false, correction: null, changes: [] },
    ],
  });
  expect(await (await fetch(`${page}api/alarms`)).json()).toEqual([]);
}, 180_000);

/** Scans the three pages, makes every figure what this KPPS member takes it for, and waits for central. */
async function finish(kpps: Kpps, sequence: number): Promise<void> {
  for (let scanned = 0; scanned < 3; scanned += 1) await kpps.scan();
  await kpps.settle();
  await kpps.proofread();
  await kpps.confirm();
  await kpps.until('the receipt', ({ record, uplink }) => {
    return record?.sequence === sequence && record.stage === 'diterima-pusat' && uplink?.pictures.waiting === 0;
  });
}
