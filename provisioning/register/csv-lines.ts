import { CsvError, parse } from 'csv-parse/sync';
import type { Fault } from './fault.ts';

/**
 * The lines of a CSV file, each parsed by itself: so a wrong quote spoils its own line and no other, and
 * the number that is told is the number the reader's editor shows. A cell therefore holds no line break.
 */
export interface CsvLine {
  /** From 1. */
  readonly line: number;
  /** Without the spaces around them; a row of spaces within is one space. */
  readonly cells: readonly string[];
}

export interface CsvLines {
  readonly lines: readonly CsvLine[];
  readonly faults: readonly Fault[];
}

/** Byte order mark, any line ends, and commas, semicolons (Excel in Indonesia) or tabs as they come; empty lines are left out. */
export function csvLines(text: string): CsvLines {
  const physical = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const delimiter = delimiterOf(physical.find((line) => line.trim() !== '') ?? '');
  const parsed = physical.map((line, index) => parsedLine(line, index + 1, delimiter));
  return {
    lines: parsed.flatMap((line) => ('cells' in line && line.cells.some((cell) => cell !== '') ? [line] : [])),
    faults: parsed.flatMap((line) => ('cells' in line ? [] : [line])),
  };
}

/** The delimiter of the first line, which is the one that has most of them. */
function delimiterOf(line: string): string {
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

function parsedLine(text: string, line: number, delimiter: string): CsvLine | Fault {
  try {
    const [cells = []] = parse(text, { delimiter, trim: true, relax_column_count: true });
    return { line, cells: cells.map((cell) => cell.replace(/\s+/g, ' ').trim()) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const expected = 'kutip dibuka dan ditutup di sel yang sama, tanpa pindah baris di dalam sel';
    return { line, field: null, code: 'quotes', found: text.slice(0, 60), expected };
  }
}
