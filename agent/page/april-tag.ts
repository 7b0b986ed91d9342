import type { Contour } from '@u4/opencv4nodejs';
import { fitHomography, type Homography, mapPoint } from '#agent/page/homography.ts';
import { cv, withMats } from '#agent/page/opencv.ts';
import type { Gray, Picture } from '#agent/page/picture.ts';
import { clockwiseQuad, type Quad, refineQuad, sideLengths } from '#agent/page/quad.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import { type CodeMatch, matchCode } from '#agent/page/tag-family.ts';
import type { Point } from '#contract/form/definition.ts';

/** A tag as it lies in the photo. */
export interface FoundTag {
  readonly id: number;
  /** Corners of the black border in the tag's own order: its top-left, top-right, bottom-right, bottom-left. */
  readonly corners: Quad;
  /** Bits of the 36 that differ from the family's code. */
  readonly errors: number;
}

/** Black border and 6 × 6 bits. */
const MODULES = 8;
/** Smallest tag, px of the small picture: below it a module is narrower than the blur of the reduction. */
const MIN_SIDE_PX = 12;
/** A square seen at 40° and more in perspective keeps its sides within this ratio. */
const MAX_SIDE_RATIO = 2.5;
/** The family's codes differ in 10 bits or more: two wrong bits stay far from any other. */
const MAX_BIT_ERRORS = 2;
/** Of the 28 modules of the border so many must be black. */
const MIN_BORDER = 26;
/** Least difference of black and white in a tag that can be trusted, gray levels. */
const MIN_CONTRAST = 20;

/** Neighbourhood (px) and threshold below its mean: first for good light, then for little contrast. */
const THRESHOLDS = [
  { block: 25, below: 7 },
  { block: 41, below: 3 },
] as const;

/** All tags of the family in the picture, the largest first. */
export function findTags(picture: Picture): readonly FoundTag[] {
  for (const threshold of THRESHOLDS) {
    const quads = darkQuads(picture, threshold);
    const tags = quads.map((quad) => readTag(picture.full, quad)).filter((tag) => tag !== null);
    if (tags.length > 0) return withoutRepeats(tags);
  }
  return [];
}

function darkQuads({ small, factor }: Picture, threshold: (typeof THRESHOLDS)[number]): readonly Quad[] {
  return withMats((scope) => {
    const gray = scope.keep(new cv.Mat(Buffer.from(small.data), small.height, small.width, cv.CV_8UC1));
    const { block, below } = threshold;
    const dark = scope.keep(gray.adaptiveThreshold(255, cv.ADAPTIVE_THRESH_MEAN_C, cv.THRESH_BINARY_INV, block, below));
    const contours = dark.findContours(cv.RETR_LIST, cv.CHAIN_APPROX_NONE);
    return contours.map((contour) => quadOf(contour, factor)).filter((quad) => quad !== null);
  });
}

function quadOf(contour: Contour, factor: number): Quad | null {
  if (contour.numPoints < 3 * MIN_SIDE_PX) return null;
  const corners = contour.approxPolyDP(0.05 * contour.numPoints, true);
  if (corners.length !== 4) return null;
  // The centre of a small pixel lies between large ones.
  const shift = (factor - 1) / 2;
  const quad = clockwiseQuad(corners.map(({ x, y }): Point => [x * factor + shift, y * factor + shift]));
  if (!quad) return null;
  const sides = sideLengths(quad);
  const shortest = Math.min(...sides);
  return shortest >= MIN_SIDE_PX * factor && Math.max(...sides) <= MAX_SIDE_RATIO * shortest ? quad : null;
}

function readTag(gray: Gray, quad: Quad): FoundTag | null {
  // Most quads are letters and boxes: they are told apart before their sides are measured.
  if (!decode(gray, quad)) return null;
  const reach = (0.5 * Math.min(...sideLengths(quad))) / MODULES;
  const refined = refineQuad(gray, quad, Math.max(2, reach)) ?? quad;
  const match = decode(gray, refined);
  return match && { id: match.id, errors: match.errors, corners: turned(refined, match.turn) };
}

