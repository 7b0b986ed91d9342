import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column } from './columns.ts';
import { type Fault, faultWords } from './fault.ts';
import { readRegister } from './read-register.ts';
import { NOTHING_KNOWN } from './region-list.ts';
import { anyRegister, csvOf, HEADER, lineWith, SAMPLE_CSV } from './testing/sample-register.ts';
import { TpsRegister } from './tps-register.ts';
import { writeRegister } from './write-register.ts';

const read = (text: string) => readRegister(text, NOTHING_KNOWN);
const said = (faults: readonly Fault[]) => faults.map(faultWords);
const tpsIn = (text: string) => read(text).register?.places.map(({ tps }) => tps) ?? null;

describe('a register of TPS', () => {
  test('is read from the example: a code of 13 digits for each TPS, made of kelurahan and number', () => {
    const { register, faults, notices, lines } = read(SAMPLE_CSV);
    expect({ faults, notices, lines }).toEqual({ faults: [], notices: [], lines: 6 });
    expect(register?.places.map(({ tps }) => tps)).toEqual([
      ...['9801011001001', '9801011001002', '9801011002001'],
      ...['9801021001001', '9801021001002', '9801021001003'],
    ]);
    expect(register?.regions).toContainEqual({ code: '98.01.02.1001', name: '9-10 Kenanga' });
    expect(register?.places[0]).toMatchObject({ dpt: { l: 245, p: 255 } });
    expect(register?.places[0]?.officers.map(({ code, role }) => `${role} ${code}`).slice(0, 3)).toEqual([
      'ketua kpps-1',
      'anggota kpps-2',
      'anggota kpps-3',
    ]);
  });

  test.each([',', ';'] as const)('that is written with "%s" is read back the same, whatever it holds', (delimiter) => {
    fc.assert(
      fc.property(anyRegister, (register) => {
        expect(TpsRegister.parse(register)).toEqual(register);
        const back = read(writeRegister(register, delimiter));
        expect({ register: back.register, faults: back.faults }).toEqual({ register, faults: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('is the same whatever program saved it: byte order mark, line ends, semicolons, quotes, spaces, empty lines', () => {
    const { register } = read(SAMPLE_CSV);
    const same = {
      'byte order mark': `\uFEFF${SAMPLE_CSV}`,
      CRLF: SAMPLE_CSV.replaceAll('\n', '\r\n'),
      CR: SAMPLE_CSV.replaceAll('\n', '\r'),
      semicolons: SAMPLE_CSV.replaceAll(',', ';'),
      tabs: SAMPLE_CSV.replaceAll(',', '\t'),
      quotes: SAMPLE_CSV.replace(/[^,\n]+/g, '"$&"'),
      spaces: SAMPLE_CSV.replaceAll(',', ' , ').replaceAll('Melati Timur', '\u00A0Melati  Timur '),
      'empty lines': `\n${SAMPLE_CSV.replaceAll('\n', '\n\n')},,,,,,,,,,,,,,,\n`,
      'no last line end': SAMPLE_CSV.trimEnd(),
      'header in capitals': SAMPLE_CSV.replace(HEADER, HEADER.toUpperCase()),
      'codes without dots': SAMPLE_CSV.replaceAll('.', ''),
      'numbers with zeros': SAMPLE_CSV.replace(/(\.\d{4}),(\d),/g, '$1,00$2,'),
    };
    for (const [what, text] of Object.entries(same)) {
      expect(text, what).not.toBe(SAMPLE_CSV);
      expect({ what, ...read(text) }).toMatchObject({ what, register, faults: [] });
    }
  });

  test('may have its columns in any order', () => {
    const turned = SAMPLE_CSV.trimEnd()
      .split('\n')
      .map((line) => line.split(',').toReversed().join(','))
      .join('\n');
    expect(read(turned)).toEqual(read(SAMPLE_CSV));
  });

  test('may have commas in names where they are quoted, and where semicolons part the cells', () => {
    const names = (text: string) => read(text).register?.regions.map(({ name }) => name);
    expect(names(csvOf(lineWith({ kecamatan: '"Melati, Lama"' })))).toContain('Melati, Lama');
    const semicolons = csvOf(lineWith({ kecamatan: '?' }))
      .replaceAll(',', ';')
      .replace('?', 'Melati, Lama');
    expect(names(semicolons)).toContain('Melati, Lama');
  });
});

describe('a file that is no register', () => {
  test.each([
    ['nothing', '', 'berkas: berkas kosong: ""; diharapkan baris judul, lalu satu baris setiap TPS'],
    ['a header alone', `${HEADER}\n`, 'berkas: berkas kosong: ""; diharapkan baris judul, lalu satu baris setiap TPS'],
    [
      'no header',
      lineWith({}),
      /^baris 1: baris judul tidak ada: "contoh 98 .*; diharapkan provinsi, kode_provinsi, kota/,
    ],
  ])('because there is %s is told so in one sentence', (_, text, sentence) => {
    const { register, faults } = read(text);
    expect(register).toBeNull();
    expect(said(faults)).toEqual([expect.stringMatching(sentence)]);
  });

  test('is told its header’s quotes, and nothing of lines that cannot be understood without it', () => {
    const { register, faults } = read(`"${HEADER}\n${lineWith({})}\n`);
    expect({ register, faults: faults.map(({ line, code }) => `${line} ${code}`) }).toEqual({
      register: null,
      faults: ['1 quotes'],
    });
  });

  test('is told so whatever it holds: every text has faults or a register', () => {
    const cells = fc.array(fc.oneof(fc.string(), fc.constantFrom('98.01', '1', '"', ' ', '\u0000')), { maxLength: 18 });
    const lines = fc.array(
      cells.map((row) => row.join(',')),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.constantFrom('', `${HEADER}\n`), lines, fc.string({ unit: 'binary' }), (header, rows, rest) => {
        const { register, faults } = read(`${header}${rows.join('\n')}\n${rest}`);
        expect(register === null && faults.length === 0).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('is told every column that is missing, unknown, or there twice', () => {
    const header = HEADER.replace('dpt_j', 'nama_ketua').replace('saksi', 'tps');
    const { register, faults } = read(`${header}\n${lineWith({})}\n`);
    expect(register).toBeNull();
    expect(said(faults)).toEqual([
      'baris 1, kolom dpt_j: kolom tidak ada: "dpt_j"; diharapkan kolom ini di baris judul',
      'baris 1, kolom saksi: kolom tidak ada: "saksi"; diharapkan kolom ini di baris judul',
      expect.stringContaining('kolom nama_ketua: kolom tidak dikenal: "nama_ketua"; diharapkan tidak ada; hapus'),
      'baris 1, kolom tps: kolom ada dua kali: "tps"; diharapkan sekali saja',
    ]);
  });
});

describe('a line that is wrong', () => {
  const CASES: readonly [what: string, changed: Partial<Record<Column, string>>, said: readonly string[]][] = [
    [
      'a code with a digit too few, as Excel leaves 98.10 as 98.1',
      { kode_kota: '98.1', kode_kecamatan: '98.10.01', kode_kelurahan: '98.10.01.1001' },
      ['kolom kode_kota: kode salah: "98.1"; diharapkan 4 angka, misalnya 16.71 (di Excel: format kolom sebagai Teks)'],
    ],
    [
      'a code with a digit too many',
      { kode_kelurahan: '98.01.01.10011' },
      ['kolom kode_kelurahan: kode salah: "98.01.01.10011"; diharapkan 10 angka, misalnya 16.71.01.1001'],
    ],
    ['a code with a space in it', { kode_kecamatan: '98.01. 01' }, ['kolom kode_kecamatan: kode salah: "98.01. 01"']],
    [
      'a code of another kecamatan',
      { kode_kelurahan: '98.01.02.1001' },
      [
        'kolom kode_kelurahan: kode tidak sesuai wilayah di atasnya: "98.01.02.1001"; diharapkan kode yang mulai dengan 98.01.01',
      ],
    ],
    ['no name', { kelurahan: '' }, ['kolom kelurahan: nama salah: ""; diharapkan nama wilayah: huruf']],
    ['a formula for a name', { kelurahan: '=A1' }, ['kolom kelurahan: nama salah: "=A1"']],
    ['no number', { tps: '' }, ['kolom tps: bukan angka yang benar: ""; diharapkan angka bulat 1 sampai 999']],
    ['the number 0', { tps: '0' }, ['kolom tps: bukan angka yang benar: "0"']],
    ['a number of four digits', { tps: '1001' }, ['kolom tps: bukan angka yang benar: "1001"']],
    ['a number with a word', { tps: 'TPS 1' }, ['kolom tps: bukan angka yang benar: "TPS 1"']],
    ['half a voter', { dpt_l: '245.5' }, ['kolom dpt_l: bukan angka yang benar: "245.5"; diharapkan angka bulat 0']],
    ['fewer voters than none', { dpt_p: '-1' }, ['kolom dpt_p: bukan angka yang benar: "-1"']],
    ['a sum that is none', { dpt_j: '501' }, ['kolom dpt_j: jumlah tidak cocok: "501"; diharapkan 500 (245 + 255)']],
    ['no chair', { ketua: '' }, ['kolom ketua: petugas salah: ""; diharapkan tepat satu kode, misalnya kpps-1']],
    ['two chairs', { ketua: 'kpps-1 kpps-9' }, ['kolom ketua: petugas salah: "kpps-1 kpps-9"; diharapkan tepat satu']],
    ['a chair alone', { anggota: '' }, ['kolom anggota: petugas salah: ""; diharapkan 1 sampai 12 kode']],
    ['a code in capitals', { saksi: 'SAKSI-1' }, ['kolom saksi: petugas salah: "SAKSI-1"']],
    [
      'an officer in two roles',
      { saksi: 'kpps-1' },
      ['kolom saksi: petugas salah: "kpps-1"; diharapkan setiap kode sekali saja; kpps-1 ada dua kali'],
    ],
    [
      'several faults: each is told',
      { kode_provinsi: 'x', tps: 'y', dpt_l: 'z', pengawas: 'p_1' },
      ['kolom kode_provinsi: kode salah', 'kolom tps: bukan', 'kolom dpt_l: bukan', 'kolom pengawas: petugas salah'],
    ],
  ];
  test.each(CASES)('for %s', (_, changed, sentences) => {
    const { register, faults } = read(csvOf(lineWith({ tps: '7', dpt_l: '1', dpt_j: '256' }), lineWith(changed)));
    expect(said(faults)).toEqual(sentences.map((sentence) => expect.stringContaining(`baris 3, ${sentence}`)));
    expect(register?.places.map(({ tps }) => tps)).toEqual(['9801011001007']);
  });

  test('with a cell too few or too many is told by its number of cells', () => {
    const short = lineWith({}).replace(',245', '');
    const { faults, lines } = read(csvOf(short, `${lineWith({})},x`));
    expect(lines).toBe(2);
    expect(said(faults)).toEqual([
      'baris 2: jumlah sel salah: "15 sel"; diharapkan 16 sel seperti baris judul',
      'baris 3: jumlah sel salah: "17 sel"; diharapkan 16 sel seperti baris judul',
    ]);
  });

  test('with a wrong quote spoils no other line, and each keeps its number', () => {
    const text = csvOf(lineWith({ kelurahan: '"Melati' }), lineWith({}), lineWith({ kota: 'Ko"ta', tps: '2' }));
    expect(tpsIn(text)).toEqual(['9801011001001']);
    expect(read(text).faults.map(({ line, code }) => `${line} ${code}`)).toEqual(['2 quotes', '4 quotes']);
  });

  test('is told for two lines of one TPS on both of them, and neither is good', () => {
    const text = csvOf(lineWith({}), lineWith({ tps: '2' }), lineWith({ dpt_l: '1', dpt_j: '256', tps: '001' }));
    expect(tpsIn(text)).toEqual(['9801011001002']);
    expect(said(read(text).faults)).toEqual([
      'baris 2, kolom tps: TPS ada dua kali: "1"; diharapkan nomor yang belum dipakai di kelurahan ini; sama dengan baris 4',
      'baris 4, kolom tps: TPS ada dua kali: "1"; diharapkan nomor yang belum dipakai di kelurahan ini; sama dengan baris 2',
    ]);
  });

  test('is told for two lines of one TPS even where one of them is wrong for another reason too', () => {
    expect(tpsIn(csvOf(lineWith({}), lineWith({ dpt_j: 'x' })))).toBeNull();
  });

  test('is the one that names a region otherwise than most lines do', () => {
    const lines = [1, 2, 3].map((tps) => lineWith({ tps: String(tps) }));
    const { faults, register } = read(csvOf(...lines, lineWith({ tps: '4', kelurahan: 'Melati Tmur' })));
    expect(said(faults)).toEqual([
      'baris 5, kolom kelurahan: nama wilayah berbeda: "Melati Tmur"; diharapkan "Melati Timur", nama wilayah 98.01.01.1001',
    ]);
    expect(register?.places).toHaveLength(3);
  });

  test('is each of them where a region has two names equally often', () => {
    const { faults } = read(csvOf(lineWith({}), lineWith({ tps: '2', kelurahan: 'Mawar' })));
    expect(faults.map(({ line, code }) => `${line} ${code}`)).toEqual(['2 other-name', '3 other-name']);
  });

  test('is none for capitals in a name', () => {
    const { faults } = read(csvOf(lineWith({}), lineWith({ tps: '2', kelurahan: 'MELATI TIMUR' })));
    expect(faults).toEqual([]);
  });

  test('is found among any others: exactly the lines that were spoilt are told, and the rest is good', () => {
    const anyFlags = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(anyFlags, (spoilt) => {
        const lines = spoilt.map((bad, index) => lineWith({ tps: String(index + 1), ...(bad ? { dpt_j: '7' } : {}) }));
        const { faults, register } = read(csvOf(...lines));
        expect(faults.map(({ line }) => line)).toEqual(spoilt.flatMap((bad, index) => (bad ? [index + 2] : [])));
        expect(register?.places.length ?? 0).toBe(spoilt.filter((bad) => !bad).length);
      }),
    );
  });
});

describe('what is known of the regions', () => {
  const regions = [
    { code: '98.01.01', name: 'Melati' },
    { code: '98.01.02', name: 'Kenanga' },
    { code: '98.01.01.1001', name: 'MELATI TIMUR' },
  ];

  test('decides which codes there are, at the levels that it lists', () => {
    const other = lineWith({ kode_kelurahan: '98.01.01.1009' });
    const { faults } = readRegister(csvOf(lineWith({}), other), { regions, counts: new Map() });
    expect(said(faults)).toEqual([
      'baris 3, kolom kode_kelurahan: kode wilayah tidak dikenal: "98.01.01.1009"; diharapkan kode dari daftar wilayah (kelurahan Melati Timur tidak ada di sana)',
    ]);
  });

  test('decides the names, however many lines have another, and how they are spelt', () => {
    const wrong = lineWith({ kecamatan: 'Mawar' });
    const all = readRegister(csvOf(wrong, lineWith({ tps: '2', kecamatan: 'Mawar' })), { regions, counts: new Map() });
    expect(all.faults.map(({ line, code }) => `${line} ${code}`)).toEqual(['2 other-name', '3 other-name']);
    const { register } = readRegister(csvOf(lineWith({})), { regions, counts: new Map() });
    expect(register?.regions).toContainEqual({ code: '98.01.01.1001', name: 'MELATI TIMUR' });
  });

  test('counts the TPS of each kecamatan', () => {
    const counts = new Map([
      ['98.01.01', 2],
      ['98.01.02', 1],
    ]);
    const { faults, register } = readRegister(csvOf(lineWith({}), lineWith({ tps: '2' })), { regions, counts });
    expect(said(faults)).toEqual([
      'berkas, kolom kode_kecamatan: jumlah TPS berbeda: "0 TPS"; diharapkan 1 TPS di kecamatan 98.01.02',
    ]);
    expect(register?.places).toHaveLength(2);
  });
});

describe('what is unusual', () => {
  test('is noticed and taken: a list of more than 600 voters, a number left out', () => {
    const { register, faults, notices } = read(
      csvOf(lineWith({}), lineWith({ tps: '3', dpt_l: '346', dpt_j: '601' }), lineWith({ tps: '901' })),
    );
    expect({ faults, places: register?.places.length }).toEqual({ faults: [], places: 3 });
    expect(said(notices)).toEqual([
      'baris 3, kolom dpt_j: DPT sangat besar: "601"; diharapkan paling banyak 600 pemilih',
      'baris 3, kolom tps: nomor TPS terlompat: "3"; diharapkan TPS 2 juga ada di kelurahan ini',
    ]);
  });
});
