import { randomOf } from '#synthesis/random.ts';
import { type CutEvening, cutEvening } from '#test/power-cut-evening.ts';
import { printTable } from './table.ts';

/**
 * Power cuts in the middle of random operations of a disk that keeps for certain only what was synced:
 * evenings of a few cuts each, under the real adapter, picture store and outbox.
 *
 *   node test/bench/power-cut.bench.ts [cuts]
 */
const CUTS = Number(process.argv[2] ?? 10_000);
const CUTS_AN_EVENING = 5;

const evenings: CutEvening[] = [];
for (let n = 0; n < CUTS / CUTS_AN_EVENING; n += 1) {
  evenings.push(await cutEvening(randomOf(`power cut ${n}`), CUTS_AN_EVENING));
}
const sum = (what: keyof CutEvening) => evenings.reduce((total, evening) => total + evening[what], 0);
const columns = ['cuts', 'confirmed', 'lost', 'twice', 'receiptsLost', 'picturesLost', 'badStarts'] as const;
printTable(
  'power cuts; of what the store had answered for',
  ['cuts', 'confirmed', 'lost', 'twice or with a gap', 'receipts lost', 'pictures lost', 'starts that failed'],
  [columns.map(sum)],
);
if (columns.slice(2).some((what) => sum(what) > 0)) process.exitCode = 1;
