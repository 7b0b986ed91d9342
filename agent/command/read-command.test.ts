import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { Report } from './report.ts';

// Each of these tests starts two or three processes, which takes its time on a machine that has other work.
vi.setConfig({ testTimeout: 240_000 });

const COMMAND = fileURLToPath(new URL('../tps-kit', import.meta.url));
const FORM = 'c-hasil-kwk-gubernur';
const written = new Map<string, number | null>();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tps-kit-read-'));
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  const pdf = await formPdf(form);
  const figures = drawFigures(form, randomOf('read').fork('figures'));
  for (const page of [2, 3]) {
    const { jpeg, truth } = photograph({
      form,
      page,
      pdf,
      figures,
      seed: 'read',
      split: 'test',
      care: 'careful',
      severity: 'good',
      longSide: 2800,
      fixed: {},
    });
    for (const { id, value } of truth.figures) written.set(id, value);
    await writeFile(join(folder, `page-${page}.jpg`), jpeg);
  }
  await writeFile(join(folder, 'wall.jpg'), wall('image/jpeg'));
  await writeFile(join(folder, 'wall.png'), wall('image/png'));
  await writeFile(join(folder, 'empty.jpg'), '');
  await writeFile(join(folder, 'torn.jpg'), (await readFile(join(folder, 'page-2.jpg'))).subarray(0, 50_000));
});
afterAll(() => rm(folder, { recursive: true }));

describe('tps-kit read', () => {
  test('prints a table of what is on the pages, and nothing else', async () => {
    const { code, stdout, stderr } = await read('page-2.jpg', 'page-3.jpg');
    expect([0, 1]).toContain(code);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^C\.Hasil Gubernur\n {2}halaman 2: page-2\.jpg\n {2}halaman 3: /);
    expect(stdout).toMatch(/ {2}Suara pasangan calon nomor 1 .* % .*(diterima|ditanyakan): /);
    expect(stdout).toMatch(/\nFoto: 2 dibaca, 0 ditolak\. Angka: \d dit.* Model [0-9a-f]{8}, .* s\.\n$/);
  });

  test('prints JSON that its schema describes, in which every accepted figure is the one written', async () => {
    const { code, stdout, stderr } = await read('--json', 'page-2.jpg', 'page-3.jpg');
    const report = Report.parse(JSON.parse(stdout));
    expect(stderr).toBe('');
    expect(report.exit).toBe(code);
    const [document] = report.documents;
    expect(document?.figures.map(({ id }) => id)).toEqual([...written.keys()]);
    const accepted = document?.figures.filter(({ status }) => status === 'accepted') ?? [];
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.map(({ id, value }) => [id, value])).toEqual(accepted.map(({ id }) => [id, written.get(id)]));
    expect(code).toBe(document?.questions.length === 0 ? 0 : 1);
  });

  test('does not mix two photos of the same page, and says so: exit 1', async () => {
    await copyFile(join(folder, 'page-3.jpg'), join(folder, 'again.jpg'));
    const { code, stdout, stderr } = await read('--json', 'page-3.jpg', 'again.jpg');
    expect(code).toBe(1);
    expect(stderr).toContain(`${FORM} halaman 3 ada di 2 foto (page-3.jpg, again.jpg): tidak digabung`);
    const { documents, repeatedPages } = Report.parse(JSON.parse(stdout));
    expect(repeatedPages).toEqual([{ form: FORM, page: 3, photos: ['page-3.jpg', 'again.jpg'] }]);
    expect(documents.map(({ pages }) => pages.length)).toEqual([1, 1]);
  });

  test('tells of every photo that is refused what to do, and reads the others: exit 2', async () => {
    const names = ['wall.jpg', 'wall.png', 'empty.jpg', 'torn.jpg'];
    const { code, stdout, stderr } = await read('--json', 'page-2.jpg', ...names);
    expect(code).toBe(2);
    const { photos, documents } = Report.parse(JSON.parse(stdout));
    expect(documents).toHaveLength(1);
    expect(photos.map((photo) => (photo.kind === 'refused' ? photo.code : photo.kind))).toEqual([
      'read',
      'page-not-found',
      ...Array.from({ length: 3 }, () => 'not-a-picture'),
    ]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/wall\.jpg: ditolak \(page-not-found\): Formulir tidak ditemukan\. .*--form/),
      expect.stringMatching(/wall\.png: .* PNG, bukan JPEG\. .*JPEG\./),
      expect.stringMatching(/empty\.jpg: .* kosong\. /),
      expect.stringMatching(/torn\.jpg: .* rusak atau terpotong\. /),
    ]);
  });

  test('draws what it saw, of a page that was read and of one that was not', async () => {
    const { stderr } = await read('--debug-dir', 'seen', 'page-3.jpg', 'wall.jpg');
    expect(stderr).toMatch(/seen\/page-3\.debug\.png\n.*seen\/wall\.debug\.png\n$/);
    for (const name of ['page-3', 'wall']) {
      const { width, height } = await loadImage(join(folder, 'seen', `${name}.debug.png`));
      expect(width).toBeGreaterThan(1000);
      expect(height).toBeGreaterThan(900);
    }
  });

  test('gives the report all the same where a picture cannot be written: exit 73', async () => {
    const { code, stdout, stderr } = await read('--json', '--debug-dir', 'empty.jpg', 'page-3.jpg');
    expect(code).toBe(73);
    expect(Report.parse(JSON.parse(stdout)).photos).toHaveLength(1);
    expect(stderr).toMatch(/page-3\.debug\.png: tidak dapat ditulis .*EEXIST/);
  });
});

describe('nothing is read', () => {
  test.each([
    ['no photo', [], 64, 'missing required argument'],
    ['a form that is known by its tag', ['--form', FORM, '--page', '2', 'page-2.jpg'], 64, 'leave --form out'],
    ['a file that is missing', ['page-2.jpg', 'page-9.jpg'], 66, 'page-9.jpg: berkas tidak ada'],
    ['a folder', ['.'], 66, 'ini folder'],
    ['a model that is missing', ['--model', 'none.onnx', 'page-2.jpg'], 72, 'none.onnx: model tidak dapat dibaca'],
  ])('with %s', async (_what, options, exit, says) => {
    expect(await read(...options)).toEqual({ code: exit, stdout: '', stderr: expect.stringContaining(says) });
  });

  test('and of a model that is none nobody sees a trace, only that the reader died: exit 70', async () => {
    const { code, stderr } = await read('--model', 'wall.png', 'wall.jpg');
    expect(code).toBe(70);
    expect(stderr).toContain('the model wall.png cannot be used');
    expect(stderr).toContain('wall.jpg: ditolak (reader-died)');
    expect(stderr).not.toContain('    at ');
  });
});

test('the help tells every exit code', async () => {
  const { code, stdout } = await read('--help');
  expect(code).toBe(0);
  for (const exit of ['0', '1', '2', '64', '66', '70', '72', '73'])
    expect(stdout).toMatch(new RegExp(`^ {2}${exit} +`, 'm'));
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as its user runs it, in the folder of the photos. */
function read(...parameters: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(COMMAND, ['read', ...parameters], { cwd: folder, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

function wall(type: 'image/jpeg' | 'image/png'): Uint8Array {
  const canvas = createCanvas(800, 1000);
  const context = canvas.getContext('2d');
  context.fillStyle = '#cccccc';
  context.fillRect(0, 0, 800, 1000);
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
}
