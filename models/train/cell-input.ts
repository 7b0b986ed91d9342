import type { BoxPatch } from '#agent/read/box.ts';
import { cutBox } from '#agent/read/box.ts';
import { type CleanBox, cleanBox } from '#agent/read/clean-box.ts';
import { FAINTEST } from '#agent/read/ink.ts';
import { BOX_CLASSES } from '#agent/tally/evidence.ts';
import type { Point } from '#contract/form/definition.ts';
import { type Cell, type CellRequest, renderCell } from '#synthesis/cell.ts';
import type { Split } from '#synthesis/hand/mnist.ts';
import type { Random } from '#synthesis/random.ts';

/** One box as the model sees it, with the number of its class. */
export interface Example {
  readonly input: Float32Array;
  readonly label: number;
}

/** How often each kind of box is drawn; the weights need not sum to 1. */
export type BoxMix = readonly [['digit', number], ['unused', number], ['unreadable', number]];
/** A box nobody should read as a digit is worth more examples than it has on forms: there the silent mistakes lie. */
export const TRAINING_MIX: BoxMix = [
  ['digit', 62],
  ['unused', 24],
  ['unreadable', 14],
];
/** As on forms: what the shipped model's probabilities are meant for (SPOILT_ON_FORMS in train.py). */
export const FORM_MIX: BoxMix = [
  ['digit', 66],
  ['unused', 31],
  ['unreadable', 3],
];

/**
 * Shorter side of a box, px, even in the logarithm so that coarse scans weigh as much as fine photos.
 * A page whose boxes are smaller than 22 px is refused before it is read (agent/page/quality.ts).
 */
const COARSEST_PX = 18;
const FINEST_PX = 100;

/** Paper rendered around a box, mm: more than the cutter shows, however the cut is displaced. */
export const PAPER = 7;

/** Renders a box of a random form, hand and camera, and cleans it as the reader does. */
export function drawExample(split: Split, mix: BoxMix, random: Random): Example {
  const boxPx = drawBoxPx(random);
  const kind = random.weighted<'digit' | 'unused' | 'unreadable'>(mix);
  const label = kind === 'digit' ? BOX_CLASSES[random.whole(0, 9)] : kind;
  for (;;) {
    const example = renderExample({ split, label: label ?? null, boxPx, margin: PAPER }, random);
    if (kind === 'unused' || isLegible(example.cleaned)) return example;
  }
}

/** Draws how large the boxes of a picture are, px. */
export function drawBoxPx(random: Random): number {
  return COARSEST_PX * (FINEST_PX / COARSEST_PX) ** random.unit();
}

/** Renders one box and cleans it as the reader does; `sheet` as for `renderCell`. */
export function renderExample(request: CellRequest, random: Random, sheet?: Random): Example & { cleaned: CleanBox } {
  const cell = renderCell(request, random, sheet);
  const cleaned = cleanBox(cutCell(cell, random));
  return { input: cleaned.input, label: BOX_CLASSES.indexOf(cell.label), cleaned };
}

/**
 * Writing that is no darker than the noise of its picture is left out: called a digit, it would
 * teach the reader that any empty box may be one.
 */
function isLegible({ ink }: CleanBox): boolean {
  return ink.share > 0 && ink.strength > FAINTEST;
}

/** A page is never found exactly: the cut is displaced by some hundredths of the box, and a little too large or small. */
function cutCell(cell: Cell, random: Random): BoxPatch {
  const [width, height] = cell.box;
  const [tl, tr, , bl] = cell.corners;
  const shift = [random.normal() * 0.02, random.normal() * 0.02] as const;
  const stretch = [1 + random.normal() * 0.015, 1 + random.normal() * 0.015] as const;
  const toPhoto = ([x, y]: Point): Point => {
    const u = (x / width - 0.5) * stretch[0] + 0.5 + shift[0];
    const v = (y / height - 0.5) * stretch[1] + 0.5 + shift[1];
    return [tl[0] + (tr[0] - tl[0]) * u + (bl[0] - tl[0]) * v, tl[1] + (tr[1] - tl[1]) * u + (bl[1] - tl[1]) * v];
  };
  const gray = { width: cell.width, height: cell.height, data: cell.gray };
  return cutBox(gray, [0, 0, width, height], toPhoto);
}
