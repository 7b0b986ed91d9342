import type { SourcesLeft } from './sources-left.ts';
import type { TpsScore } from './tps.ts';

export interface FigureSum {
  readonly figures: number;
  readonly accepted: string;
  readonly asked: number;
  readonly questions: number;
  readonly wrong: number;
}

/** The figures of the pages that were read. */
export function figuresOf(scores: readonly TpsScore[], left: SourcesLeft): FigureSum {
  const decided = scores.map((score) => score.decided[left]);
  const accepted = sum(decided, (score) => score.accepted);
  const asked = sum(decided, (score) => Object.keys(score.asked).length);
  return {
    figures: accepted + asked,
    accepted: percent(accepted, accepted + asked),
    asked,
    questions: sum(decided, ({ questions }) => questions),
    wrong: sum(decided, ({ wrong }) => wrong.length),
  };
}

export const PAGE_COLUMNS = ['pages', 'read', 'refused', 'untrue reason', 'misidentified'] as const;

export function pageColumns(scores: readonly TpsScore[]): readonly number[] {
  const pages = scores.flatMap((score) => score.pages);
  const read = pages.filter((page) => page.kind === 'read');
  const refused = pages.filter((page) => page.kind === 'refused');
  return [
    pages.length,
    read.length,
    refused.length,
    refused.filter(({ trueReason }) => !trueReason).length,
    read.filter(({ identified }) => !identified).length,
  ];
}

/** How many pages are refused, and why. */
export function refusals(scores: readonly TpsScore[]): string {
  const pages = scores.flatMap((score) => score.pages);
  const codes = pages.flatMap((page) => (page.kind === 'refused' ? [page.code] : []));
  const reasons = countsOf(codes).map(([code, count]) => `${code} ${count}`);
  return `${percent(codes.length, pages.length)} of ${pages.length} pages refused: ${reasons.join(', ') || 'none'}`;
}

/** Every figure that was wrongly accepted and every page that was refused for no true reason, by its seed. */
export function printFaults(scores: readonly TpsScore[], variants: readonly SourcesLeft[]): void {
  for (const { task, pages, decided } of scores) {
    const of = `${task.seed} (${task.severity}, ${task.care})`;
    for (const left of variants) {
      for (const figure of decided[left].wrong) console.log(`wrong, ${left}: ${of} ${figure}`);
    }
    pages.forEach((page, index) => {
      if (page.kind === 'refused' && !page.trueReason) {
        console.log(`untrue reason: ${of} page ${index + 1}: ${page.code}`);
      }
    });
  }
}

/** Each thing with how often it is there, the most frequent first. */
export function countsOf<T>(things: readonly T[]): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

export function percent(part: number, whole: number): string {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '';
}

function sum<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, thing) => total + of(thing), 0);
}
