import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedForms } from '#contract/forms.ts';
import { type PhotoTray, photoTray } from '#test/photo-tray.ts';
import { command } from '#test/program.ts';
import { type Scene, setScene } from '#test/scene.ts';
import type { CleanRoot } from './clean-root.ts';

export const FORM = 'c-hasil-kwk-gubernur';

/**
 * A TPS whose kit is the installed program; the broker and the centre are outside, as they are on the evening.
 * `under`: a program that watches it.
 */
export async function installedScene(
  root: CleanRoot,
  under: readonly string[] = [],
): Promise<Scene & { readonly tray: PhotoTray }> {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  const tray = await photoTray(fileURLToPath(new URL('../../.cache/demo-photos', import.meta.url)), form, 'demo');
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-installed-'));
  root.share(folder);
  root.share(tray.folder);
  const scene = await setScene({
    ...{ folder, photos: tray.folder, kit: 'palembang-0001', tps: '1671010001001', forms: [FORM] },
    readLimit: 300,
    agent: (kitFile) => {
      const [program = 'tps-kit', ...args] = [...under, 'tps-kit', 'run', kitFile];
      return command(...root.command(program, ...args));
    },
  });
  return { ...scene, tray };
}
