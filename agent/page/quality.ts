import type { FoundTag } from '#agent/page/april-tag.ts';
import { middleOf } from '#agent/page/corners.ts';
import { edgeWidth } from '#agent/page/edge-width.ts';
import type { FoundFrame, ToPhoto } from '#agent/page/frames.ts';
import type { SaddleMarks } from '#agent/page/marked-sheet.ts';
import type { Gray } from '#agent/page/picture.ts';
import { distance, type Quad, sideLengths } from '#agent/page/quad.ts';
import type { RectifiedSheet } from '#agent/page/rectify.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { brightnessAt, median, quantile } from '#agent/page/sampling.ts';
import { TAG_SIDE } from '#contract/form/april-tag.ts';
import { type FormPage, printedCells, type Rect } from '#contract/form/definition.ts';

/** What was measured on the located sheet; every figure comes from its boxes, not from the desk around. */
export interface PageQuality {
  /** Brightness of the paper in the middle box, gray levels. */
  readonly paper: number;
  /** Length over which the print turns from black to white where it is seen worse, as a share of a box's side. */
  readonly blur: number;
  /** Boxes whose printed frame is seen where the sheet, bent as it is, has it; 0 to 1. */
  readonly seen: number;
  /** How far the box known least may lie from where it is cut out (standard deviation), mm. */
  readonly doubtMm: number;
  /** Side of the box that is seen smallest, px. */
  readonly smallestBox: number;
}

/** Paper darker than this (gray levels) leaves a pen stroke fewer levels than the sensor's noise and JPEG take. */
export const MIN_PAPER = 45;
/** An edge longer than this share of a box runs a digit's strokes into each other: 4 of 28 rows. */
const MAX_BLUR = 0.15;
/** In a picture this soft thin lines and far marks vanish: not to see them is no sign of bent paper or a hidden corner. */
const SOFT = 0.1;
/** The same at a tag that could not be read, in modules of the tag. */
const MAX_TAG_BLUR = 0.7;
/** A box not seen itself must be foretold by those around so well, mm: thrice this stays in its margin. */
const MAX_DOUBT = 0.7;
/** Fewer px than this for the 28 rows of a digit, and thin strokes are gone. */
const MIN_BOX_PX = 22;
/** Beside boxes of this size a mark has 12 px, 3 in the small picture. */
const FAR_BOX_PX = 30;
/**
 * Light mirrored by the paper adds to white and black alike until the sensor is nearly full: then
 * the lines lose this much of their usual depth.
 */
const NEARLY_FULL = 225;
const VEILED_DEPTH = 0.5;
/** Level at which the sensor is full, and the share of a box that may be so where paper is not near it. */
const FULL = 251;
const MAX_FULL = 0.06;
const FAR_FROM_FULL = 235;

/** The length of the tag's edges, as a share of the smallest box that is to be read. */
export function blurAtTag(gray: Gray, tag: FoundTag, marks: SaddleMarks, page: FormPage): number {
  const side = meanSide(tag.corners);
  const edge = (edgeWidth(gray, tag.corners, (0.9 * side) / TAG_SIDE) / side) * marks.tag.box[2];
  return edge / smallestSide(page);
}

/** Pixels a mm where the tag is printed. */
export function scaleAtTag(tag: FoundTag, marks: SaddleMarks): number {
  return meanSide(tag.corners) / marks.tag.box[2];
}

/** Whether boxes seen at this scale are so small that the corner marks, smaller still, drown in the search. */
export function isFar(pxPerMm: number, page: FormPage): boolean {
  return pxPerMm * smallestSide(page) < FAR_BOX_PX;
}

/** Why no tag was read although squares with a tag's border are there. */
export function judgeUnreadable(gray: Gray, quads: readonly Quad[]): PageRefusal | null {
  const blurs = quads.map((quad) => {
    const module = meanSide(quad) / TAG_SIDE;
    return edgeWidth(gray, quad, module) / module;
  });
  return tooBlurred(Math.max(0, ...blurs), MAX_TAG_BLUR);
}

/** A picture too blurred to be read hides marks and lines as well: it is told before they are missed. */
export function judgeBlur(blur: number): PageRefusal | null {
  return tooBlurred(blur, MAX_BLUR);
}

/** The same for a picture in which something small was missed: softness alone may be the reason. */
export function judgeSoftness(blur: number): PageRefusal | null {
  return tooBlurred(blur, SOFT);
}

/** Judges the sheet before anything is read: null where it may be read, else the reason that helps most. */
export function judgePage(gray: Gray, sheet: RectifiedSheet, page: FormPage, quality: PageQuality): PageRefusal | null {
  if (quality.paper < MIN_PAPER) {
    return { kind: 'refused', code: 'too-dark', measured: quality.paper, limit: MIN_PAPER };
  }
  if (quality.smallestBox < MIN_BOX_PX) return { kind: 'refused', code: 'picture-too-small' };
  const glared = glaredFigure(gray, sheet, page, quality.paper);
  if (glared) return { kind: 'refused', code: 'glare', figure: glared };
  const blurred = judgeBlur(quality.blur);
  if (blurred) return blurred;
  if (quality.doubtMm <= MAX_DOUBT) return null;
  return judgeSoftness(quality.blur) ?? { kind: 'refused', code: 'bent', measured: quality.doubtMm, limit: MAX_DOUBT };
}

