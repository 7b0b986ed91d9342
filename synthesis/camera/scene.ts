import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { FormDefinition } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import type { Sheet } from '#synthesis/sheet.ts';
import type { Conditions } from './conditions.ts';
import type { Extent } from './extent.ts';
import type { Projection } from './projection.ts';
import { drawSurface } from './surface.ts';
import { drawOccluder, drawTapes, drawThings } from './things.ts';

/** The sheet on its desk, seen straight from above. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Row by row, four bytes a pixel. */
  readonly rgba: Uint8Array;
  readonly pxPerMm: number;
  /** Desk shown on every side of the sheet, mm. */
  readonly border: number;
}

/** Lays the sheet on a desk among other things. */
export function layOut(
  sheet: Sheet,
  form: FormDefinition,
  conditions: Conditions,
  projection: Projection,
  random: Random,
): Scene {
  const { width: sheetWidth, height: sheetHeight } = form.sheet;
  const border = borderSeen(form, conditions, projection);
  const s = sheet.pxPerMm;
  const width = Math.round((sheetWidth + 2 * border) * s);
  const height = Math.round((sheetHeight + 2 * border) * s);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.scale(s, s);
  context.translate(border, border);
  const extent = { width: sheetWidth, height: sheetHeight, border };
  drawSurface(context, conditions.desk.surface, extent, random.fork('surface'));
  drawThings(context, conditions.desk.things, extent, random.fork('things'));
  lay(context, sheet.canvas, extent);
  drawTapes(context, conditions.desk.tapes, extent, random.fork('tapes'));
  if (conditions.hidden && form.marks.by === 'saddles') {
    drawOccluder(context, form.marks.saddles[conditions.hidden], extent, random.fork('occluder'));
  }
  return { width, height, rgba: canvas.data(), pxPerMm: s, border };
}

/** Desk the photo shows beside the sheet, mm, within what is worth drawing. */
function borderSeen(form: FormDefinition, { size: [right, bottom] }: Conditions, projection: Projection): number {
  const { width, height } = form.sheet;
  const corners = [projection.toSheet([0, 0]), projection.toSheet([right, 0]), projection.toSheet([right, bottom])];
  const outside = [...corners, projection.toSheet([0, bottom])].map(([x, y]) =>
    Math.max(-x, x - width, -y, y - height),
  );
  return Math.round(Math.max(width * 0.08, Math.min(width * 0.45, Math.max(...outside))));
}

function lay(context: SKRSContext2D, sheet: Canvas, { width, height }: Extent): void {
  context.save();
  context.shadowColor = 'rgb(0 0 0 / 0.55)';
  context.shadowBlur = 14;
  context.shadowOffsetX = 5;
  context.shadowOffsetY = 7;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.restore();
  context.drawImage(sheet, 0, 0, width, height);
}
