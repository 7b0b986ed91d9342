import { middleOf } from '#agent/page/corners.ts';
import { type Displacement, fitDisplacement, type Observation } from '#agent/page/displacement.ts';
import { type FoundFrame, findFrame, type ToPhoto } from '#agent/page/frames.ts';
import { type Homography, invert, mapPoint } from '#agent/page/homography.ts';
import type { MarkedSheet } from '#agent/page/marked-sheet.ts';
import type { Gray } from '#agent/page/picture.ts';
import { type FormPage, type Point, printedCells, type Rect } from '#contract/form/definition.ts';

/** The sheet laid over the photo: the homography of its marks, corrected by the printed boxes. */
export interface RectifiedSheet {
  readonly toPhoto: ToPhoto;
  readonly field: Displacement;
  /** Printed frames that were seen and agree with those around, of how many boxes. */
  readonly frames: readonly FoundFrame[];
  readonly boxes: number;
}

/**
 * How far frames are looked for, mm, and the sides that must be seen: first as far as paper bends,
 * where one line may belong to the table around; at last near the place the others foretell.
 */
const COARSE = { reach: 4, sides: 4 } as const;
const FINE = { reach: 1.5, sides: 3 } as const;
/** Of a small box only this share of its side, or the next box's line would answer. */
const REACH_SHARE = 0.3;
/** Each round reaches the boxes beside those of the round before. */
const MAX_COARSE_ROUNDS = 3;
const MAX_FINE_ROUNDS = 5;
/** A field that every frame agrees with to this distance will not change any more, mm. */
const SETTLED = 0.6;

export function rectify(gray: Gray, { h, pairs }: MarkedSheet, page: FormPage): RectifiedSheet {
  const boxes = [...page.figures.flatMap(printedCells), ...page.otherBoxes];
  // On bent paper no homography fits all marks and the tag: how far it misses them is known already.
  const back = invert(h);
  const marks = pairs.map(({ from, to }) => ({ at: from, shift: between(from, mapPoint(back, to)) }));
  let field = fitDisplacement(marks);
  let seen = 0;
  for (let round = 0; round < MAX_COARSE_ROUNDS && seen < boxes.length; round++) {
    const frames = framesOf(gray, corrected(h, field), boxes, COARSE);
    if (frames.length <= seen) break;
    seen = frames.length;
    field = refitted(frames, field, marks);
  }
  let frames: readonly FoundFrame[] = [];
  for (let round = 0; round < MAX_FINE_ROUNDS; round++) {
    const before = frames.length;
    frames = framesOf(gray, corrected(h, field), boxes, FINE);
    field = refitted(frames, field, marks);
    const settled = frames.every(({ shift }) => Math.hypot(...shift) < SETTLED);
    if (settled && (frames.length === boxes.length || frames.length === before)) break;
  }
  const believed = frames.filter((frame) => !field.left.some(({ at }) => isMiddle(at, frame.box)));
  return { toPhoto: corrected(h, field), field, frames: believed, boxes: boxes.length };
}

function framesOf(
  gray: Gray,
  toPhoto: ToPhoto,
  boxes: readonly Rect[],
  { reach, sides }: { readonly reach: number; readonly sides: number },
): readonly FoundFrame[] {
  return boxes
    .map((box) => findFrame(gray, toPhoto, box, Math.min(reach, REACH_SHARE * Math.min(box[2], box[3]))))
    .filter((frame) => frame !== null)
    .filter((frame) => frame.sides >= sides);
}

function refitted(frames: readonly FoundFrame[], field: Displacement, marks: readonly Observation[]): Displacement {
  return fitDisplacement([...marks, ...frames.map((frame) => observation(frame, field))]);
}

function isMiddle([x, y]: Point, box: Rect): boolean {
  const [cx, cy] = middleOf(box);
  return x === cx && y === cy;
}

function between([ax, ay]: Point, [bx, by]: Point): Point {
  return [bx - ax, by - ay];
}

/** What a frame tells of the whole field: its shift on top of the one already taken into account. */
function observation({ box, shift }: FoundFrame, field: Displacement): Observation {
  const at = middleOf(box);
  const known = field.shiftAt(at);
  return { at, shift: [known[0] + shift[0], known[1] + shift[1]] };
}

function corrected(h: Homography, field: Displacement): ToPhoto {
  return (point) => {
    const shift = field.shiftAt(point);
    return mapPoint(h, [point[0] + shift[0], point[1] + shift[1]]);
  };
}
