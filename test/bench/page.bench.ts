import { setImmediate } from 'node:timers/promises';
import { findTags } from '#agent/page/april-tag.ts';
import { cornersOf } from '#agent/page/corners.ts';
import { type LocatedPage, locatePage } from '#agent/page/locate.ts';
import { findMarks } from '#agent/page/marks.ts';
import { cv } from '#agent/page/opencv.ts';
import { decodePicture, isPicture, type Picture } from '#agent/page/picture.ts';
import { rectify } from '#agent/page/rectify.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { pageReader } from '#agent/read/reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES, type Severity } from '#synthesis/camera/conditions.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { type Photograph, photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { printTable, quantile } from './table.ts';
import { isTrueReason } from './true-reason.ts';

/**
 * What finding the page costs and how often it succeeds:
 * node test/bench/page.bench.ts [photos of each severity, default 12] [seed]
 */
const PHOTOS = Number(process.argv[2] ?? 12);
const SEED = process.argv[3] ?? 'page bench';
const RUNS = 25;
/** Runs before those that count: the engine compiles in them. */
const WARM_UP = 5;

const forms = shippedForms();
const form = forms.byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is missing');
const pdf = await formPdf(form);

// Page 1 has most boxes; page 2 tallies and words.
for (const number of [1, 2]) await printCosts(number);
await printOutcomes();

/** One photo of a page, every stage measured in the same run as decoding alone. */
async function printCosts(number: number): Promise<void> {
  const { jpeg } = take('fair', number - 1, `${SEED} cost`);
  const bytes = Buffer.from(jpeg);
  const picture = decoded(jpeg);
  const [tag] = findTags(picture).tags;
  const marks = form?.marks;
  const page = form?.pages[number - 1];
  if (!tag || !page || marks?.by !== 'saddles') throw new Error('the photo to measure on shows no tag');
  const [marked] = findMarks(picture, tag, marks);
  if (!marked) throw new Error('the photo to measure on shows no marks');
  const alone = timed(() => cv.imdecode(bytes, cv.IMREAD_COLOR).release());
  const base = quantile(alone, 0.5);
  const stages: readonly (readonly [string, readonly number[]])[] = [
    ['decode alone, colour', alone],
    ['decode alone, gray', timed(() => cv.imdecode(bytes, cv.IMREAD_GRAYSCALE).release())],
    ['decodePicture', timed(() => decodePicture(jpeg))],
    ['findTags', timed(() => findTags(picture))],
    ['findMarks', timed(() => findMarks(picture, tag, marks).next())],
    ['rectify', timed(() => rectify(picture.full, marked, page))],
    ['locatePage (all but decoding)', timed(() => locatePage(picture, forms, null))],
    ['decodePicture + locatePage', timed(() => locatePage(decoded(jpeg), forms, null))],
    ...(await readingTimes(jpeg)),
  ];
  printTable(
    `one ${picture.full.width} × ${picture.full.height} photo, ${(jpeg.length / 1e6).toFixed(1)} MB, page ${number}`,
    ['stage', 'median', 'p95', 'times decoding alone'],
    stages.map(([stage, ms]) => [
      stage,
      `${quantile(ms, 0.5).toFixed(1)} ms`,
      `${quantile(ms, 0.95).toFixed(1)} ms`,
      (quantile(ms, 0.5) / base).toFixed(2),
    ]),
  );
}

/** The whole way, in the reader's own stages: from the file in memory to figures and pictures. */
async function readingTimes(jpeg: Uint8Array): Promise<readonly (readonly [string, readonly number[]])[]> {
  const reader = pageReader(forms, await loadDigitModel(MODEL_FILE), await loadWordsModel(WORDS_MODEL_FILE));
  const stages = {
    boxes: [] as number[],
    digits: [] as number[],
    words: [] as number[],
    pictures: [] as number[],
    whole: [] as number[],
  };
  for (let run = 0; run < RUNS + WARM_UP; run++) {
    const before = performance.now();
    const reading = await reader.read(jpeg, null);
    if (reading.kind !== 'read') throw new Error(`the photo to measure on is refused: ${reading.code}`);
    stages.whole.push(performance.now() - before);
    stages.boxes.push(reading.ms.boxes);
    stages.digits.push(reading.ms.digits);
    stages.words.push(reading.ms.words);
    stages.pictures.push(reading.ms.pictures);
  }
  return [
    ['boxes, bubbles and tally seen', stages.boxes.slice(WARM_UP)],
    ['digits and totals read', stages.digits.slice(WARM_UP)],
    ['words and tally counted', stages.words.slice(WARM_UP)],
    ['cut-outs and flattened page', stages.pictures.slice(WARM_UP)],
    ['photo to figures, all of it', stages.whole.slice(WARM_UP)],
  ];
}

