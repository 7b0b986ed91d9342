import type { FoundFrame, ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { RectifiedSheet } from '#agent/page/rectify.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { brightnessAt, median, quantile } from '#agent/page/sampling.ts';
import type { FormPage, Rect } from '#contract/form/definition.ts';

/** What was measured on the located sheet; every figure comes from its boxes, not from the desk around. */
export interface PageQuality {
  /** Brightness of the paper in the middle box, gray levels. */
  readonly paper: number;
  /** Width of the boxes' lines where they are seen worst, as a share of a box's side. */
  readonly blur: number;
  /** Boxes whose printed frame is not where the sheet, bent as it is, has it; 0 to 1. */
  readonly unexplained: number;
}

/** Paper darker than this leaves a pen stroke fewer levels than the sensor's noise and JPEG take. */
const MIN_PAPER = 45;
/** Lines wider than this share of a box run a digit's strokes into each other (28 rows a box: 4 rows). */
const MAX_BLUR = 0.14;
/** So many boxes may hide under handwriting or a stain; more means that the sheet is not as it seems. */
const MAX_UNEXPLAINED = 0.25;
/** A veil of light takes this much of the lines' usual depth and adds this much to the paper. */
const VEILED_DEPTH = 0.4;
const VEILED_PAPER = 1.12;
/** Levels at which the sensor is full, and the share of a box that may be so on paper that is not. */
const SATURATED = 251;
const MAX_SATURATED = 0.06;

/** Judges the sheet before anything is read: null where it may be read, else the reason that helps most. */
export function judgePage(gray: Gray, sheet: RectifiedSheet, page: FormPage): PageRefusal | null {
  const quality = measure(gray, sheet, page);
  if (quality.paper < MIN_PAPER) {
    return { kind: 'refused', code: 'too-dark', measured: quality.paper, limit: MIN_PAPER };
  }
  const glared = glaredFigure(gray, sheet, page, quality.paper);
  if (glared) return { kind: 'refused', code: 'glare', figure: glared };
  if (quality.blur > MAX_BLUR) return { kind: 'refused', code: 'blurred', measured: quality.blur, limit: MAX_BLUR };
  if (quality.unexplained > MAX_UNEXPLAINED) {
    return { kind: 'refused', code: 'bent', measured: quality.unexplained, limit: MAX_UNEXPLAINED };
  }
  return null;
}

export function measure(gray: Gray, sheet: RectifiedSheet, page: FormPage): PageQuality {
  const boxes = figureBoxes(page);
  const blurs = sheet.frames.map(({ box, lineWidth }) => lineWidth / Math.min(box[2], box[3]));
  const explained = boxes.filter((box) => frameOf(sheet, box)).length;
  return {
    paper: median(boxes.map((box) => paperOf(gray, sheet.toPhoto, box))),
    blur: blurs.length > 0 ? quantile(blurs, 0.8) : Number.POSITIVE_INFINITY,
    unexplained: boxes.length > 0 ? 1 - explained / boxes.length : 0,
  };
}

/** The first figure with a box under a reflection: a full sensor, or a veil that swallows the lines. */
function glaredFigure(gray: Gray, sheet: RectifiedSheet, page: FormPage, paper: number): string | null {
  const depth = median(sheet.frames.map((frame) => frame.depth));
  for (const figure of page.figures) {
    for (const box of figure.boxes) {
      const frame = frameOf(sheet, box);
      const veiled = !frame || frame.depth < VEILED_DEPTH * depth;
      const levels = levelsIn(gray, sheet.toPhoto, box);
      const brighter = quantile(levels, 0.7) > VEILED_PAPER * paper;
      const saturated = levels.filter((level) => level >= SATURATED).length / levels.length;
      if ((veiled && brighter) || (saturated > MAX_SATURATED && paper < SATURATED - 10)) return figure.id;
    }
  }
  return null;
}

function frameOf(sheet: RectifiedSheet, box: Rect): FoundFrame | undefined {
  return sheet.frames.find((frame) => frame.box[0] === box[0] && frame.box[1] === box[1]);
}

function figureBoxes(page: FormPage): readonly Rect[] {
  return page.figures.flatMap((figure) => figure.boxes);
}

/** The paper of a box: brighter than what is written on it. */
function paperOf(gray: Gray, toPhoto: ToPhoto, box: Rect): number {
  return quantile(levelsIn(gray, toPhoto, box), 0.7);
}

const RASTER = 12;

/** Brightness at evenly spread places of a box, its frame left out. */
function levelsIn(gray: Gray, toPhoto: ToPhoto, [x, y, width, height]: Rect): readonly number[] {
  const levels: number[] = [];
  for (let row = 0; row < RASTER; row++) {
    for (let column = 0; column < RASTER; column++) {
      const u = 0.1 + (0.8 * (column + 0.5)) / RASTER;
      const v = 0.1 + (0.8 * (row + 0.5)) / RASTER;
      const [px, py] = toPhoto([x + u * width, y + v * height]);
      levels.push(brightnessAt(gray, px, py));
    }
  }
  return levels;
}
