import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('print-form.ts', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tps-kit-print-form-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('print-form', () => {
  test('writes the PDF and says what it wrote', async () => {
    const out = join(folder, 'gubernur.pdf');
    const run = await printForm('c-hasil-kwk-gubernur', out);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('3 lembar 600 × 900 mm') });
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('lists the forms', async () => {
    const { code, stdout } = await printForm('--list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/c-hasil-kwk-gubernur .*\n.*c-hasil-kwk-walikota /);
    expect(stdout).toMatch(/^latihan-angka .*1 lembar 210 × 297 mm$/m);
  });

  test('prints the practice sheet, which the kit knows as no form', async () => {
    const run = await printForm('latihan-angka', join(folder, 'latihan.pdf'));
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('1 lembar 210 × 297 mm') });
  });

  test('prints a definition that does not ship yet', async () => {
    const file = join(folder, 'mine.json');
    const shipped = await readFile(new URL('../../contract/forms/c1-ppwp-2019.json', import.meta.url), 'utf8');
    await writeFile(file, shipped.replace('"c1-ppwp-2019"', '"mine"'));
    expect(await printForm(file, join(folder, 'mine.pdf'))).toMatchObject({ code: 0 });
  });

  test('says which forms there are when it does not know the one asked for', async () => {
    const { code, stderr } = await printForm('c-hasil-kwk-bupati', join(folder, 'x.pdf'));
    expect(code).toBe(1);
    expect(stderr).toContain('Pilih salah satu: c-hasil-kwk-gubernur,');
    expect(stderr).toContain('Choose one of: c-hasil-kwk-gubernur,');
  });

  test('refuses a bad definition with the path and the reason of every fault', async () => {
    const file = join(folder, 'bad.json');
    await writeFile(file, '{ "schema": 1, "id": "C.Hasil" }');
    const { code, stderr } = await printForm(file, join(folder, 'x.pdf'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ {2}id: lower-case words/m);
    expect(stderr).toMatch(/^ {2}pages: /m);
  });

  test.each([
    ['a file that is missing', 'missing.json', null, 'missing or cannot be read'],
    ['a file that is no JSON', 'torn.json', '{ "schema": 1,', 'is not whole JSON'],
  ])('tells what to do about %s', async (_what, name, content, says) => {
    const file = join(folder, name);
    if (content !== null) await writeFile(file, content);
    expect(await printForm(file, join(folder, 'x.pdf'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(says),
    });
  });

  test('tells what to do when the PDF cannot be written', async () => {
    const { code, stderr } = await printForm('c1-ppwp-2019', join(folder, 'no', 'such', 'x.pdf'));
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be written (ENOENT)');
  });

  test('points to its help when it is told too little', async () => {
    expect(await printForm('c1-ppwp-2019')).toMatchObject({ code: 1, stderr: expect.stringContaining('--help') });
  });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function printForm(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
