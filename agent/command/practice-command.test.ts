import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAREFUL_WRITER, CLOSED_FOUR } from '#agent/practice/testing/careful-writer.ts';
import { CHARACTERS, PRACTICE_SHEET } from '#contract/practice/practice-sheet.ts';
import { practicePdf } from '#provisioning/paper/practice-pdf.ts';
import { photographPractice } from '#synthesis/practice-photo.ts';
import { EXIT } from './exit-code.ts';

const COMMAND = fileURLToPath(new URL('../tps-kit.ts', import.meta.url));
let folder = '';
const at = (...names: readonly string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-practice-'));
  const photo = photographPractice({
    sheet: PRACTICE_SHEET,
    pdf: await practicePdf(PRACTICE_SHEET),
    writer: { ...CAREFUL_WRITER, habits: CAREFUL_WRITER.habits.with(4, CLOSED_FOUR) },
    name: 'ANI',
    reach: 'inside',
    written: CHARACTERS,
    seed: 'practice command',
    longSide: 2400,
    fixed: {},
  });
  for (const name of ['ani', 'budi']) mkdirSync(at(name));
  writeFileSync(at('ani', 'lembar.jpg'), photo);
  writeFileSync(at('budi', 'lembar.jpg'), photo);
  writeFileSync(at('teks.jpg'), 'no picture');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('tps-kit practice', () => {
  test('prints a line for each character, and says that someone should look', async () => {
    const { code, stdout, stderr } = await practice(at('ani', 'lembar.jpg'));
    expect(code).toBe(EXIT.look);
    expect(stdout).toMatch(
      /^ {2}4 {2}(perhatikan|berisiko) .*Bagian atas tertutup, mirip 9\. \(kotak 1, 2, 3, 4, 5, 6\)/m,
    );
    expect(stdout.match(/^ {2}[0-9X] {2}/gm)).toHaveLength(11);
    expect(stderr).toBe('');
  });

  test('writes a page for each writer, and nothing else: a kit beside it keeps its store as it was', async () => {
    mkdirSync(at('kit', 'resmi'), { recursive: true });
    writeFileSync(at('kit', 'resmi', 'evening.json'), '{}');
    const before = filesIn(folder);
    const { stderr } = await practice('--report', at('hasil'), at('ani', 'lembar.jpg'), at('budi', 'lembar.jpg'));
    expect(filesIn(folder).filter((file) => !before.includes(file))).toEqual([
      'hasil/lembar-2.html',
      'hasil/lembar.html',
    ]);
    expect(readFileSync(at('kit', 'resmi', 'evening.json'), 'utf8')).toBe('{}');
    expect(stderr).toContain(at('hasil', 'lembar-2.html'));
    expect(readFileSync(at('hasil', 'lembar.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('gives another program one JSON object', async () => {
    const { stdout } = await practice('--json', at('ani', 'lembar.jpg'));
    const { schema, photos } = JSON.parse(stdout);
    expect(schema).toBe(1);
    expect(photos).toHaveLength(1);
    expect(photos[0]).toMatchObject({ kind: 'practised', report: null });
    expect(photos[0].rows[4].reasons).toContainEqual(
      expect.objectContaining({ kind: 'closed-top', boxes: [1, 2, 3, 4, 5, 6] }),
    );
  });

  test.each([
    ['a photo that is none', () => [at('teks.jpg')], EXIT.refused, 'ditolak (not-a-picture)'],
    ['a file that is missing', () => [at('tidak-ada.jpg')], EXIT.noInput, 'berkas tidak ada'],
    [
      'a model that is missing',
      () => ['--model', at('x.onnx'), at('teks.jpg')],
      EXIT.installation,
      'model tidak dapat',
    ],
    [
      'a page that cannot be written',
      () => ['--report', at('teks.jpg'), at('ani', 'lembar.jpg')],
      EXIT.notWritten,
      'tidak dapat ditulis',
    ],
    ['no photo', () => [], EXIT.usage, 'photo'],
  ])('says what to do about %s', async (_, args, code, says) => {
    const run = await practice(...args());
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
  });
});

function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function practice(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'practice', ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
