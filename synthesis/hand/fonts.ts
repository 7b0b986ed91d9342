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

/** Further hands for words alone. */
const WORD_FONTS: Readonly<Record<Split, readonly string[]>> = {
  train: [
    'give-you-glory',
    'loved-by-the-king',
    'nothing-you-could-do',
    'over-the-rainbow',
    'sue-ellen-francisco',
    'swanky-and-moo-moo',
    'waiting-for-the-sunrise',
    'zeyada',
  ],
  test: ['just-me-again-down-here', 'mynerve', 'the-girl-next-door'],
};

/** Hands that join small letters, as schools teach it (Indonesia's among them) and as people write. */
const SCRIPT_FONTS: Readonly<Record<Split, readonly [string, ...string[]]>> = {
  train: [
    'bad-script',
    'cedarville-cursive',
    'homemade-apple',
    'kristi',
    'la-belle-aurore',
    'marck-script',
    'nothing-you-could-do',
    'playwrite-id',
    'playwrite-nl',
    'playwrite-us-trad',
    'playwrite-vn',
    'sacramento',
    'square-peg',
    'zeyada',
  ],
  test: ['dancing-script', 'dawning-of-a-new-day', 'mynerve', 'oooh-baby', 'vibur'],
};

const registered = new Set<string>();

/** Family names, ready to be used in a canvas. Throws where a font's package is not installed. */
export function handwritingFonts(split: Split): readonly [string, ...string[]] {
  return registerAll(FONTS[split]);
}

/** The same for words written letter by letter. */
export function wordFonts(split: Split): readonly [string, ...string[]] {
  return registerAll([...FONTS[split], ...WORD_FONTS[split]]);
}

/** The same for words of small letters that join. */
export function scriptFonts(split: Split): readonly [string, ...string[]] {
  return registerAll(SCRIPT_FONTS[split]);
}

/** What forms are printed in, upright or slanted. */
export function printFont(style: 'normal' | 'italic'): string {
  return register('arimo', style);
}

function registerAll([first, ...others]: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return [register(first), ...others.map((font) => register(font))];
}

function register(font: string, style: 'normal' | 'italic' = 'normal'): string {
  const family = style === 'normal' ? `tulisan ${font}` : `tulisan ${font} ${style}`;
  if (registered.has(family)) return family;
  const folder = join(createRequire(import.meta.url).resolve(`@fontsource/${font}/package.json`), '..', 'files');
  // Only the family named here is ever asked for, so the fonts of the machine do not matter.
  if (!GlobalFonts.registerFromPath(join(folder, `${font}-latin-400-${style}.woff2`), family)) {
    throw new Error(`cannot load the handwriting font ${font}`);
  }
  registered.add(family);
  return family;
}
