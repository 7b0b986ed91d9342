import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PinFile } from '#provisioning/issue/pin-file.ts';
import { csvOf, lineWith } from '#provisioning/register/testing/sample-register.ts';
import { EXIT } from './exit-code.ts';
import { type Technician, technician } from './testing/technician.ts';

const ISSUING = ['--passphrase-file', 'penerbit.txt'] as const;
/** As many as one letter may have to hold: a chair, twelve members, twelve witnesses, three supervisors. */
const CROWD = {
  anggota: Array.from({ length: 12 }, (_, n) => `kpps-${n + 2}`).join(' '),
  saksi: Array.from({ length: 12 }, (_, n) => `saksi-${n + 1}`).join(' '),
  pengawas: 'pengawas-1 pengawas-2 pengawas-3',
};
const LINES = [
  ...Array.from({ length: 25 }, (_, n) => lineWith({ tps: String(n + 1) })),
  lineWith({ ...CROWD, kode_kelurahan: '98.01.01.1002', kelurahan: 'Melati Barat Daya Ujung' }),
];

let one: Technician;
beforeAll(async () => {
  one = technician();
  one.written('akar.txt', 'lima kata sandi akar di brankas');
  one.written('penerbit.txt', 'lima kata sandi penerbit gudang');
  one.written('daftar.csv', csvOf(...LINES));
  await one.provision('import', 'daftar.csv');
  await one.provision('init', '--broker', 'mqtts://b.example:8883', '--root-passphrase-file', 'akar.txt', ...ISSUING);
  await one.provision('issue', '--all', ...ISSUING);
});
afterAll(() => one.leave());

/** The words of each page, as they stand on paper. */
function pagesOf(name: string): readonly string[] {
  const text = execFileSync('pdftotext', ['-layout', join(one.folder, name), '-'], { encoding: 'utf8' });
  return text.split('\f').filter((page) => page.trim() !== '');
}

const count = (text: string, word: RegExp) => text.match(word)?.length ?? 0;

describe('tps-provision labels', () => {
  test('prints 24 on a sheet, each with the kit and its TPS in words', async () => {
    const { code, out } = await one.provision('labels', '--all', '--out', 'label.pdf');
    expect([code, out]).toEqual([EXIT.ok, 'label.pdf: 26 label, 2 lembar.\n']);
    const [first = '', second = ''] = pagesOf('label.pdf');
    expect([count(first, /kit-98010110\d{5}-1/g), count(second, /kit-98010110\d{5}-1/g)]).toEqual([24, 2]);
    for (const words of ['TPS 025', 'Kel. Melati Barat Daya Ujung', 'Kec. Melati', 'kit-9801011002001-1']) {
      expect(second).toContain(words);
    }
  });

  test('overwrites nothing unless it is told, and writes nothing in a dry run', async () => {
    const before = readFileSync(join(one.folder, 'label.pdf'));
    const again = await one.provision('labels', '--tps', '9801011001001', '--out', 'label.pdf');
    expect([again.code, again.err]).toEqual([EXIT.notWritten, expect.stringContaining('sudah ada')]);
    expect(readFileSync(join(one.folder, 'label.pdf')).equals(before)).toBe(true);
    const dry = await one.provision('labels', '--all', '--out', 'tidak.pdf', '--dry-run', '--json');
    expect(JSON.parse(dry.out)).toMatchObject({ outcome: 'dry-run', kits: 26 });
    expect(existsSync(join(one.folder, 'tidak.pdf'))).toBe(false);
    expect((await one.provision('labels', '--tps', '9801011001001', '--out', 'label.pdf', '--replace')).code).toBe(0);
    expect(pagesOf('label.pdf')).toHaveLength(1);
  });

  test('says which TPS it was asked for where none of them has a kit', async () => {
    const { code, err } = await one.provision('labels', '--tps', '9801011009999', '--out', 'x.pdf');
    expect([code, err]).toEqual([EXIT.refused, expect.stringContaining('belum ada alat yang terbit')]);
    expect((await one.provision('labels', '--out', 'x.pdf')).code).toBe(EXIT.usage);
  });
});

describe('tps-provision letters', () => {
  test.each(['9801011001001', '9801011002001'])('puts every PIN of TPS %s on one sheet', async (tps) => {
    const { code, out } = await one.provision('letters', '--tps', tps, '--out', `surat-${tps}.pdf`);
    expect([code, out]).toEqual([EXIT.ok, `surat-${tps}.pdf: 1 surat.\n`]);
    const kept = join(one.folder, 'provisioning-data/authority/kits', `kit-${tps}-1`, 'pins.json');
    const { pins } = PinFile.parse(JSON.parse(readFileSync(kept, 'utf8')));
    const pages = pagesOf(`surat-${tps}.pdf`);
    expect(pages).toHaveLength(1);
    for (const { pin } of pins) expect(pages[0]).toContain(`${pin.slice(0, 3)} ${pin.slice(3)}`);
    expect(pages[0]?.indexOf('PIN Ketua KPPS')).toBeLessThan(pages[0]?.indexOf('Anggota KPPS 2') ?? 0);
  });

  test('are printed no more once the PINs were forgotten, which only this command does', async () => {
    const forget = ['letters', '--tps', '9801011001003', '--forget'] as const;
    expect((await one.provision(...forget, '--dry-run')).out).toContain('1 PIN alat akan dihapus');
    expect((await one.provision(...forget)).out).toContain('1 PIN alat dihapus');
    expect((await one.provision(...forget)).out).toContain('0 PIN alat dihapus');
    const { code, err } = await one.provision('letters', '--tps', '9801011001003', '--out', 'telat.pdf');
    expect([code, err]).toEqual([EXIT.refused, expect.stringContaining('sudah dihapus')]);
    expect((await one.provision('issue', '--all', ...ISSUING, '--json')).out).toContain('"issued": 0');
  });

  test('are for nobody else on the machine to read', async () => {
    await one.provision('letters', '--tps', '9801011001002', '--out', 'rahasia.pdf');
    const { mode } = statSync(join(one.folder, 'rahasia.pdf'));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe('tps-provision report', () => {
  test('lists the kits of each kelurahan for who takes them over, and all of them for a spreadsheet', async () => {
    const { code, out } = await one.provision('report', '--all', '--out', 'serah.pdf', '--csv', 'alat.csv');
    expect([code, out]).toEqual([EXIT.ok, 'serah.pdf: 26 alat.\n']);
    const pages = pagesOf('serah.pdf');
    expect(pages.map((page) => count(page, /kit-98010110\d{5}-1/g))).toEqual([25, 1]);
    expect(pages[1]).toContain('Kel. Melati Barat Daya Ujung, Kec. Melati, Kota Contoh');
    expect(pages[0]).toContain('belum diuji');
    const lines = readFileSync(join(one.folder, 'alat.csv'), 'utf8').trimEnd().split('\r\n');
    expect(lines[0]).toBe('alat,tps,kecamatan,kelurahan,nomor,keadaan,diuji,program,gangguan');
    expect(lines[1]).toBe('kit-9801011001001-1,9801011001001,Melati,Melati Timur,TPS 001,issued,,,');
    expect(lines).toHaveLength(27);
  });
});
