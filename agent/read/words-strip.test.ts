import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Gray } from '#agent/page/picture.ts';
import type { Rect } from '#contract/form/definition.ts';
import { handwritingFonts } from '#synthesis/hand/fonts.ts';
import { findWordsInk } from './words-ink.ts';
import { findLines } from './words-lines.ts';
import { writingIn } from './words-pieces.ts';
import { cutRoom } from './words-room.ts';
import { STRIP_HEIGHT, STRIP_STEP, stripOf, type WordsStrip } from './words-strip.ts';

const PX_PER_MM = 3;
const PAPER = 6;
const [FONT] = handwritingFonts('test');

interface Drawn {
  readonly text: string;
  /** Left end of the line it stands on, mm. */
  readonly x: number;
  readonly y: number;
  /** Size of the font, mm. */
  readonly size: number;
}

/** A framed room of 120 mm in light that falls off to the right, with a row of dots to write on. */
function draw(height: number, texts: readonly Drawn[], dash = false): { photo: Gray; room: Rect } {
  const room: Rect = [PAPER, PAPER, 120, height];
  const canvas = createCanvas((120 + 2 * PAPER) * PX_PER_MM, (height + 2 * PAPER) * PX_PER_MM);
  const context = canvas.getContext('2d');
  context.scale(PX_PER_MM, PX_PER_MM);
  const light = context.createLinearGradient(0, 0, 132, 0);
  light.addColorStop(0, '#f0f0f0');
  light.addColorStop(1, '#909090');
  context.fillStyle = light;
  context.fillRect(0, 0, 132, height + 2 * PAPER);
  context.strokeStyle = '#181818';
  context.lineWidth = 0.8;
  context.strokeRect(...room);
  context.fillStyle = '#202020';
  for (let x = 8; x < 122; x += 1.5) context.fillRect(x, PAPER + height * 0.9, 0.4, 0.4);
  if (dash) context.fillRect(30, PAPER + height / 2, 8, 0.8);
  for (const { text, x, y, size } of texts) {
    context.font = `${size}px "${FONT}"`;
    context.fillText(text, PAPER + x, PAPER + y);
  }
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const data = Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => rgba[4 * i] ?? 0);
  return { photo: { width: canvas.width, height: canvas.height, data }, room };
}

function look({ photo, room }: ReturnType<typeof draw>) {
  const ink = findWordsInk(cutRoom(photo, room, ([x, y]) => [x * PX_PER_MM - 0.5, y * PX_PER_MM - 0.5]));
  const lines = findLines(ink, writingIn(ink, null));
  return { lines, strip: stripOf(ink, lines) };
}

/** First and last row with a good deal of ink. */
function inkRows({ width, dark }: WordsStrip): readonly [number, number] {
  const rows = Array.from({ length: STRIP_HEIGHT }, (_, row) =>
    dark.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
  const inked = rows.map((sum) => sum > 0.2 * Math.max(...rows));
  return [inked.indexOf(true), inked.lastIndexOf(true)];
}

describe('the lines of writing in a room', () => {
  it('are none in a room with a frame, dots to write on and a dash', () => {
    expect(look(draw(20, [])).lines).toEqual([]);
    expect(look(draw(20, [], true)).strip).toBeNull();
  });

  it('are found from top to bottom, one, two or three', () => {
    const text = ['DUA RATUS', 'LIMA PULUH', 'EMPAT'];
    for (const count of [1, 2, 3]) {
      const texts = text.slice(0, count).map((words, i) => ({ text: words, x: 10, y: 9 + 9 * i, size: 8 }));
      const middles = look(draw(32, texts)).lines.map(({ middle }) => middle);
      expect(middles).toHaveLength(count);
      expect(middles).toEqual(middles.toSorted((a, b) => a - b));
    }
  });
});

describe('the strip the model sees', () => {
  const one = (size: number, text = 'DUA RATUS LIMA') => look(draw(26, [{ text, x: 6, y: 14, size }])).strip;

  it('has capitals of one height, however large they are written', () => {
    const heights = [7, 10, 14].map((size) => {
      const strip = one(size, 'DUA LIMA');
      const [first, last] = strip ? inkRows(strip) : [0, 0];
      return last - first;
    });
    expect(Math.min(...heights)).toBeGreaterThan(11);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(4);
  });

  it('is a whole number of steps wide, and holds shares of ink', () => {
    const strip = one(8);
    expect((strip?.width ?? 1) % STRIP_STEP).toBe(0);
    expect(strip?.dark).toHaveLength(STRIP_HEIGHT * (strip?.width ?? 0));
    for (const value of strip?.dark ?? []) expect(value >= 0 && value <= 1).toBe(true);
  });

  it('sets a second line after the first', () => {
    const first = look(draw(32, [{ text: 'DUA RATUS', x: 10, y: 11, size: 8 }])).strip?.width ?? 0;
    const texts = ['DUA RATUS', 'DUA RATUS'].map((text, i) => ({ text, x: 10, y: 11 + 11 * i, size: 8 }));
    const both = look(draw(32, texts)).strip?.width ?? 0;
    expect(both).toBeGreaterThan(1.7 * first);
    expect(both).toBeLessThan(2.3 * first);
  });

  it('keeps only a little of a wide gap between words', () => {
    const word = { y: 13, size: 8, text: 'DUA' };
    const near =
      look(
        draw(20, [
          { ...word, x: 6 },
          { ...word, x: 38 },
        ]),
      ).strip?.width ?? 0;
    const far =
      look(
        draw(20, [
          { ...word, x: 6 },
          { ...word, x: 90 },
        ]),
      ).strip?.width ?? 0;
    expect(Math.abs(far - near)).toBeLessThanOrEqual(2 * STRIP_STEP);
  });
});
