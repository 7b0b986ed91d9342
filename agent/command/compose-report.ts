import type { PageRefusal } from '#agent/page/refusal.ts';
import type { PageReading } from '#agent/read/reading.ts';
import type { FigureDecision } from '#agent/tally/accept.ts';
import { decode } from '#agent/tally/decode.ts';
import { BOX_CLASSES, type FigureEvidence } from '#agent/tally/evidence.ts';
import { questionsOf } from '#agent/tally/questions.ts';
import { CERTAIN_MARGIN } from '#agent/tally/thresholds.ts';
import { type Figure, ruleFigures } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { RuleVerdict } from '#contract/form/rules.ts';
import { type Company, documentsOf, type ReadDocument } from './documents.ts';
import { EXIT } from './exit-code.ts';
import type { PhotoFile } from './photo-file.ts';
import { BUBBLE_CLASSES, type DocumentReport, type FigureReport, type PhotoReport, type Report } from './report.ts';
import { refusalWords } from './sentences.ts';

/** A photo and what the reader made of it. */
export interface PhotoAnswer {
  readonly photo: PhotoFile;
  readonly answer: Pick<PageReading, 'kind' | 'form' | 'page' | 'evidence' | 'ms'> | PageRefusal;
}

export interface ReportParts {
  readonly model: string;
  readonly answers: readonly PhotoAnswer[];
  readonly company: Company;
  readonly ms: number;
}

/** Decides the figures of all pages that were read, and says what became of every photo. */
export function composeReport(forms: FormRegistry, { model, answers, company, ms }: ReportParts): Report {
  const read = answers.flatMap(({ photo, answer }) =>
    answer.kind === 'read' ? [{ photo: photo.file, reading: answer }] : [],
  );
  const { documents, repeated } = documentsOf(forms, read, company);
  const parts = {
    photos: answers.map((answer) => photoReport(forms, answer)),
    documents: documents.map(documentReport),
    repeatedPages: repeated,
  };
  return { schema: 1, model, exit: exitOf(parts), ...parts, ms };
}

function exitOf({ photos, documents, repeatedPages }: Pick<Report, 'photos' | 'documents' | 'repeatedPages'>) {
  const codes = photos.flatMap((photo) => (photo.kind === 'refused' ? [photo.code] : []));
  if (codes.includes('reader-died')) return EXIT.software;
  if (codes.length > 0) return EXIT.refused;
  const open = documents.some(({ questions, breaches }) => questions.length > 0 || breaches.length > 0);
  return open || repeatedPages.length > 0 ? EXIT.look : EXIT.ok;
}

function photoReport(forms: FormRegistry, { photo, answer }: PhotoAnswer): PhotoReport {
  if (answer.kind === 'read') {
    const { form, page, ms } = answer;
    return { kind: 'read', photo: photo.file, form, page, ms };
  }
  const { kind, code, ...details } = answer;
  return { kind, photo: photo.file, code, details, ...refusalWords(forms, photo, answer) };
}

function documentReport(document: ReadDocument): DocumentReport {
  const { form, pages } = document;
  const evidence = new Map(pages.flatMap(({ from }) => Object.entries(from.reading.evidence)));
  const decision = decode(form, evidence);
  const figures = pages.flatMap(({ page, from }) =>
    page.figures.map((figure) => {
      const decided = decision.figures.get(figure.id);
      const seen = evidence.get(figure.id);
      if (!decided || !seen) throw new Error(`the reader saw nothing of ${figure.id}`);
      return { ...figureReport(figure, decided, seen), page: page.number, photo: from.photo };
    }),
  );
  return {
    form: form.id,
    label: form.label,
    pages: pages.map(({ page, from }) => ({ page: page.number, photo: from.photo })),
    missingPages: form.pages.map(({ number }) => number).filter((n) => !pages.some(({ page }) => page.number === n)),
    figures,
    questions: questionsOf(decision).map(({ figure }) => figure),
    breaches: rulesThatAre('broken', decision.verdicts).map((rule) => {
      const { id, severity, says, source } = rule;
      return { rule: id, severity, says, source, figures: ruleFigures(rule) };
    }),
    notJudged: rulesThatAre('incomplete', decision.verdicts).map(({ id }) => id),
  };
}

function rulesThatAre(wanted: RuleVerdict['verdict'], verdicts: readonly RuleVerdict[]) {
  return verdicts.filter(({ verdict }) => verdict === wanted).map(({ rule }) => rule);
}

function figureReport(
  { id, label }: Figure,
  { status, reasons, best, second, ownMargin, margin }: FigureDecision,
  { boxes, bubbles, turus, words }: FigureEvidence,
): Omit<FigureReport, 'page' | 'photo'> {
  const accepted = status === 'accepted';
  return {
    id,
    label,
    value: accepted ? best.value : null,
    status,
    sureBy: accepted ? (ownMargin >= CERTAIN_MARGIN ? 'itself' : 'sums') : null,
    reasons,
    best,
    second,
    ownMargin,
    margin,
    boxes: boxes.map((box) => named(BOX_CLASSES, box)),
    ...(bubbles && { bubbles: bubbles.map((column) => named(BUBBLE_CLASSES, column)) }),
    ...(turus && { turus }),
    ...(words && { words }),
  };
}

function named<Class extends string>(classes: readonly Class[], probabilities: readonly number[]) {
  const likeliest = probabilities.indexOf(Math.max(...probabilities));
  const [first] = classes;
  if (first === undefined) throw new Error('a source has no classes');
  return {
    reading: classes[likeliest] ?? first,
    probability: probabilities[likeliest] ?? 0,
    probabilities: Object.fromEntries(classes.map((name, i) => [name, probabilities[i] ?? 0])) as Record<Class, number>,
  };
}
