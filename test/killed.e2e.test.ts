import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { killedEvening, leaveAboutToConfirm, VICTIMS } from './killed-evening.ts';
import { type PhotoTray, photoTray } from './photo-tray.ts';
import { type Scene, setScene } from './scene.ts';

/**
 * The second half of the evening, with real processes killed as a power cut kills them: whatever dies,
 * and whenever, central ends with the one record that was confirmed and with its three pictures.
 */
const FORM = 'c-hasil-kwk-gubernur';
const KIT = 'palembang-0001';
const TPS = '1671010001001';
/** Milliseconds after YA: while the record is stored, while it travels, while its pictures do, when all is over. */
const MOMENTS = [0, 30, 120, 500];

const work = mkdtempSync(join(tmpdir(), 'tps-kit-killed-'));
const confirming = join(work, 'confirming');
let tray: PhotoTray;

beforeAll(async () => {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  tray = await photoTray(fileURLToPath(new URL('../.cache/demo-photos', import.meta.url)), form, 'demo');
  await leaveAboutToConfirm(await sceneIn(confirming), tray.written, form.pages.length);
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
        const { confirmed, documents, alarms } = await killedEvening(scene, tray.written, victim, {
          from: 'ya',
          ms: moment,
        });
        expect(documents).toHaveLength(1);
        expect(documents[0]).toMatchObject({ tps: TPS, form: FORM, digest: confirmed, version: 1, picturesWhole: 3 });
        expect(documents[0]?.figures).toEqual(tray.written);
        expect(alarms).toEqual([]);
      } finally {
        await scene.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});

function sceneIn(folder: string): Promise<Scene> {
  return setScene({ folder, photos: tray.folder, kit: KIT, tps: TPS, forms: [FORM] });
}
