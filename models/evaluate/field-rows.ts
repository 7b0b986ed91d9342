import type { DigitModel } from '#agent/read/digits.ts';
import { acceptOrAsk } from '#agent/tally/accept.ts';
import { logOdds, readNumber } from '#agent/tally/number.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { type FieldBox, numberOf } from './field-data.ts';
import { boxInput } from './field-picture.ts';

/**
 * How the figures of one source were decided from their boxes alone, with no sum to help and no page
 * to find. Usual rows are filled from the right; unusual ones are left-aligned, have a gap, hold a box
 * nobody should read, or are not filled in: those must be asked.
 */
export interface RowScore {
  readonly source: string;
  readonly usual: number;
  readonly accepted: number;
  readonly unusual: number;
  readonly unusualAsked: number;
  /** Accepted without asking although something else, or nothing certain, is written. */
  readonly wrong: readonly string[];
}

interface Decided {
  readonly name: string;
  readonly source: string;
  readonly written: string;
  readonly value: FigureValue;
  readonly accepted: boolean;
}

/** Decides every figure by its boxes; rows with a box whose label is uncertain, and dates, are left out. */
export async function scoreRows(boxes: readonly FieldBox[], model: DigitModel): Promise<readonly RowScore[]> {
  const figures = boxes.filter(({ field }) => !field.startsWith('date'));
  const rows = [...Map.groupBy(figures, ({ form, field }) => `${form} ${field}`).entries()]
    .filter(([, row]) => row.every(({ certain }) => certain))
    .map(([name, row]) => ({ name, row: row.toSorted((a, b) => a.pos - b.pos) }));
  const decided: Decided[] = [];
  for (const { name, row } of rows) {
    const { candidates } = readNumber({ boxes: await model.read(row.map(({ file }) => boxInput(file))) });
    const [best, second = null] = candidates;
    const margin = logOdds(best.probability);
    const alone = { inBreaches: new Set<string>(), awaitingSums: new Set([name]) };
    const { status } = acceptOrAsk({ figure: name, best, second, margin, ...alone });
    const [{ source, written } = { source: '', written: '' }] = row;
    decided.push({ name, source, written, value: best.value, accepted: status === 'accepted' });
  }
  return [...new Set(decided.map(({ source }) => source))].sort().map((source): RowScore => {
    const own = decided.filter((row) => row.source === source);
    const usual = own.filter(({ written }) => isUsual(written));
    const unusual = own.filter(({ written }) => !isUsual(written));
    return {
      source,
      usual: usual.length,
      accepted: usual.filter(({ accepted }) => accepted).length,
      unusual: unusual.length,
      unusualAsked: unusual.filter(({ accepted }) => !accepted).length,
      wrong: own
        .filter(({ accepted, value, written }) => accepted && (!isUsual(written) || value !== numberOf(written)))
        .map(({ name, value, written }) => `${name}: ${written} accepted as ${value}`),
    };
  });
}

function isUsual(written: string): boolean {
  return /^[x_-]*[0-9]+$/.test(written);
}
