import { randomOf } from '#synthesis/random.ts';
import { type CutEvening, copiedEvening, cutEvening } from '#test/power-cut-evening.ts';
import { printTable } from './table.ts';

/**
 * Power cuts in the middle of random operations of a disk that keeps for certain only what was synced:
 * evenings of a few cuts each, under the real adapter, picture store, outbox and second copy.
 *
 *   node test/bench/power-cut.bench.ts [cuts]
 */
const CUTS = Number(process.argv[2] ?? 10_000);
const CUTS_AN_EVENING = 5;

const columns = ['cuts', 'confirmed', 'lost', 'twice', 'receiptsLost', 'picturesLost', 'badStarts'] as const;
const kinds = { 'a card': cutEvening, 'card and stick, now and then a new card': copiedEvening };
const rows: (readonly (string | number)[])[] = [];
for (const [kind, evening] of Object.entries(kinds)) {
  const sums = columns.map(() => 0);
  for (let n = 0; n < CUTS / CUTS_AN_EVENING; n += 1) {
    const found: CutEvening = await evening(randomOf(`power cut ${n}`), CUTS_AN_EVENING);
    for (const [i, what] of columns.entries()) sums[i] = (sums[i] ?? 0) + found[what];
  }
  rows.push([kind, ...sums]);
  if (sums.slice(2).some((harm) => harm > 0)) process.exitCode = 1;
}
printTable(
  'power cuts; of what the store had answered for (after a new card: of what the stick was said to hold)',
  ['', 'cuts', 'confirmed', 'lost', 'twice or with a gap', 'receipts lost', 'pictures lost', 'starts that failed'],
  rows,
);
