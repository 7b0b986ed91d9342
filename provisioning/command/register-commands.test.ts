import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_CSV, SAMPLE_FILE } from '#provisioning/register/testing/sample-register.ts';
import { addTestKit } from '#test/mosquitto.ts';
import { sharedData } from '#test/shared-data.ts';
import { EXIT } from './exit-code.ts';
import { type Run, type Technician, technician } from './testing/technician.ts';

const SAMPLE = fileURLToPath(SAMPLE_FILE);
let one: Technician;
let folder = '';

beforeEach(() => {
  one = technician();
  folder = one.folder;
});
afterEach(() => one.leave());

const provision = (...args: readonly string[]): Promise<Run> => one.provision(...args);
const written = (name: string, text: string | Uint8Array): string => one.written(name, text);

const BAD = SAMPLE_CSV.replace('301,287,588', '301,287,589').replace('9-10 Kenanga,98.01.02.1001,2', 'Kenanga,98.1,2');

describe('tps-provision', () => {
  test.each([
    '',
    'init',
    'import',
    'example',
    'issue',
    'load',
    'accept',
    'accounts',
    'card',
    'labels',
    'letters',
    'rehearse',
    'report',
    'revoke',
    'status',
  ])('explains itself: %s --help', async (command) => {
    const { code, out } = await provision(...(command === '' ? [] : [command]), '--help');
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('--help');
    if (command !== '') expect(out).toMatch(/--json[\s\S]*Kode keluar \/ exit codes:\n {2}0/);
  });

  test('ends with 64 for a wrong command line', async () => {
    for (const wrong of [['tidak-ada'], ['import'], ['status', '--salah'], ['example', '--seed', '1']]) {
      expect((await provision(...wrong)).code).toBe(EXIT.usage);
    }
  });
});

