import type { CsvLine, CsvLines } from './csv-lines.ts';
import type { Fault } from './fault.ts';

/** Columns of the register's file, by name: their order is free, and there are no others. */
export const COLUMNS = [
  'provinsi',
  'kode_provinsi',
  'kota',
  'kode_kota',
  'kecamatan',
  'kode_kecamatan',
  'kelurahan',
  'kode_kelurahan',
  'tps',
  'dpt_l',
  'dpt_p',
  'dpt_j',
  'ketua',
  'anggota',
  'saksi',
  'pengawas',
] as const;
export type Column = (typeof COLUMNS)[number];

/** One line of the file, its cells by column. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export type Rows =
  | { readonly ok: true; readonly rows: readonly Row[]; readonly faults: readonly Fault[] }
  /** The header is of no use, so that no line can be understood. */
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function rowsOf({ lines, faults }: CsvLines): Rows {
  const [header, ...rest] = lines;
  if (!header) return { ok: false, faults: [...faults, emptyFile()] };
  const torn = faults.filter(({ line }) => line !== null && line < header.line);
  if (torn.length > 0) return { ok: false, faults: torn };
  const names = header.cells.map((cell) => cell.toLowerCase());
  const wrong = headerFaults(header.line, names);
  if (wrong.length > 0) return { ok: false, faults: wrong };
  if (rest.length === 0 && faults.length === 0) return { ok: false, faults: [emptyFile()] };
  const isWhole = ({ cells }: CsvLine) => cells.length === names.length;
  const rows = rest.filter(isWhole).map(({ line, cells }) => ({ line, cells: cellsOf(names, cells) }));
  const uneven = rest.filter((line) => !isWhole(line)).map((line) => cellCount(line, names.length));
  return { ok: true, rows, faults: [...faults, ...uneven] };
}

function cellsOf(names: readonly string[], cells: readonly string[]): Row['cells'] {
  const entries = COLUMNS.map((column) => [column, cells[names.indexOf(column)] ?? ''] as const);
  return Object.fromEntries(entries) as Record<Column, string>;
}

function headerFaults(line: number, names: readonly string[]): readonly Fault[] {
  const known: readonly string[] = COLUMNS;
  const about = (code: Fault['code'], name: string, expected: string) =>
    ({ line, field: name, code, found: name, expected }) satisfies Fault;
  if (!names.some((name) => known.includes(name))) {
    return [
      { line, field: null, code: 'no-header', found: names.join(' ').slice(0, 60), expected: COLUMNS.join(', ') },
    ];
  }
  return [
    ...COLUMNS.filter((name) => !names.includes(name)).map((name) =>
      about('missing-column', name, 'kolom ini di baris judul'),
    ),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) =>
        about('unknown-column', name, 'tidak ada; hapus kolom ini (daftar TPS tidak memuat nama atau NIK)'),
      ),
    ...names
      .filter((name, index) => known.includes(name) && names.indexOf(name) !== index)
      .map((name) => about('repeated-column', name, 'sekali saja')),
  ];
}

function emptyFile(): Fault {
  return { line: null, field: null, code: 'empty', found: '', expected: 'baris judul, lalu satu baris setiap TPS' };
}

function cellCount({ line, cells }: CsvLine, count: number): Fault {
  const expected = `${count} sel seperti baris judul`;
  return { line, field: null, code: 'cell-count', found: `${cells.length} sel`, expected };
}
