import type { BoxPatch } from './box.ts';
import { eraseFrame } from './frame.ts';
import type { Ink } from './ink.ts';
import { findInk } from './ink.ts';
import { asItLies, asPrinted, SIDE, toDigitFrame } from './normalise.ts';
import { regionsOf } from './regions.ts';

/** What the digit model sees of one box, and what ink was found in it. */
export interface CleanBox {
  /**
   * Three planes of SIDE × SIDE, 0 paper to 1 ink: the writing alone, sized and centred as MNIST does;
   * then all that is dark as it lies in the box, however faint, the printed frame erased; then the same
   * with the frame, because a bar that was written on the frame was erased with it.
   */
  readonly input: Float32Array;
  readonly ink: InkFeatures;
}

export interface InkFeatures {
  /** Share of the box covered by the writing. */
  readonly share: number;
  /** Separate pieces of writing. */
  readonly pieces: number;
  /** Share of the writing that lies on or beyond the printed frame. */
  readonly onFrame: number;
  /** Darkness of the strongest strokes, 0 to 1. */
  readonly strength: number;
}

export const PLANES = 3;
export const INPUT_LENGTH = PLANES * SIDE * SIDE;

/** Smaller pieces are dots, specks and dirt: as share of the box, and of the largest piece. */
const SPECK = 0.004;
const CRUMB = 0.06;
/** Away from the rim a piece of writing is somewhere as dark as this; moiré and watermarks are not. */
const SURE = 0.14;
/** Ink that stays this near the frame (share of the side) is print or belongs to a neighbour. */
const RIM = 0.08;

/** Frees the writing in a box from light, frame, guide dots and neighbours. The same for training and reading. */
export function cleanBox(patch: BoxPatch): CleanBox {
  const ink = findInk(patch);
  const unframed = eraseFrame(patch, ink);
  const writing = keepWriting(patch, ink, unframed);
  const input = new Float32Array(INPUT_LENGTH);
  if (writing.area > 0) input.set(toDigitFrame(ink, writing.mask));
  input.set(asItLies(ink, unframed), SIDE * SIDE);
  input.set(asPrinted(ink), 2 * SIDE * SIDE);
  const boxArea = patch.box.width * patch.box.height;
  return {
    input,
    ink: {
      share: writing.area / boxArea,
      pieces: writing.pieces,
      onFrame: writing.area > 0 ? writing.outside / writing.area : 0,
      strength: ink.strength,
    },
  };
}

interface Writing {
  readonly mask: Uint8Array;
  readonly area: number;
  readonly outside: number;
  readonly pieces: number;
}

function keepWriting(patch: BoxPatch, ink: Ink, mask: Uint8Array): Writing {
  const { box, width } = patch;
  const regions = regionsOf(mask, patch.width, patch.height).map((pixels) => {
    let inner = 0;
    let within = 0;
    let strongest = 0;
    for (const pixel of pixels) {
      const x = ((pixel % width) + 0.5 - box.x) / box.width;
      const y = (Math.floor(pixel / width) + 0.5 - box.y) / box.height;
      const rim = Math.min(x, y, 1 - x, 1 - y);
      if (rim > 0) within++;
      if (rim <= RIM) continue;
      inner++;
      strongest = Math.max(strongest, ink.dark[pixel] ?? 0);
    }
    return { pixels, area: pixels.length, within, inner, strongest };
  });
  const largest = Math.max(0, ...regions.filter((r) => r.inner > 0).map((r) => r.inner));
  const kept = regions.filter(
    (region) =>
      region.area > SPECK * box.width * box.height &&
      region.inner > CRUMB * largest &&
      region.inner > 0.3 * region.area &&
      region.strongest > SURE,
  );
  const writing = new Uint8Array(mask.length);
  for (const region of kept) for (const pixel of region.pixels) writing[pixel] = 1;
  const area = kept.reduce((sum, region) => sum + region.area, 0);
  const within = kept.reduce((sum, region) => sum + region.within, 0);
  return { mask: writing, area, outside: area - within, pieces: kept.length };
}