describe('tps-provision import', () => {
  test('takes the register, and status shows it by kecamatan', async () => {
    const imported = await provision('import', SAMPLE);
    expect(imported).toEqual({ code: EXIT.ok, err: '', out: 'Masuk: 6 TPS di 2 kecamatan, 3078 pemilih.\n' });
    const { code, out } = await provision('status');
    expect(code).toBe(EXIT.ok);
    expect(out.split('\n').slice(0, 4)).toEqual([
      'Kode      Kecamatan  Kelurahan  TPS   DPT  Terbit  Dimuat  Lulus  Gagal',
      '98.01.01  Melati             2    3  1622       0       0      0      0',
      '98.01.02  Kenanga            1    3  1456       0       0      0      0',
      '          Jumlah             3    6  3078       0       0      0      0',
    ]);
    const json = JSON.parse((await provision('status', '--json')).out);
    expect(json).toMatchObject({
      schema: 1,
      source: { file: 'contoh-daftar-tps.csv' },
      kecamatan: [
        { code: '98.01.01', name: 'Melati', kelurahan: 2, tps: 3, dpt: { l: 817, p: 805, j: 1622 } },
        { code: '98.01.02', name: 'Kenanga', tps: 3 },
      ],
      all: { tps: 6, kelurahan: 3, dpt: { j: 3078 } },
    });
  });

  test('takes nothing from a file with bad lines, and tells every one of them', async () => {
    const { code, out, err } = await provision('import', written('daftar.csv', BAD));
    expect(code).toBe(EXIT.refused);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.slice(folder.length + 1)),
    ).toEqual([
      'daftar.csv: baris 4, kolom dpt_j: jumlah tidak cocok: "589"; diharapkan 588 (301 + 287)',
      expect.stringMatching(/^daftar.csv: baris 6, kolom kode_kelurahan: kode salah: "98.1"; diharapkan 10 angka/),
      expect.stringContaining('periksa: baris 7, kolom tps: nomor TPS terlompat: "3"'),
    ]);
    expect(out).toContain('Tidak ada yang masuk: 2 kesalahan di 6 baris TPS. Perbaiki lalu ulangi');
    expect(existsSync(join(folder, 'provisioning-data'))).toBe(false);
  });

  test('takes the good lines alone when told, and ends with 1', async () => {
    const { code, out } = await provision('import', written('daftar.csv', BAD), '--accept-good');
    expect(code).toBe(EXIT.look);
    expect(out).toBe(
      'Masuk: 4 TPS di 2 kecamatan, 1965 pemilih (2 kesalahan di 6 baris TPS: baris itu tidak masuk).\n',
    );
  });

  test('gives another program one JSON object with every fault', async () => {
    const { code, out, err } = await provision('import', written('daftar.csv', BAD), '--json');
    expect([code, err]).toEqual([EXIT.refused, '']);
    expect(JSON.parse(out)).toMatchObject({
      ...{ schema: 1, outcome: 'refused-bad-lines', lines: 6, registered: null, changes: null },
      faults: [
        { line: 4, field: 'dpt_j', code: 'bad-sum', found: '589', expected: '588 (301 + 287)' },
        { line: 6, field: 'kode_kelurahan', code: 'bad-code', found: '98.1' },
      ],
    });
  });

  test('writes nothing in a dry run', async () => {
    const { code, out } = await provision('import', SAMPLE, '--dry-run');
    expect([code, out]).toEqual([
      EXIT.ok,
      'Akan masuk: 6 TPS di 2 kecamatan, 3078 pemilih. Belum ditulis (--dry-run).\n',
    ]);
    expect(readdirSync(folder)).toEqual([]);
    expect((await provision('status')).code).toBe(EXIT.noInput);
  });

  test('holds the file against the lists of regions it is given', async () => {
    const regions = written('wilayah.csv', '98.01.01,Melati\n98.01.02,Anggrek\n');
    const counts = written('jumlah.csv', 'kecamatan_code,kecamatan,tps\n98.01.01,Melati,4\n98.01.02,Anggrek,3\n');
    const { code, err } = await provision('import', SAMPLE, '--kelurahan-file', regions, '--kecamatan-file', counts);
    expect(code).toBe(EXIT.refused);
    expect(err.match(/nama wilayah berbeda: "Kenanga"; diharapkan "Anggrek"/g)).toHaveLength(3);
    expect(err).toContain('jumlah TPS berbeda: "3 TPS"; diharapkan 4 TPS di kecamatan 98.01.01');
  });

  test('shows what another file would change, and changes it', async () => {
    await provision('import', SAMPLE);
    const other = SAMPLE_CSV.replace('245,255,500,kpps-1', '244,255,499,kpps-9').replace(
      /\n.*98\.01\.02\.1001,3.*/,
      '',
    );
    const { code, out } = await provision('import', written('baru.csv', other.replaceAll('Melati Barat', 'Mawar')));
    expect(code).toBe(EXIT.ok);
    expect(out.split('\n')).toEqual([
      '- TPS 3 9-10 Kenanga (9801021001003)',
      '~ TPS 1 Melati Timur (9801011001001): DPT L 245 P 255 → L 244 P 255, tanpa ketua kpps-1, dengan ketua kpps-9',
      '~ 98.01.01.1002: Melati Barat → Mawar',
      'Perubahan: 0 TPS baru, 1 dihapus, 1 berubah, 1 nama wilayah.',
      'Masuk: 5 TPS di 2 kecamatan, 2598 pemilih.',
      '',
    ]);
  });

  test('changes nothing once kits were issued, unless told; and names the kits to be issued again', async () => {
    await provision('import', SAMPLE);
    const data = join(folder, 'provisioning-data');
    await addTestKit(join(data, 'authority'), 'contoh-0001', '9801011001001');
    const other = written('baru.csv', SAMPLE_CSV.replace('245,255,500', '244,255,499'));
    const before = readFileSync(join(data, 'daftar-tps.json'), 'utf8');
    const refused = await provision('import', other);
    expect(refused.code).toBe(EXIT.refused);
    expect(refused.out).toContain('L 245 P 255 → L 244 P 255 ! alat sudah terbit: terbitkan lagi');
    expect(refused.out).toContain('alat untuk 1 TPS sudah terbit dari daftar lama. Jika memang harus: --replace.');
    expect(readFileSync(join(data, 'daftar-tps.json'), 'utf8')).toBe(before);
    const replaced = await provision('import', other, '--replace', '--json');
    expect(replaced.code).toBe(EXIT.ok);
    expect(JSON.parse(replaced.out)).toMatchObject({ outcome: 'imported', registered: 6, reissue: ['9801011001001'] });
    expect((await provision('import', other)).out).toContain('Tidak ada perubahan: 6 TPS');
  });

  test('says what to do about a file, a list or a folder that cannot be used', async () => {
    const latin = written('latin.csv', Buffer.from(SAMPLE_CSV.replace('Melati', 'Mélati'), 'latin1'));
    const list = written('wilayah.csv', 'kode,nama\n');
    mkdirSync(join(folder, 'penuh', 'daftar-tps.json.writing'), { recursive: true });
    const cases: readonly (readonly [readonly string[], number, string])[] = [
      [['import', 'tidak-ada.csv'], EXIT.noInput, 'tidak dapat dibaca'],
      [['import', latin], EXIT.noInput, 'simpan dari Excel sebagai "CSV UTF-8"'],
      [['import', SAMPLE, '--kelurahan-file', list], EXIT.noInput, 'baris 1: kode salah: "kode,nama"'],
      [['import', SAMPLE, '--kecamatan-file', 'tidak-ada.csv'], EXIT.noInput, 'tidak dapat dibaca'],
      [['import', SAMPLE, '--folder', list], EXIT.noInput, 'tidak terbaca, periksa izinnya'],
      [['import', SAMPLE, '--folder', 'penuh'], EXIT.notWritten, 'tidak dapat ditulis'],
      [['status', '--folder', 'tidak-ada'], EXIT.noInput, 'belum ada daftar TPS di tidak-ada'],
    ];
    for (const [args, code, says] of cases) {
      const run = await provision(...args);
      expect([run.code, run.err]).toEqual([code, expect.stringContaining(says)]);
    }
  });

  test('leaves a damaged register alone', async () => {
    await provision('import', SAMPLE);
    const kept = join(folder, 'provisioning-data', 'daftar-tps.json');
    writeFileSync(kept, readFileSync(kept, 'utf8').slice(0, 200));
    for (const command of [['import', SAMPLE], ['status']]) {
      const { code, err } = await provision(...command);
      expect([code, err]).toEqual([EXIT.damaged, expect.stringContaining('rusak; ambil cadangannya')]);
    }
    expect(readFileSync(kept, 'utf8')).toHaveLength(200);
  });
});

