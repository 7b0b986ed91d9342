import { OFFICER_CODE, ROLES, type Role } from '#contract/officers/officer-register.ts';
import { LEVELS, type Level, REGION_CODE, type Region, tpsCode } from '#contract/region.ts';
import type { Column, Row } from './columns.ts';
import type { Fault, FaultCode } from './fault.ts';
import type { RegisteredTps } from './tps-register.ts';

/** What one line says, as far as it can be understood. */
export interface ReadRow {
  readonly line: number;
  /** Its regions whose code and name are well formed. */
  readonly regions: readonly Region[];
  /** Null where kelurahan or number are not well formed. */
  readonly tps: string | null;
  /** Null where anything on the line is wrong. */
  readonly place: RegisteredTps | null;
  readonly faults: readonly Fault[];
}

type Field<T> = { readonly value: T } | { readonly fault: Fault };

/** Looks at each field of a line by itself, then at what its fields must be to each other. */
export function readRow(row: Row): ReadRow {
  const codes = LEVELS.map((level) => codeField(row, level));
  const names = LEVELS.map((level) => nameField(row, level));
  const number = numberField(row, 'tps', 1);
  const voters = [numberField(row, 'dpt_l', 0), numberField(row, 'dpt_p', 0), numberField(row, 'dpt_j', 0)] as const;
  const roles = ROLES.map((role) => officersField(row, role));
  const officers = roles.flatMap((field) => goodOf(field) ?? []);
  const faults = [
    ...[...codes, ...names, number, ...voters, ...roles].flatMap((field) => ('fault' in field ? [field.fault] : [])),
    ...outsideFaults(row, codes.map(goodOf)),
    ...sumFaults(row, voters.map(goodOf)),
    ...repeatedOfficers(row, officers),
  ];
  const tps = tpsOf(goodOf(codes[LEVELS.indexOf('kelurahan')]), goodOf(number));
  const [l, p] = voters.map(goodOf);
  const place = faults.length > 0 || tps === null || l == null || p == null ? null : { tps, dpt: { l, p }, officers };
  return { line: row.line, regions: regionsOf(codes.map(goodOf), names.map(goodOf)), tps, place, faults };
}

function goodOf<T>(field: Field<T> | undefined): T | null {
  return field && 'value' in field ? field.value : null;
}

function tpsOf(kelurahan: string | null, number: number | null): string | null {
  return kelurahan === null || number === null ? null : tpsCode(kelurahan, number);
}

function regionsOf(codes: readonly (string | null)[], names: readonly (string | null)[]): readonly Region[] {
  return codes.flatMap((code, index) => {
    const name = names[index];
    return code === null || name == null ? [] : [{ code, name }];
  });
}

function wrong({ line, cells }: Row, field: Column, code: FaultCode, expected: string): { readonly fault: Fault } {
  return { fault: { line, field, code, found: cells[field], expected } };
}

const CODE_WORDS: Readonly<Record<Level, string>> = {
  provinsi: '2 angka, misalnya 16',
  kota: '4 angka, misalnya 16.71',
  kecamatan: '6 angka, misalnya 16.71.01',
  kelurahan: '10 angka, misalnya 16.71.01.1001',
};

/** With dots as Kemendagri writes it, or without any. */
function codeField(row: Row, level: Level): Field<string> {
  const column = `kode_${level}` as const;
  const text = row.cells[column];
  const code = text.includes('.') ? text : dotted(text);
  if (REGION_CODE[level].test(code)) return { value: code };
  return wrong(row, column, 'bad-code', `${CODE_WORDS[level]} (di Excel: format kolom sebagai Teks)`);
}

function dotted(digits: string): string {
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)]
    .filter((part) => part !== '')
    .join('.');
}

function nameField(row: Row, level: Level): Field<string> {
  const name = row.cells[level];
  if (name.length <= 80 && /^[\p{L}\d][\p{L}\d .,'’/()-]*$/u.test(name)) return { value: name };
  return wrong(row, level, 'bad-name', "nama wilayah: huruf, angka, spasi dan . , ' / ( ) -");
}

/** The form has three boxes for a figure, and the TPS code three digits for a number. */
function numberField(row: Row, column: 'tps' | 'dpt_l' | 'dpt_p' | 'dpt_j', least: 0 | 1): Field<number> {
  const text = row.cells[column];
  const value = Number(text);
  if (/^\d{1,3}$/.test(text) && value >= least) return { value };
  return wrong(row, column, 'bad-number', `angka bulat ${least} sampai 999`);
}

/** Who must be at each TPS: one chair, who alone confirms, and at least one more member of the KPPS. */
const ROLE_COUNTS: Readonly<Record<Role, readonly [least: number, most: number, words: string]>> = {
  ketua: [1, 1, 'tepat satu kode, misalnya kpps-1'],
  anggota: [1, 12, '1 sampai 12 kode dipisah spasi, misalnya kpps-2 kpps-3'],
  saksi: [0, 12, 'kosong, atau paling banyak 12 kode dipisah spasi'],
  pengawas: [0, 3, 'kosong, atau paling banyak 3 kode dipisah spasi'],
};

function officersField(row: Row, role: Role): Field<RegisteredTps['officers']> {
  const codes = row.cells[role].split(' ').filter((code) => code !== '');
  const [least, most, words] = ROLE_COUNTS[role];
  const good = codes.every((code) => code.length <= 40 && OFFICER_CODE.test(code));
  if (good && codes.length >= least && codes.length <= most) return { value: codes.map((code) => ({ code, role })) };
  return wrong(row, role, 'bad-officers', `${words}; kode: huruf kecil, angka, tanda hubung`);
}

function outsideFaults(row: Row, codes: readonly (string | null)[]): readonly Fault[] {
  return LEVELS.flatMap((level, index) => {
    const [above, own] = [codes[index - 1], codes[index]];
    if (!above || !own || own.startsWith(`${above}.`)) return [];
    return [wrong(row, `kode_${level}`, 'outside', `kode yang mulai dengan ${above}`).fault];
  });
}

function sumFaults(row: Row, [l, p, j]: readonly (number | null)[]): readonly Fault[] {
  if (l == null || p == null || j == null || l + p === j) return [];
  return [wrong(row, 'dpt_j', 'bad-sum', `${l + p} (${l} + ${p})`).fault];
}

function repeatedOfficers(row: Row, officers: RegisteredTps['officers']): readonly Fault[] {
  const codes = officers.map(({ code }) => code);
  return officers
    .filter(({ code }, index) => codes.indexOf(code) !== index)
    .map(({ code, role }) => wrong(row, role, 'bad-officers', `setiap kode sekali saja; ${code} ada dua kali`).fault);
}
