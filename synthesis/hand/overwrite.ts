import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { writeDigit } from './digit.ts';
import type { BoxPlace } from './filling.ts';
import type { Writer } from './writer.ts';

/** Of the first digit's ink this share must show beside the second, or the box simply says the second. */
const SHOWING = 0.25;
/** Pairs of hands' digits tried before the writer gives up. */
const ATTEMPTS = 6;
/** Side of the trial picture, px, with a border for what runs out of the box. */
const SIDE = 56;
const BORDER = 8;
/** Ink this near, px, to the second digit's reads as a thick line of it. */
const NEAR = 2;
const INKED = 170;

const trial = createCanvas(SIDE, SIDE);
const trialContext = trial.getContext('2d');

/**
 * Writes `digit` over another that went before, in a heavier line. Some digits vanish under others (a
 * 3 under an 8): nobody could call such a box unreadable, so another digit is taken. False, with
 * nothing written, where no attempt leaves both to be seen.
 */
export function overwrite(
  context: SKRSContext2D,
  digit: number,
  place: BoxPlace,
  writer: Writer,
  random: Random,
): boolean {
  const width = writer.pen.width * random.between(1.1, 1.8);
  const heavier: Writer = { ...writer, guide: 'ignores', pen: { ...writer.pen, width } };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const other = (digit + random.whole(1, 9)) % 10;
    const hand = String(random.unit());
    const first = (on: SKRSContext2D): void =>
      writeDigit(on, other, place.box, place.guide, writer, random.fork(`${hand} first`));
    const second = (on: SKRSContext2D): void =>
      writeDigit(on, digit, place.box, null, heavier, random.fork(`${hand} second`));
    if (shareShowing(inkOf(first, place.box), inkOf(second, place.box)) < SHOWING) continue;
    first(context);
    second(context);
    return true;
  }
  return false;
}

/** 1 for each inked pixel of the trial picture. */
function inkOf(write: (on: SKRSContext2D) => void, [x, y, w, h]: Rect): Uint8Array {
  const scale = (SIDE - 2 * BORDER) / Math.max(w, h);
  trialContext.setTransform(1, 0, 0, 1, 0, 0);
  trialContext.fillStyle = '#fff';
  trialContext.fillRect(0, 0, SIDE, SIDE);
  trialContext.setTransform(scale, 0, 0, scale, BORDER - x * scale, BORDER - y * scale);
  write(trialContext);
  const { data } = trialContext.getImageData(0, 0, SIDE, SIDE);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => ((data[i * 4 + 1] ?? 255) < INKED ? 1 : 0));
}

function shareShowing(first: Uint8Array, second: Uint8Array): number {
  let ink = 0;
  let showing = 0;
  for (let i = 0; i < first.length; i++) {
    if (!first[i]) continue;
    ink++;
    if (!isNear(second, i)) showing++;
  }
  return ink === 0 ? 0 : showing / ink;
}

function isNear(ink: Uint8Array, at: number): boolean {
  for (let dy = -NEAR; dy <= NEAR; dy++) {
    for (let dx = -NEAR; dx <= NEAR; dx++) if (ink[at + dy * SIDE + dx]) return true;
  }
  return false;
}