describe('tps-provision example', () => {
  const lists = () => [
    ...['--kelurahan-file', written('wilayah.csv', '98.01,Kota Contoh\n98.01.01,Melati\n98.01.01.1001,Melati Timur\n')],
    ...['--kecamatan-file', written('jumlah.csv', 'kecamatan_code,kecamatan,tps\n98.01.01,Melati,12\n')],
  ];

  test('writes a register that import takes', async () => {
    const made = await provision('example', ...lists(), '--out', 'contoh.csv', '--delimiter', ';');
    expect(made.out).toBe('contoh.csv: 12 TPS di 1 kecamatan dan 1 kelurahan, 6552 pemilih.\n');
    expect(await provision('import', 'contoh.csv')).toMatchObject({ code: EXIT.ok, err: '' });
  });

  test('overwrites no file, and writes none in a dry run', async () => {
    const real = written('daftar.csv', 'asli');
    expect(await provision('example', ...lists(), '--out', real)).toMatchObject({ code: EXIT.notWritten });
    expect(readFileSync(real, 'utf8')).toBe('asli');
    const { code, out } = await provision('example', ...lists(), '--out', 'x.csv', '--dry-run', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([EXIT.ok, { outcome: 'dry-run', kecamatan: 1, tps: 12 }]);
    expect(existsSync(join(folder, 'x.csv'))).toBe(false);
  });

  test('says why an example cannot be made', async () => {
    const many = await provision('example', ...lists(), '--out', 'x.csv', '--voters', '9000');
    expect(many).toMatchObject({ code: EXIT.refused, err: expect.stringContaining('harus 12 sampai 7200') });
    expect((await provision('example', ...lists(), '--out', 'x.csv', '--voters', 'banyak')).code).toBe(EXIT.usage);
  });

  const kelurahan = sharedData('palembang/kelurahan.csv');
  const kecamatan = sharedData('palembang/tps-per-kecamatan.csv');
  test.skipIf(kelurahan === null || kecamatan === null)(
    'makes the 2,272 TPS of Palembang, which import takes',
    async () => {
      const files = ['--kelurahan-file', kelurahan ?? '', '--kecamatan-file', kecamatan ?? ''];
      await provision('example', ...files, '--out', 'palembang.csv');
      const { code, out, err } = await provision('import', 'palembang.csv', ...files);
      expect({ code, out, err }).toEqual({
        code: EXIT.ok,
        out: 'Masuk: 2272 TPS di 18 kecamatan, 1240512 pemilih.\n',
        err: '',
      });
    },
  );
});
