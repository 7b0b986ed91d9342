import { appendFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TpsScore } from './tps.ts';

/** What was scored, kept as it comes: a run that is cut off goes on where it stopped. */
export interface Journal {
  readonly scores: readonly TpsScore[];
  add(score: TpsScore): void;
}

/**
 * One line of JSON a TPS, after one that says what the run is of. Throws where the file is of another
 * run, so that no table mixes two models. Without a file nothing is kept.
 */
export function openJournal(file: string | null, run: Readonly<Record<string, unknown>>): Journal {
  const scores = file === null ? [] : openFile(file, JSON.stringify(run));
  return {
    scores,
    add: (score) => {
      scores.push(score);
      if (file !== null) appendFileSync(file, `${JSON.stringify(score)}\n`);
    },
  };
}

/** The scores of the file, which holds whole lines and at least its head afterwards. */
function openFile(file: string, head: string): TpsScore[] {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, '');
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf('\n') + 1;
  truncateSync(file, whole);
  if (whole === 0) appendFileSync(file, `${head}\n`);
  const [first = head, ...lines] = bytes.toString('utf8', 0, whole).split('\n').filter(Boolean);
  if (first !== head) throw new Error(`${file} is of another run: ${first} instead of ${head}`);
  return lines.map((line) => JSON.parse(line) as TpsScore);
}
