import type { Contour, Mat } from '@u4/opencv4nodejs';
import { cv, type MatScope, withMats } from '#agent/page/opencv.ts';
import type { Gray, Picture } from '#agent/page/picture.ts';
import { clockwiseQuad, type Quad, refineQuad, sideLengths } from '#agent/page/quad.ts';
import { readFace } from '#agent/page/tag-face.ts';
import type { CodeMatch } from '#agent/page/tag-family.ts';
import { TAG_SIDE } from '#contract/form/april-tag.ts';
import type { Point } from '#contract/form/definition.ts';

/** A tag as it lies in the photo. */
export interface FoundTag {
  readonly id: number;
  /** Corners of the black border in the tag's own order: its top-left, top-right, bottom-right, bottom-left. */
  readonly corners: Quad;
  /** Bits of the 36 that differ from the family's code. */
  readonly errors: number;
}

export interface TagSearch {
  /** The largest first. */
  readonly tags: readonly FoundTag[];
  /** Squares that have a tag's border and no code: too blurred, covered, or no tags at all. */
  readonly unreadable: readonly Quad[];
}

/** Smallest tag, px of the picture it is searched in: below it a module is narrower than the reduction's blur. */
const MIN_SIDE_PX = 12;
/** A square seen at 40° and more in perspective keeps its sides within this ratio. */
const MAX_SIDE_RATIO = 2.5;

/** Scale to search at, neighbourhood (px) and threshold below its mean. */
interface Pass {
  readonly scale: 'small' | 'larger';
  readonly block: number;
  readonly below: number;
}

/** For good light, for blur that joins print, for little contrast; then for small tags close to print. */
const PASSES: readonly Pass[] = [
  { scale: 'small', block: 25, below: 7 },
  { scale: 'small', block: 25, below: 22 },
  { scale: 'small', block: 41, below: 3 },
  { scale: 'larger', block: 31, below: 10 },
];

/** Finds the tags of the family in the picture. Most pictures need the first pass only. */
export function findTags(picture: Picture): TagSearch {
  const unreadable: Quad[] = [];
  for (const pass of PASSES) {
    const tags: FoundTag[] = [];
    for (const quad of darkQuads(picture, pass)) {
      const tag = readTag(picture.full, quad);
      if (tag === 'unreadable') unreadable.push(quad);
      else if (tag) tags.push(tag);
    }
    if (tags.length > 0) return { tags: withoutRepeats(tags), unreadable };
  }
  return { tags: [], unreadable };
}

function darkQuads(picture: Picture, { scale, block, below }: Pass): readonly Quad[] {
  return withMats((scope) => {
    const factor = scale === 'small' ? picture.factor : Math.max(1, picture.factor / 2);
    const gray = scale === 'small' ? matOf(picture.small, scope) : reduced(picture.full, factor, scope);
    const dark = scope.keep(gray.adaptiveThreshold(255, cv.ADAPTIVE_THRESH_MEAN_C, cv.THRESH_BINARY_INV, block, below));
    const contours = dark.findContours(cv.RETR_LIST, cv.CHAIN_APPROX_NONE);
    return contours.map((contour) => quadOf(contour, factor)).filter((quad) => quad !== null);
  });
}

function matOf({ data, width, height }: Gray, scope: MatScope): Mat {
  return scope.keep(new cv.Mat(Buffer.from(data.buffer, data.byteOffset, data.length), height, width, cv.CV_8UC1));
}

function reduced(full: Gray, factor: number, scope: MatScope): Mat {
  const whole = matOf(full, scope);
  const rows = Math.floor(full.height / factor);
  const cols = Math.floor(full.width / factor);
  return scope.keep(whole.resize(rows, cols, 0, 0, cv.INTER_AREA));
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

function readTag(gray: Gray, quad: Quad): FoundTag | 'unreadable' | null {
  // Most quads are letters and boxes: they are told apart before their sides are measured.
  if (!readFace(gray, quad)) return null;
  const reach = (0.5 * Math.min(...sideLengths(quad))) / TAG_SIDE;
  const refined = refineQuad(gray, quad, Math.max(2, reach)) ?? quad;
  const face = readFace(gray, refined);
  if (face?.kind !== 'read') return 'unreadable';
  return { id: face.id, errors: face.errors, corners: turned(refined, face.turn) };
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
