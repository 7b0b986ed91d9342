import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled box of a folder laid out like the team's field data (its README tells the columns). */
export interface FieldBox {
  readonly source: string;
  readonly form: string;
  readonly field: string;
  /** 0 is the leftmost box of the field. */
  readonly pos: number;
  readonly file: string;
  /** 0-9, empty, x, dash, other. */
  readonly label: string;
  readonly certain: boolean;
  /** The whole field, one character a box: digit, x, -, _ (empty) or ? (other). */
  readonly written: string;
}

/** Figures of one form as written, one character a box: digit, x, -, _ (empty) or ? (other). */
export interface FieldForm {
  readonly form: string;
  readonly source: string;
  readonly figures: Readonly<Record<string, string>>;
}

export function readFieldBoxes(folder: string): readonly FieldBox[] {
  return readCsv(join(folder, 'labels.csv')).map((row) => ({
    source: row['source'] ?? '',
    form: row['form'] ?? '',
    field: row['field'] ?? '',
    pos: Number(row['pos']),
    file: join(folder, row['file'] ?? ''),
    label: row['label'] ?? '',
    certain: row['uncertain'] === '0',
    written: row['number_as_written'] ?? '',
  }));
}

/** None where the folder holds single boxes only. */
export function readFieldForms(folder: string): readonly FieldForm[] {
  if (!existsSync(join(folder, 'forms.csv'))) return [];
  return readCsv(join(folder, 'forms.csv')).map((row) => ({
    form: row['form'] ?? '',
    source: row['source'] ?? '',
    figures: JSON.parse(row['figures'] ?? '{}') as Record<string, string>,
  }));
}

/** What a figure written so says: null for an empty row, NaN where nobody can tell. */
export function numberOf(written: string): number | null {
  if (written.includes('?')) return Number.NaN;
  const digits = written.replaceAll(/[x_-]/g, '');
  return digits === '' ? null : Number(digits);
}

/** Rows of a CSV file by the names in its first line; fields may be quoted, quotes are doubled inside. */
function readCsv(file: string): readonly Readonly<Record<string, string>>[] {
  const [names = [], ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map(splitLine);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

function splitLine(line: string): readonly string[] {
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(fields, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
