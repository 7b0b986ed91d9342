import { fileURLToPath } from 'node:url';
import { shippedForms } from '#contract/forms.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { type PhotoTray, photoTray } from '#test/photo-tray.ts';
import { type Scene, setScene } from '#test/scene.ts';

/** The polling station in which a virtual kit stands: its paper, its officers, the broker and the centre on this machine. */
export const KIT = 'palembang-0001';
export const TPS = '1671010001001';
export const FORM = 'c-hasil-kwk-gubernur';
/** Who confirms; his badge is his code in capital letters. */
export const CHAIR = { code: 'kpps-1', badge: 'KPPS-1', pin: PINS['kpps-1'] } as const;

export function paperOfTable(): Promise<PhotoTray> {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  return photoTray(fileURLToPath(new URL('../../.cache/demo-photos', import.meta.url)), form, 'demo');
}

/** A saved machine knows them, so they are always the same: one suite at a time. */
export const PANEL_PORT = 18_090;
export const BROKER_PORT = 18_883;

export async function setTable(folder: string): Promise<Scene> {
  const { folder: photos } = await paperOfTable();
  return setScene({
    ...{ folder, photos, kit: KIT, tps: TPS, forms: [FORM], officers: await sampleOfficers() },
    ...{ port: PANEL_PORT, brokerPort: BROKER_PORT },
  });
}
