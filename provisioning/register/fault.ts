/** One thing that is wrong in a file, in words for who has to mend it. */
export interface Fault {
  /** Line of the file, from 1; null where it is said of the file as a whole. */
  readonly line: number | null;
  /** Name of the column; null where it is said of the whole line. */
  readonly field: string | null;
  readonly code: FaultCode;
  /** What stands there. */
  readonly found: string;
  /** What was expected instead, in Indonesian. */
  readonly expected: string;
}

export type FaultCode =
  | 'empty'
  | 'no-header'
  | 'missing-column'
  | 'unknown-column'
  | 'repeated-column'
  | 'quotes'
  | 'cell-count'
  | 'bad-code'
  | 'bad-name'
  | 'bad-number'
  | 'bad-sum'
  | 'bad-officers'
  | 'outside'
  | 'unknown-region'
  | 'other-name'
  | 'repeated-tps'
  | 'tps-count'
  | 'list-too-long'
  | 'gap';

const WRONG: Readonly<Record<FaultCode, string>> = {
  empty: 'berkas kosong',
  'no-header': 'baris judul tidak ada',
  'missing-column': 'kolom tidak ada',
  'unknown-column': 'kolom tidak dikenal',
  'repeated-column': 'kolom ada dua kali',
  quotes: 'tanda kutip salah',
  'cell-count': 'jumlah sel salah',
  'bad-code': 'kode salah',
  'bad-name': 'nama salah',
  'bad-number': 'bukan angka yang benar',
  'bad-sum': 'jumlah tidak cocok',
  'bad-officers': 'petugas salah',
  outside: 'kode tidak sesuai wilayah di atasnya',
  'unknown-region': 'kode wilayah tidak dikenal',
  'other-name': 'nama wilayah berbeda',
  'repeated-tps': 'TPS ada dua kali',
  'tps-count': 'jumlah TPS berbeda',
  'list-too-long': 'DPT sangat besar',
  gap: 'nomor TPS terlompat',
};

/** "baris 12, kolom dpt_j: jumlah tidak cocok: "501"; diharapkan 500 (245 + 255)". */
export function faultWords({ line, field, code, found, expected }: Fault): string {
  const where = [line === null ? 'berkas' : `baris ${line}`, ...(field === null ? [] : [`kolom ${field}`])].join(', ');
  return `${where}: ${WRONG[code]}: "${found}"; diharapkan ${expected}`;
}