/** The corners from the tag's own top-left on, for a tag that lies `turn` quarter turns clockwise. */
function turned([a, b, c, d]: Quad, turn: CodeMatch['turn']): Quad {
  const orders: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  return orders[turn] ?? [a, b, c, d];
}

function decode(gray: Gray, quad: Quad): CodeMatch | null {
  const [a, b, c, d] = quad;
  const size = MODULES;
  const h = fitHomography([
    { from: [0, 0], to: a, weight: 1 },
    { from: [size, 0], to: b, weight: 1 },
    { from: [size, size], to: c, weight: 1 },
    { from: [0, size], to: d, weight: 1 },
  ]);
  if (!h) return null;
  const border: Sample[] = [];
  const ground: Sample[] = [];
  for (let k = -1; k <= size; k++) {
    for (const [x, y] of [
      [k, -1],
      [k, size],
      [-1, k],
      [size, k],
    ] as const) {
      ground.push(moduleAt(gray, h, x, y));
    }
    if (k < 0 || k === size) continue;
    for (const [x, y] of [
      [k, 0],
      [k, size - 1],
      [0, k],
      [size - 1, k],
    ] as const) {
      border.push(moduleAt(gray, h, x, y));
    }
  }
  const threshold = thresholdBetween(border, ground);
  if (!threshold) return null;
  const black = border.filter((sample) => sample.level < threshold(sample.x, sample.y)).length;
  // The four corner modules were sampled twice.
  if (black < MIN_BORDER + 4) return null;
  const bits: boolean[] = [];
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) bits.push(moduleAt(gray, h, x, y).level > threshold(x, y));
  }
  return matchCode(bits, MAX_BIT_ERRORS);
}

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly level: number;
}

/** Mean brightness of the middle of a module. */
function moduleAt(gray: Gray, h: Homography, x: number, y: number): Sample {
  let sum = 0;
  for (const dx of [0.3, 0.5, 0.7]) {
    for (const dy of [0.3, 0.5, 0.7]) {
      const [u, v] = mapPoint(h, [x + dx, y + dy]);
      sum += brightnessAt(gray, u, v);
    }
  }
  return { x, y, level: sum / 9 };
}

/** Half-way between black and white, as it changes across the tag with the light. */
function thresholdBetween(
  border: readonly Sample[],
  ground: readonly Sample[],
): ((x: number, y: number) => number) | null {
  const black = gradient(border);
  const white = gradient(ground);
  const middle = (MODULES - 1) / 2;
  if (white(middle, middle) - black(middle, middle) < MIN_CONTRAST) return null;
  return (x, y) => (black(x, y) + white(x, y)) / 2;
}

/** The plane through samples that lie evenly around the tag's middle. */
function gradient(samples: readonly Sample[]): (x: number, y: number) => number {
  const middle = (MODULES - 1) / 2;
  let mean = 0;
  let alongX = 0;
  let alongY = 0;
  let xx = 0;
  for (const { x, y, level } of samples) {
    mean += level / samples.length;
    alongX += (x - middle) * level;
    alongY += (y - middle) * level;
    xx += (x - middle) ** 2;
  }
  return (x, y) => mean + ((x - middle) * alongX + (y - middle) * alongY) / xx;
}

/** The inner and outer outline of one tag give it twice: the one that reads better stays. */
function withoutRepeats(tags: readonly FoundTag[]): readonly FoundTag[] {
  const size = (tag: FoundTag) => Math.max(...sideLengths(tag.corners));
  const sorted = [...tags].sort((one, other) => one.errors - other.errors || size(other) - size(one));
  const kept: FoundTag[] = [];
  for (const tag of sorted) {
    const [x, y] = tag.corners[0];
    const known = kept.some((k) => Math.hypot(k.corners[0][0] - x, k.corners[0][1] - y) < size(tag) / 2);
    if (!known) kept.push(tag);
  }
  return kept.sort((one, other) => size(other) - size(one));
}