/** What remains of one photo; the picture itself is given up at once. */
type Outcome =
  | { readonly kind: 'found'; readonly wrong: number; readonly worstMm: number }
  | { readonly kind: 'refused'; readonly code: PageRefusal['code']; readonly untrue: number };

async function printOutcomes(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const severity of SEVERITIES) {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < PHOTOS; i++) {
      outcomes.push(outcomeOf(severity, i));
      // The canvases of a photo are freed only when the event loop turns.
      await setImmediate();
    }
    const found = outcomes.filter((outcome) => outcome.kind === 'found');
    const refused = outcomes.filter((outcome) => outcome.kind === 'refused');
    const errors = found.map(({ worstMm }) => worstMm);
    rows.push([
      severity,
      outcomes.length,
      found.length,
      found.reduce((sum, { wrong }) => sum + wrong, 0),
      refused.length,
      refused.reduce((sum, { untrue }) => sum + untrue, 0),
      quantile(errors, 0.5).toFixed(2),
      Math.max(0, ...errors).toFixed(2),
      [...new Set(refused.map(({ code }) => code))].join(' '),
    ]);
  }
  printTable(
    'pages of the Governor form; worst box corner of a page against the camera’s own mapping, mm',
    ['severity', 'photos', 'found', 'wrong', 'refused', 'untrue reason', 'median mm', 'worst mm', 'reasons'],
    rows,
  );
}

function outcomeOf(severity: Severity, index: number): Outcome {
  const photo = take(severity, index, `${SEED} ${index}`);
  const picture = decodePicture(photo.jpeg);
  const answer = isPicture(picture) ? locatePage(picture, forms, null) : picture;
  if (answer.kind === 'refused') {
    return { kind: 'refused', code: answer.code, untrue: isTrueReason(answer, photo.truth.camera) ? 0 : 1 };
  }
  const wrong = answer.form !== form || answer.page.number !== pageOf(index) ? 1 : 0;
  return { kind: 'found', wrong, worstMm: worstCornerMm(answer, photo) };
}

function worstCornerMm({ page, toPhoto, pxPerMm }: LocatedPage, { projection }: Photograph): number {
  const corners = page.figures.flatMap((figure) => figure.boxes.flatMap(cornersOf));
  return Math.max(
    ...corners.map((corner) => {
      const [x, y] = toPhoto(corner);
      const [u, v] = projection.toPhoto(corner);
      return Math.hypot(x - u, y - v) / pxPerMm;
    }),
  );
}

function pageOf(index: number): number {
  return (index % (form?.pages.length ?? 1)) + 1;
}

function take(severity: Severity, index: number, seed: string): Photograph {
  if (!form) throw new Error('the Governor form is missing');
  const figures = drawFigures(form, randomOf(seed));
  const page = pageOf(index);
  return photograph({
    form,
    page,
    pdf,
    figures,
    seed,
    split: 'test',
    care: 'ordinary',
    severity,
    longSide: 4000,
    fixed: {},
  });
}

function decoded(jpeg: Uint8Array): Picture {
  const picture = decodePicture(jpeg);
  if (!isPicture(picture)) throw new Error(`the photo to measure on is refused: ${picture.code}`);
  return picture;
}

/** Milliseconds of each run. */
function timed(work: () => void): readonly number[] {
  const times: number[] = [];
  for (let run = 0; run < RUNS + WARM_UP; run++) {
    const before = performance.now();
    work();
    times.push(performance.now() - before);
  }
  return times.slice(WARM_UP);
}
