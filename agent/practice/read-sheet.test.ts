import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locatePage } from '#agent/page/locate.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import { type DigitModel, loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { shippedForms } from '#contract/forms.ts';
import { CHARACTERS, PRACTICE_SHEET } from '#contract/practice/practice-sheet.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { practicePdf } from '#provisioning/paper/practice-pdf.ts';
import type { Writer } from '#synthesis/hand/writer.ts';
import { photograph } from '#synthesis/photograph.ts';
import { type PracticePhotoRequest, photographPractice } from '#synthesis/practice-photo.ts';
import type { Verdict } from './judge.ts';
import { penHabitsOf } from './pen-habits.ts';
import { type PracticeReading, readPracticeSheet } from './read-sheet.ts';
import type { RiskKind } from './risk.ts';
import { CAREFUL_WRITER, CLOSED_FOUR, CROSSED_SEVEN, FOOTED_ONE } from './testing/careful-writer.ts';

const pdf = await practicePdf(PRACTICE_SHEET);
let model: DigitModel;
beforeAll(async () => {
  model = await loadDigitModel(MODEL_FILE);
});
afterAll(() => model.close());

describe('a photographed practice sheet tells its writer', () => {
  test('who writes with care, that all is well', async () => {
    const { rows, name } = await practised({});
    expect(rows.map(({ character }) => character)).toEqual(CHARACTERS);
    expect(rows.filter(({ verdict }) => verdict === 'aman').length).toBeGreaterThanOrEqual(10);
    expect(rows.map(({ verdict }) => verdict)).not.toContain('berisiko' satisfies Verdict);
    expect(rows.every(({ written, pictures }) => written === 6 && pictures.every(isJpeg))).toBe(true);
    expect(isJpeg(name)).toBe(true);
  });

  test('whose pen is too faint, that it is, in every row', async () => {
    const reading = await practised({
      writer: { pen: { ...CAREFUL_WRITER.pen, colour: [180, 180, 186], width: 0.5 } },
    });
    expect(reading.rows.map((row) => kindsOf(row).includes('faint'))).toEqual(Array(11).fill(true));
    expect(penHabitsOf(reading.rows).map(({ kind }) => kind)).toEqual(['faint']);
  });

  test('who writes over the frame, that the digits touch it', async () => {
    const { rows } = await practised({ writer: { size: 0.95 }, reach: 'across' });
    expect(penHabitsOf(rows).map(({ kind }) => kind)).toContain('on-frame');
    expect(rows.map(({ verdict }) => verdict)).not.toContain('aman' satisfies Verdict);
  });

  test('who writes too small, that it is', async () => {
    const { rows } = await practised({ writer: { size: 0.3 } });
    expect(penHabitsOf(rows).map(({ kind }) => kind)).toEqual(['small']);
  });

  test('who closes the 4, crosses the 7 and puts a foot under the 1, exactly that', async () => {
    const habits = CAREFUL_WRITER.habits.with(4, CLOSED_FOUR).with(7, CROSSED_SEVEN).with(1, FOOTED_ONE);
    const { rows } = await practised({ writer: { habits } });
    expect(kindsOf(rows[4])).toEqual(['closed-top']);
    expect(kindsOf(rows[7])).toEqual(['barred']);
    expect(kindsOf(rows[1])).toEqual(['foot']);
    const others = rows.filter((_, row) => ![1, 4, 7].includes(row));
    expect(others.flatMap(({ verdict }) => (verdict === 'berisiko' ? [verdict] : []))).toEqual([]);
  });

  test('who left rows empty, nothing about them', async () => {
    const { rows } = await practised({ written: ['3', '8', 'X'] });
    const told = rows.filter(({ verdict }) => verdict !== 'kosong').map(({ character }) => character);
    expect(told).toEqual(['3', '8', 'X']);
  });
});

describe('practice and official forms never mix', () => {
  const forms = shippedForms();

  test('a practice sheet under an official kit is refused, and called what it is', () => {
    const picture = decodePicture(photographPractice(request({})));
    if (!isPicture(picture)) throw new Error(picture.code);
    expect(locatePage(picture, forms, null)).toEqual({ kind: 'refused', code: 'practice-sheet' });
  });

  test('an official form given to practice is refused by its tag', async () => {
    const form = forms.byId('c-hasil-kwk-gubernur');
    if (!form) throw new Error('the Governor form is missing');
    const { jpeg } = photograph({
      form,
      page: 2,
      pdf: await formPdf(form),
      figures: null,
      seed: 'official',
      split: 'test',
      care: 'careful',
      severity: 'good',
      longSide: 2800,
      fixed: {},
    });
    expect(await readPracticeSheet(jpeg, model)).toEqual({ kind: 'refused', code: 'unknown-tag', tag: 202 });
  });

  test('a file that is no picture is refused as anywhere else', async () => {
    expect(await readPracticeSheet(new Uint8Array(), model)).toEqual({ kind: 'refused', code: 'not-a-picture' });
  });
});

type Change = Partial<Omit<PracticePhotoRequest, 'writer'>> & { readonly writer?: Partial<Writer> };

function request({ writer, ...change }: Change): PracticePhotoRequest {
  return {
    sheet: PRACTICE_SHEET,
    pdf,
    name: 'SITI',
    reach: 'inside',
    written: CHARACTERS,
    seed: 'practice',
    longSide: 2800,
    fixed: {},
    ...change,
    writer: { ...CAREFUL_WRITER, ...writer },
  };
}

async function practised(change: Change): Promise<PracticeReading> {
  const reading = await readPracticeSheet(photographPractice(request(change)), model);
  if (reading.kind === 'refused') throw new Error(reading.code);
  return reading;
}

function kindsOf(row: PracticeReading['rows'][number] | undefined): readonly RiskKind[] {
  return row?.reasons.map(({ found }) => found[0].risk.kind) ?? [];
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}