/** Measures the sheet. `markBlur` is the blur its marks have already shown, 0 where they show none. */
export function measure(gray: Gray, sheet: RectifiedSheet, page: FormPage, markBlur: number): PageQuality {
  const boxes = figureBoxes(page);
  const blurs = sheet.frames.map(({ box, edge }) => edge / Math.min(box[2], box[3]));
  const unseen = boxes.filter((box) => !frameOf(sheet, box));
  return {
    paper: median(boxes.map((box) => paperOf(gray, sheet.toPhoto, box))),
    blur: blurs.length > 0 ? Math.max(quantile(blurs, 0.8), markBlur) : markBlur,
    seen: 1 - unseen.length / boxes.length,
    doubtMm: Math.max(0, ...unseen.map((box) => sheet.field.doubtAt(middleOf(box)))),
    smallestBox: Math.min(...boxes.map((box) => seenSide(sheet.toPhoto, box))),
  };
}

function tooBlurred(measured: number, limit: number): PageRefusal | null {
  return measured > limit ? { kind: 'refused', code: 'blurred', measured, limit } : null;
}

/** The figure that suffers most from a reflection, or null where none has a box under one. */
function glaredFigure(gray: Gray, sheet: RectifiedSheet, page: FormPage, paper: number): string | null {
  const depth = median(sheet.frames.map((frame) => frame.depth));
  let worst: { readonly id: string; readonly glared: number } | null = null;
  for (const figure of page.figures) {
    const { id } = figure;
    const glared = printedCells(figure).reduce((sum, box) => sum + glareOn(gray, sheet, box, paper, depth), 0);
    if (glared > 0 && (!worst || glared > worst.glared)) worst = { id, glared };
  }
  return worst?.id ?? null;
}

/** 0 for a box without; else 1 and the share of it where the sensor is full: lines that drown in light, or a spot. */
function glareOn(gray: Gray, sheet: RectifiedSheet, box: Rect, paper: number, depth: number): number {
  const levels = levelsIn(gray, sheet.toPhoto, box);
  const full = levels.filter((level) => level >= FULL).length / levels.length;
  const frame = frameOf(sheet, box);
  const faint = !frame || frame.depth < VEILED_DEPTH * depth;
  const drowned = faint && quantile(levels, 0.7) > Math.max(NEARLY_FULL, 1.05 * paper);
  const spot = full > MAX_FULL && Math.max(paper, median(levels)) < FAR_FROM_FULL;
  return drowned || spot ? 1 + full : 0;
}

function frameOf(sheet: RectifiedSheet, box: Rect): FoundFrame | undefined {
  return sheet.frames.find((frame) => frame.box[0] === box[0] && frame.box[1] === box[1]);
}

/** What is read on the page or, where nothing is, what else is printed in boxes: the page is judged by it. */
function figureBoxes(page: FormPage): readonly Rect[] {
  const cells = page.figures.flatMap(printedCells);
  return cells.length > 0 ? cells : page.otherBoxes;
}

function smallestSide(page: FormPage): number {
  return Math.min(...figureBoxes(page).map(([, , width, height]) => Math.min(width, height)));
}

function meanSide(quad: Quad): number {
  return sideLengths(quad).reduce((sum, side) => sum + side, 0) / 4;
}

/** The shorter side of a box as the photo shows it, px. */
function seenSide(toPhoto: ToPhoto, [x, y, width, height]: Rect): number {
  const corner = toPhoto([x, y]);
  return Math.min(distance(corner, toPhoto([x + width, y])), distance(corner, toPhoto([x, y + height])));
}

/** The paper of a box: brighter than what is written on it. */
function paperOf(gray: Gray, toPhoto: ToPhoto, box: Rect): number {
  return quantile(levelsIn(gray, toPhoto, box), 0.7);
}

const RASTER = 12;

/** Brightness at evenly spread places of a box, its frame left out. */
function levelsIn(gray: Gray, toPhoto: ToPhoto, [x, y, width, height]: Rect): readonly number[] {
  const [left, top] = toPhoto([x, y]);
  const [rightX, rightY] = toPhoto([x + width, y]);
  const [belowX, belowY] = toPhoto([x, y + height]);
  const levels: number[] = [];
  for (let row = 0; row < RASTER; row++) {
    for (let column = 0; column < RASTER; column++) {
      const u = 0.1 + (0.8 * (column + 0.5)) / RASTER;
      const v = 0.1 + (0.8 * (row + 0.5)) / RASTER;
      const px = left + u * (rightX - left) + v * (belowX - left);
      const py = top + u * (rightY - top) + v * (belowY - top);
      levels.push(evenedAt(gray, px, py));
    }
  }
  return levels;
}

/** Mean of four places a pixel and more apart: one pixel's noise is no reflection. */
function evenedAt(gray: Gray, x: number, y: number): number {
  return (
    (brightnessAt(gray, x - 0.75, y - 0.75) +
      brightnessAt(gray, x + 0.75, y - 0.75) +
      brightnessAt(gray, x - 0.75, y + 0.75) +
      brightnessAt(gray, x + 0.75, y + 0.75)) /
    4
  );
}
