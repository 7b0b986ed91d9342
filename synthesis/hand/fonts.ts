import { createRequire } from 'node:module';
import { join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import type { Split } from './mnist.ts';

/** Handwriting fonts of the two splits: no model is judged on a hand it was trained on. */
const FONTS: Readonly<Record<Split, readonly [string, ...string[]]>> = {
  train: [
    'architects-daughter',
    'caveat',
    'covered-by-your-grace',
    'gloria-hallelujah',
    'gochi-hand',
    'indie-flower',
    'nanum-pen-script',
    'patrick-hand',
    'permanent-marker',
    'schoolbell',
    'shadows-into-light',
    'sriracha',
  ],
  test: ['handlee', 'kalam', 'neucha', 'reenie-beanie', 'short-stack'],
};

const registered = new Set<string>();

/** Family names, ready to be used in a canvas. Throws where a font's package is not installed. */
export function handwritingFonts(split: Split): readonly [string, ...string[]] {
  const [first, ...others] = FONTS[split];
  return [register(first), ...others.map(register)];
}

function register(font: string): string {
  const family = `tulisan ${font}`;
  if (registered.has(family)) return family;
  const folder = join(createRequire(import.meta.url).resolve(`@fontsource/${font}/package.json`), '..', 'files');
  // Only the family named here is ever asked for, so the fonts of the machine do not matter.
  if (!GlobalFonts.registerFromPath(join(folder, `${font}-latin-400-normal.woff2`), family)) {
    throw new Error(`cannot load the handwriting font ${font}`);
  }
  registered.add(family);
  return family;
}
