import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { readPracticeSheet } from '#agent/practice/read-sheet.ts';
import { practiceReport } from '#agent/practice/report.ts';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { CHARACTERS, PRACTICE_SHEET } from '#contract/practice/practice-sheet.ts';
import { practicePdf } from '#provisioning/paper/practice-pdf.ts';
import { drawWriter } from '#synthesis/hand/writer.ts';
import { photographPractice } from '#synthesis/practice-photo.ts';
import { rasterPage } from '#synthesis/print.ts';
import { randomOf } from '#synthesis/random.ts';
import { openBrowser } from './browser.ts';

/** Takes the pictures of docs/practice.md again: `node test/practice-pictures.ts`. */
const PICTURES = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const SHEET_PX_PER_MM = 2.5;
const REPORT = { width: 794, height: 760 };

const pdf = await practicePdf(PRACTICE_SHEET);
writeFileSync(join(PICTURES, 'practice-sheet.png'), sheetPicture());
writeFileSync(join(PICTURES, 'practice-report.png'), await reportPicture());

function sheetPicture(): Uint8Array {
  const { width, height, gray } = rasterPage(pdf, 1, PRACTICE_SHEET.form.sheet, SHEET_PX_PER_MM);
  const canvas = createCanvas(width, height);
  const image = canvas.getContext('2d').createImageData(width, height);
  gray.forEach((level, pixel) => {
    image.data.set([level, level, level, 255], 4 * pixel);
  });
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas.toBuffer('image/png');
}

async function reportPicture(): Promise<Uint8Array> {
  const model = await loadDigitModel(MODEL_FILE);
  const photo = photographPractice({
    sheet: PRACTICE_SHEET,
    pdf,
    writer: { ...drawWriter('test', 16, randomOf('r2')), source: 'real' },
    name: 'SITI',
    reach: 'inside',
    written: CHARACTERS,
    seed: 'real2',
    longSide: 2800,
    fixed: {},
  });
  const reading = await readPracticeSheet(photo, model);
  await model.close();
  if (reading.kind === 'refused') throw new Error(reading.code);
  const file = join(tmpdir(), 'tps-kit-practice-report.html');
  writeFileSync(file, practiceReport(reading, 'lembar.jpg'));
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: REPORT });
  await page.goto(pathToFileURL(file).href);
  const picture = await page.screenshot();
  await browser.close();
  return picture;
}
