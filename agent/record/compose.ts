import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import { figuresOn, missingPages } from '#contract/form/document.ts';
import { type Figures, type FigureValue, judge, type RuleVerdict } from '#contract/form/rules.ts';
import type { CorrectionReason, Mode, RecordedFigure, ResultRecord } from '#contract/wire/record.ts';

/** What one confirmed document is made of. Times and ids come in as values; nothing here is looked up. */
export interface Confirmation {
  readonly mode: Mode;
  readonly tps: string;
  readonly kit: string;
  readonly form: FormDefinition;
  /** One picture a page of the form. */
  readonly pages: readonly PagePicture[];
  /** What the machine read before any person looked, and what it asked about. */
  readonly machine: MachineReading;
  /** What persons answered, asked or not; null: the row is not filled in. */
  readonly answers: Readonly<Record<FigureId, FigureValue>>;
  /** Code of the officer who gave each answer, where one is known. */
  readonly answeredBy: Readonly<Record<FigureId, string>>;
  /** Code of the officer who confirmed, where one is known, and of those who countersigned. */
  readonly confirmedBy: string | null;
  readonly countersigned: readonly string[];
  /** Rules of which a person said that the paper itself breaks them. */
  readonly declared: readonly string[];
  /** The record this one corrects; null for the first of the document. */
  readonly corrects: Corrected | null;
  /** The kit's last record; null before the first. */
  readonly head: { readonly sequence: number; readonly digest: string } | null;
  readonly clock: ClockReading;
  /** Version of the agent. */
  readonly agent: string;
  /** sha256 of the model that read the boxes. */
  readonly model: string;
  /** sha256 of the model that read the numbers in words. */
  readonly wordsModel: string;
}

export interface Corrected {
  readonly version: number;
  readonly digest: string;
  readonly reason: CorrectionReason;
}

export interface PagePicture {
  readonly page: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly restricted?: true;
}

export interface MachineReading {
  readonly figures: Readonly<Record<FigureId, { readonly value: FigureValue; readonly probability: number }>>;
  readonly ask: readonly FigureId[];
}

export interface ClockReading {
  readonly bootId: string;
  readonly monotonicMs: number;
  readonly wall: Date;
  readonly synchronised: boolean;
}

export type Composed =
  | { readonly ok: true; readonly record: ResultRecord }
  | { readonly ok: false; readonly code: 'page-missing'; readonly pages: readonly number[] }
  /** Asked and not answered, or not read at all. */
  | { readonly ok: false; readonly code: 'unanswered'; readonly figures: readonly FigureId[] }
  /** Blocking rules are broken and nobody said that the paper is so. */
  | { readonly ok: false; readonly code: 'rules-broken'; readonly rules: readonly string[] };

/** Makes the record of a document, or says what is still open: nothing incomplete is ever signed. */
export function compose(confirmation: Confirmation): Composed {
  const { form, pages, declared } = confirmation;
  const given = pages.map(({ page }) => page);
  const missing = missingPages(form, given);
  if (missing.length > 0) return { ok: false, code: 'page-missing', pages: missing };
  const wanted = figuresOn(form, given);
  const open = wanted.filter(({ id }) => !isSettled(confirmation, id));
  if (open.length > 0) return { ok: false, code: 'unanswered', figures: open.map(({ id }) => id) };
  const figures = wanted.map(({ id }) => recordedFigure(confirmation, id));
  const verdicts = judge(form, valuesOf(figures));
  const breaches = verdicts.filter(isBreach).map(({ rule }) => rule.id);
  const undeclared = breaches.filter((rule) => !declared.includes(rule));
  if (undeclared.length > 0) return { ok: false, code: 'rules-broken', rules: undeclared };
  return { ok: true, record: recordOf(confirmation, figures, verdicts, breaches.length > 0) };
}

function isSettled({ machine, answers }: Confirmation, figure: FigureId): boolean {
  if (Object.hasOwn(answers, figure)) return true;
  return Object.hasOwn(machine.figures, figure) && !machine.ask.includes(figure);
}

function recordedFigure({ machine, answers, answeredBy }: Confirmation, id: FigureId): RecordedFigure {
  const { value: read, probability } = machine.figures[id] ?? { value: null, probability: 0 };
  const answer = answers[id];
  if (answer === undefined) return { id, value: read, read, probability, by: 'machine', officer: null };
  return {
    id,
    value: answer,
    read,
    probability,
    by: answer === read ? 'confirmed' : 'changed',
    officer: answeredBy[id] ?? null,
  };
}

function valuesOf(figures: readonly RecordedFigure[]): Figures {
  return new Map(figures.map(({ id, value }) => [id, value]));
}

function isBreach({ rule, verdict }: RuleVerdict): boolean {
  return verdict === 'broken' && rule.severity === 'blocking';
}

function recordOf(
  { mode, tps, kit, form, pages, corrects, head, clock, agent, model, wordsModel, ...signers }: Confirmation,
  figures: readonly RecordedFigure[],
  verdicts: readonly RuleVerdict[],
  paperBreaksRules: boolean,
): ResultRecord {
  return {
    schema: 1,
    kind: form.kind,
    mode,
    form: form.id,
    tps,
    kit,
    version: (corrects?.version ?? 0) + 1,
    supersedes: corrects?.digest ?? null,
    ...(corrects ? { correction: corrects.reason } : {}),
    ...(signers.confirmedBy === null ? {} : { confirmedBy: signers.confirmedBy }),
    ...(signers.countersigned.length > 0 ? { countersigned: signers.countersigned } : {}),
    figures,
    verdicts: verdicts.map(({ rule, verdict }) => ({ rule: rule.id, verdict, severity: rule.severity })),
    paperBreaksRules,
    pages: [...pages].sort((a, b) => a.page - b.page),
    sequence: (head?.sequence ?? 0) + 1,
    previous: head?.digest ?? null,
    bootId: clock.bootId,
    monotonicMs: clock.monotonicMs,
    wallClock: clock.wall.toISOString(),
    clockSynchronised: clock.synchronised,
    agent,
    model,
    wordsModel,
  };
}
