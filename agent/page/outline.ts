import type { Contour } from '@u4/opencv4nodejs';
import type { CornerName, Point } from '#contract/form/definition.ts';
import { CORNERS, cornersOf } from './corners.ts';
import { edgeWidth } from './edge-width.ts';
import { fitHomography, type Homography, scaleAt } from './homography.ts';
import { cv, withMats } from './opencv.ts';
import type { Gray, Picture } from './picture.ts';
import { clockwiseQuad, type Quad, sideLengths } from './quad.ts';
import { MIN_PAPER } from './quality.ts';
import type { PageRefusal } from './refusal.ts';
import { brightnessAt, median } from './sampling.ts';

/**
 * A sheet that carries no marks is found by its outline: the largest bright quadrilateral on the darker base
 * of the stand. It lies upright or sideways; which of its short sides is the top cannot be told.
 */
export interface OutlinedSheet {
  readonly kind: 'outlined';
  /** mm on the sheet to px in the photo. */
  readonly h: Homography;
  readonly pxPerMm: number;
}

/** Of the picture a sheet takes at least this share. */
const MIN_SHARE = 0.12;
/** Corners of a sheet that ends this near to the edge of the (small) picture lie beyond it, px. */
const AT_EDGE = 3;
/** Handwriting of 3 mm has a dozen rows at this scale, px a mm. */
const MIN_SCALE = 4;
/** An edge longer than this runs the strokes of a small hand into each other, mm. */
const MAX_BLUR_MM = 0.8;

/** Finds and judges a sheet of this size (mm); the refusal that helps most where it is not good enough to be kept. */
export function findOutline(
  picture: Picture,
  sheet: { readonly width: number; readonly height: number },
): OutlinedSheet | PageRefusal {
  const quad = brightQuad(picture.small);
  if (!quad) return { kind: 'refused', code: 'page-not-found' };
  const cut = cutCorner(picture.small, quad);
  if (cut) return { kind: 'refused', code: 'cut-off', corner: cut };
  const shift = (picture.factor - 1) / 2;
  const corners = quad.map(([x, y]): Point => [x * picture.factor + shift, y * picture.factor + shift]);
  const from = cornersOf([0, 0, sheet.width, sheet.height]);
  const pairs = from.map((at, k) => ({ from: at, to: corners[k] ?? at, weight: 1 }));
  const h = fitHomography(pairs);
  if (!h) return { kind: 'refused', code: 'page-not-found' };
  return judged(picture.full, corners as unknown as Quad, h, scaleAt(h, [sheet.width / 2, sheet.height / 2]));
}

function judged(full: Gray, corners: Quad, h: Homography, pxPerMm: number): OutlinedSheet | PageRefusal {
  const paper = paperIn(full, corners);
  if (paper < MIN_PAPER) return { kind: 'refused', code: 'too-dark', measured: paper, limit: MIN_PAPER };
  if (pxPerMm < MIN_SCALE) return { kind: 'refused', code: 'picture-too-small' };
  const [a, b, c, d] = corners;
  // The sheet is bright on a dark ground: taken the other way round its outside is what is dark.
  const blur = edgeWidth(full, [a, d, c, b], 3 * pxPerMm) / pxPerMm;
  if (blur > MAX_BLUR_MM) return { kind: 'refused', code: 'blurred', measured: blur, limit: MAX_BLUR_MM };
  return { kind: 'outlined', h, pxPerMm };
}

/** Corners from the top left on, clockwise, the longer sides downwards; px of the small picture. */
function brightQuad({ data, width, height }: Gray): Quad | null {
  return withMats(({ keep }) => {
    const gray = keep(new cv.Mat(Buffer.from(data.buffer, data.byteOffset, data.length), height, width, cv.CV_8UC1));
    const calm = keep(gray.gaussianBlur(new cv.Size(7, 7), 0));
    const bright = keep(calm.threshold(0, 255, cv.THRESH_BINARY | cv.THRESH_OTSU));
    const contours = bright.findContours(cv.RETR_EXTERNAL, cv.CHAIN_APPROX_NONE);
    const largest = contours.reduce<Contour | null>(
      (best, contour) => (best && best.area >= contour.area ? best : contour),
      null,
    );
    if (!largest || largest.area < MIN_SHARE * width * height) return null;
    const hull = largest.convexHull();
    const corners = hull.approxPolyDP(0.02 * hull.arcLength(true), true).map(({ x, y }): Point => [x, y]);
    const quad = clockwiseQuad(corners);
    return quad && uprightOf(quad);
  });
}

function uprightOf(quad: Quad): Quad {
  const [a, b, c, d] = quad;
  const ways: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  const tall = ways.filter((way) => {
    const [top, right, bottom, left] = sideLengths(way);
    return left + right >= top + bottom;
  });
  const height = ([[, ay], [, by]]: Quad) => ay + by;
  const leftward = ([[ax], , , [dx]]: Quad) => ax + dx;
  return tall.reduce(
    (best, way) => (height(way) + leftward(way) < height(best) + leftward(best) ? way : best),
    tall[0] ?? quad,
  );
}

function cutCorner({ width, height }: Gray, quad: Quad): CornerName | null {
  const at = quad.findIndex(
    ([x, y]) => x < AT_EDGE || y < AT_EDGE || x > width - 1 - AT_EDGE || y > height - 1 - AT_EDGE,
  );
  return CORNERS[at] ?? null;
}

/** Brightness of the paper: most of a sheet is not written on. */
function paperIn(full: Gray, [a, b, c, d]: Quad): number {
  const steps = Array.from({ length: 20 }, (_, k) => (k + 0.5) / 20);
  return median(
    steps.flatMap((u) =>
      steps.map((v) => {
        const x = (1 - v) * ((1 - u) * a[0] + u * b[0]) + v * ((1 - u) * d[0] + u * c[0]);
        const y = (1 - v) * ((1 - u) * a[1] + u * b[1]) + v * ((1 - u) * d[1] + u * c[1]);
        return brightnessAt(full, x, y);
      }),
    ),
  );
}
