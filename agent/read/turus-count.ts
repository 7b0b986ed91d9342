import type { NumbersSaid } from '#agent/tally/evidence.ts';
import { SILENCE } from '#agent/tally/source.ts';

/** How likely what is seen in one cell is, for each number of strokes in it (0 to 5), and for a struck one; relative. */
export interface CellLikelihood {
  readonly strokes: readonly number[];
  readonly struck: number;
}

/** One row of a tally grid: its cells from the left, and how likely its "jumlah" is for a count of the row. */
export interface TallyRow {
  readonly cells: readonly CellLikelihood[];
  total(count: number): number;
}

const FULL = 5;
/** Share of cells that break the order: full ones made of another number of strokes, strokes behind the end. */
const SLIP = 1 / 500;
/** Share of cells that are struck out and count for nothing. */
const STRUCK = 1 / 200;
/** Ways of counting so much less likely than the likeliest are not followed. */
const NEGLIGIBLE = 1e-12;
/** A weight that is nothing, whatever follows. */
const SMALLEST = 1e-200;
/** Numbers told one by one, and the least probability of one. */
const TOLD = 12;
const LEAST = 1e-5;

/**
 * Weight of every total from 0 to all strokes the grid has room for. A tally is made of full cells, row
 * by row, then one begun, then empty ones; every total that is so is as likely as any other beforehand,
 * and every cell that is not so costs, but forbids nothing.
 */
export function weighTotals(rows: readonly TallyRow[]): Float64Array {
  const room = rows.reduce((sum, { cells }) => sum + cells.length * FULL, 0);
  let filling = new Float64Array(room + 1);
  let over = new Float64Array(room + 1);
  filling[0] = 1;
  for (const row of rows) {
    const [whileFilling, whenOver] = [passRow(row, 'filling'), passRow(row, 'over')];
    const nextFilling = new Float64Array(room + 1);
    const nextOver = new Float64Array(room + 1);
    addShifted(nextFilling, filling, whileFilling.filling);
    addShifted(nextOver, filling, whileFilling.over);
    addShifted(nextOver, over, whenOver.over);
    [filling, over] = [nextFilling, nextOver];
  }
  return filling.map((weight, total) => weight + (over[total] ?? 0));
}

/** What a tally of these weights says. An empty grid may not have been used, a full one may go on elsewhere. */
export function saidByTally(weights: Float64Array): NumbersSaid {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) return SILENCE;
  const candidates = Array.from(weights, (weight, value) => ({ value, probability: weight / sum }))
    .slice(1, -1)
    .filter(({ probability }) => probability >= LEAST)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, TOLD);
  const listed = candidates.reduce((all, { probability }) => all + probability, 0);
  return { candidates, unlisted: Math.max(0, 1 - listed) };
}

/** Weight of every count of a row, by whether the tally goes on behind it or is over. */
interface RowPass {
  readonly filling: Float64Array;
  readonly over: Float64Array;
}

function passRow({ cells, total }: TallyRow, start: keyof RowPass): RowPass {
  const room = cells.length * FULL;
  let pass: RowPass = { filling: new Float64Array(room + 1), over: new Float64Array(room + 1) };
  pass[start][0] = 1;
  cells.forEach((cell, i) => {
    pass = passCell(pass, cell, i * FULL);
  });
  for (let count = 0; count <= room; count++) {
    const likelihood = total(count);
    pass.filling[count] = (pass.filling[count] ?? 0) * likelihood;
    pass.over[count] = (pass.over[count] ?? 0) * likelihood;
  }
  return pass;
}

function passCell(before: RowPass, { strokes, struck }: CellLikelihood, most: number): RowPass {
  const filling = new Float64Array(before.filling.length);
  const over = new Float64Array(before.over.length);
  for (let count = 0; count <= most; count++) {
    const going = before.filling[count] ?? 0;
    const ended = before.over[count] ?? 0;
    if (going + ended < SMALLEST) continue;
    for (let n = 0; n <= FULL; n++) {
      const likelihood = strokes[n] ?? 0;
      const at = count + n;
      // The tally goes on behind a full cell, and ends with any other.
      const slipped = (likelihood * SLIP) / FULL;
      filling[at] = (filling[at] ?? 0) + going * (n === FULL ? likelihood : slipped);
      over[at] = (over[at] ?? 0) + (n < FULL ? going * likelihood : 0) + ended * (n === 0 ? likelihood : slipped);
    }
    filling[count] = (filling[count] ?? 0) + going * struck * STRUCK;
    over[count] = (over[count] ?? 0) + ended * struck * STRUCK;
  }
  return { filling, over };
}

/** Adds to `sums` the weight of every sum of one number from each. */
function addShifted(sums: Float64Array, some: Float64Array, others: Float64Array): void {
  const least = NEGLIGIBLE * most(some);
  const leastOther = NEGLIGIBLE * most(others);
  others.forEach((other, count) => {
    if (other <= leastOther) return;
    for (let sum = 0; sum + count < sums.length; sum++) {
      const weight = some[sum] ?? 0;
      if (weight > least) sums[sum + count] = (sums[sum + count] ?? 0) + weight * other;
    }
  });
}

function most(weights: Float64Array): number {
  return weights.reduce((highest, weight) => Math.max(highest, weight), 0);
}
