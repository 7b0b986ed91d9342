import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Gray } from '#agent/page/picture.ts';
import { BOX_CLASSES, type TurusReading } from '#agent/tally/evidence.ts';
import { turusEvidence } from '#agent/tally/turus.ts';
import type { TurusGrid } from '#contract/form/definition.ts';
import type { TallyHabit } from '#synthesis/hand/tally-habit.ts';
import { planTally, type TallyCells, writeTurus } from '#synthesis/hand/turus.ts';
import { drawWriter } from '#synthesis/hand/writer.ts';
import { randomOf } from '#synthesis/random.ts';
import { countTurus, seeTurus, usedRows } from './turus.ts';

const PX_PER_MM = 4;
const GRID: TurusGrid = { origin: [4, 4], columns: 12, rows: 5, cell: [19.58, 16], rowTotals: [] };
const NO_SLIPS = { miscount: 0, struck: 0 };

const NEAT: TallyHabit = {
  shape: 'gate',
  across: [0.8, 0.2],
  overhang: 0.4,
  space: 0.15,
  indent: 0.4,
  height: 0.7,
  sink: 0,
  lean: 0.1,
  uneven: 0.03,
  pen: 0.9,
};

/** A grid as it is printed, with these cells filled in this habit, on even paper. */
function sheetOf(cells: TallyCells, habit: Partial<TallyHabit>): Gray {
  const canvas = createCanvas(250 * PX_PER_MM, 90 * PX_PER_MM);
  const context = canvas.getContext('2d');
  context.scale(PX_PER_MM, PX_PER_MM);
  context.fillStyle = '#e6e6e6';
  context.fillRect(0, 0, 250, 90);
  context.strokeStyle = '#808080';
  context.lineWidth = 0.53;
  const [width, height] = GRID.cell;
  for (let i = 0; i < GRID.columns * GRID.rows; i++) {
    context.strokeRect(4 + (i % 12) * width, 4 + Math.floor(i / 12) * height, width, height);
  }
  const random = randomOf('turus');
  const writer = drawWriter('test', 18, random);
  const pen = { ...writer.pen, colour: [40, 40, 60], pressure: 0, dryness: 0 } as const;
  writeTurus(context, GRID, cells, { ...NEAT, ...habit }, { ...writer, pen }, random);
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const data = Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => rgba[4 * i] ?? 0);
  return { width: canvas.width, height: canvas.height, data };
}

function see(cells: TallyCells, habit: Partial<TallyHabit> = {}) {
  return seeTurus(sheetOf(cells, habit), GRID, ([x, y]) => [x * PX_PER_MM - 0.5, y * PX_PER_MM - 0.5]);
}

function read(cells: TallyCells, habit: Partial<TallyHabit> = {}): TurusReading {
  const grid = see(cells, habit);
  if (!grid) throw new Error('the grid is not seen');
  return countTurus(grid, new Map());
}

function tallyOf(count: number): TallyCells {
  return planTally(GRID, count, NO_SLIPS, randomOf('plan'));
}

/** The number the tally prefers to every other ten to one, or null. */
function named(reading: TurusReading): number | null {
  const [first] = reading.candidates;
  return first && turusEvidence(reading, 3).names(first.value) ? first.value : null;
}

describe('a tally of gates', () => {
  it.each([1, 2, 3, 4, 5, 6, 59, 60, 61, 124, 187, 233, 298])('holds %d', (count) => {
    expect(named(read(tallyOf(count)))).toBe(count);
  });

  it.each<[string, Partial<TallyHabit>]>([
    ['thin ballpoint', { pen: 0.45 }],
    ['thick marker', { pen: 1.7, space: 0.19 }],
    ['leaning strokes', { lean: 0.45 }],
    ['strokes that lean back', { lean: -0.35 }],
    ['a level stroke across', { across: [0.5, 0.5] }],
    ['a falling stroke across', { across: [0.1, 0.9] }],
    ['a stroke across from head to foot, no longer than it must', { across: [0, 1], overhang: 0 }],
    ['strokes on the upper line of their cells', { sink: -0.2, height: 0.6 }],
    ['small ones at the left of the cell', { space: 0.1, height: 0.5, indent: 0.2 }],
    ['uneven strokes', { uneven: 0.07 }],
  ])('is counted in any habit: %s', (_, habit) => {
    for (const count of [83, 127]) expect(named(read(tallyOf(count), habit))).toBe(count);
  });

  it('is weaker where a cell in the middle is struck out, and not wrong', () => {
    const cells = tallyOf(83);
    const struck = [...cells.slice(0, 7), null, ...cells.slice(7, -1)];
    const reading = read(struck);
    const source = turusEvidence(reading, 3);
    expect(source.most / source.likelihood(83)).toBeLessThan(10);
  });

  it('counts a full cell of four as four', () => {
    const cells = tallyOf(83).map((strokes, cell) => (cell === 3 ? 4 : strokes));
    expect(
      read(cells)
        .candidates.slice(0, 2)
        .map(({ value }) => value),
    ).toContain(82);
  });
});

describe('other ways to tally', () => {
  it.each([3, 14, 83, 95])('five uprights hold %d', (count) => {
    expect(named(read(tallyOf(count), { shape: 'fence', space: 0.14 }))).toBe(count);
  });

  it.each([3, 14, 83, 95])('a square with its diagonal holds %d, or is said to be in doubt', (count) => {
    const reading = read(tallyOf(count), { shape: 'box', space: 0.17, lean: 0 });
    expect([count, null]).toContain(named(reading));
    expect(reading.candidates.map(({ value }) => value)).toContain(count);
  });
});

describe('what says nothing', () => {
  it('is an empty grid, which may not have been used', () => {
    const reading = read(tallyOf(0));
    expect(turusEvidence(reading, 3).most / turusEvidence(reading, 3).likelihood(83)).toBeLessThan(3);
  });

  it('is a full grid, which may go on elsewhere', () => {
    expect(named(read(tallyOf(300)))).toBeNull();
  });

  it('is a picture whose noise is as dark as its strokes', () => {
    const sheet = sheetOf(tallyOf(83), { pen: 0.45 });
    const random = randomOf('noise');
    const data = sheet.data.map((level) => Math.max(0, Math.min(255, 0.3 * level + 120 + 40 * random.normal())));
    const grid = seeTurus({ ...sheet, data }, GRID, ([x, y]) => [x * PX_PER_MM - 0.5, y * PX_PER_MM - 0.5]);
    expect(grid).toBeNull();
  });
});

describe('"jumlah tiap baris"', () => {
  const digit = (value: number) => BOX_CLASSES.map((_, c) => (c === value ? 1 : 0));

  it('is looked at in the rows that have strokes', () => {
    expect(usedRows(see(tallyOf(83)) ?? [])).toEqual([0, 1]);
    expect(usedRows(see(tallyOf(0)) ?? [])).toEqual([]);
  });

  it('tells more of a row it agrees with, and never overrules its strokes', () => {
    const grid = see(tallyOf(83));
    if (!grid) throw new Error('the grid is not seen');
    const alone = countTurus(grid, new Map());
    const agreeing = countTurus(grid, new Map([[1, [digit(2), digit(3)]]]));
    const contradicting = countTurus(grid, new Map([[1, [digit(2), digit(8)]]]));
    const of83 = ({ candidates }: TurusReading) => candidates.find(({ value }) => value === 83)?.probability ?? 0;
    expect(of83(agreeing)).toBeGreaterThan(of83(alone));
    expect(contradicting.candidates[0]?.value).toBe(83);
  });
});
