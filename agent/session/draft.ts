import type { Evidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormDefinition, Rule } from '#contract/form/definition.ts';
import { ruleFigures } from '#contract/form/definition.ts';
import { figuresOn, isOpenEnded, missingPages } from '#contract/form/document.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';
import { judge } from '#contract/form/rules.ts';
import { decide } from './decision.ts';
import type { Ask, Draft, ScannedPage } from './state.ts';
import { figureValue } from './state.ts';

/** A document with one more page; its figures are decided anew, for the pages help each other. */
export function withPage(form: FormDefinition, draft: Draft | null, page: ScannedPage): Draft {
  const before = draft ?? { form: form.id, answers: {}, answeredBy: {}, declared: [] };
  return decided(form, { ...before, closed: false, countersigned: [], pages: [...(draft?.pages ?? []), page] });
}

/** Without a page and the answers about it; null when it was the only one. Its picture stays on disk. */
export function withoutPage(form: FormDefinition, draft: Draft, page: number): Draft | null {
  const pages = draft.pages.filter((scanned) => scanned.page !== page);
  if (pages.length === 0) return null;
  const gone = new Set(form.pages.find(({ number }) => number === page)?.figures.map(({ id }) => id));
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([figure]) => !gone.has(figure)));
  return decided(form, { ...draft, closed: false, countersigned: [], pages, answers });
}

/** Whoever countersigned stood by other figures. */
export function withAnswer(
  form: FormDefinition,
  draft: Draft,
  figure: FigureId,
  value: FigureValue,
  officer: string | null,
): Draft {
  const answers = { ...draft.answers, [figure]: value };
  return decided(form, { ...draft, countersigned: [], answers, answeredBy: by(draft, [figure], officer) });
}

function by(draft: Draft, figures: readonly FigureId[], officer: string | null): Draft['answeredBy'] {
  if (officer === null) return draft.answeredBy;
  return { ...draft.answeredBy, ...Object.fromEntries(figures.map((id) => [id, officer])) };
}

/**
 * A person says that the paper itself breaks this rule. That speaks for its figures too: they were
 * looked at, and are what the paper says. The declaration holds for these very values only.
 */
export function withDeclaration(form: FormDefinition, draft: Draft, rule: Rule, officer: string | null): Draft {
  const others = draft.declared.filter((declaration) => declaration.rule !== rule.id);
  const declared = [...others, { rule: rule.id, values: valuesOfRule(draft, rule) }];
  const figures = ruleFigures(rule);
  const looked = Object.fromEntries(figures.map((id) => [id, figureValue(draft, id)]));
  const answeredBy = by(draft, figures, officer);
  return decided(form, { ...draft, countersigned: [], declared, answeredBy, answers: { ...draft.answers, ...looked } });
}

export function isComplete(form: FormDefinition, draft: Draft): boolean {
  return missingPages(form, pagesOf(draft)).length === 0 && (draft.closed || !isOpenEnded(form));
}

/** Numbers of the scanned pages. */
export function pagesOf(draft: Draft): readonly number[] {
  return draft.pages.map(({ page }) => page);
}

/** Every page is there and nothing is open: what a record can be made of. */
export function isSettled(form: FormDefinition, draft: Draft): boolean {
  return isComplete(form, draft) && nextAsk(form, draft) === null;
}

/** The figures of the scanned pages. */
export function figuresOf(form: FormDefinition, draft: Draft): Figures {
  return new Map(figuresOn(form, pagesOf(draft)).map(({ id }) => [id, figureValue(draft, id)]));
}

/** confirmed: a person gave the machine's own reading; changed: another. */
export function answeredBy(draft: Draft, figure: FigureId): 'machine' | 'confirmed' | 'changed' {
  const answer = draft.answers[figure];
  if (answer === undefined) return 'machine';
  return answer === (draft.read.figures[figure]?.value ?? null) ? 'confirmed' : 'changed';
}

/** What a person must settle next on the scanned pages; null when nothing is open. Figures come before sums: an answer may mend the sum. */
export function nextAsk(form: FormDefinition, draft: Draft): Ask | null {
  const answered = (figure: FigureId) => Object.hasOwn(draft.answers, figure);
  const figures = figuresOn(form, pagesOf(draft));
  const unread = figures.find(({ id }) => !answered(id) && !Object.hasOwn(draft.decided.figures, id));
  const unsure = draft.decided.ask.find((figure) => !answered(figure)) ?? unread?.id;
  if (unsure !== undefined) return { kind: 'figure', figure: unsure, why: 'unsure' };
  const moved = figures.find(({ id }) => !answered(id) && hasMoved(draft, id));
  if (moved) return { kind: 'figure', figure: moved.id, why: 'moved' };
  const broken = openBreach(form, draft);
  return broken ? { kind: 'breach', rule: broken.id, step: 'ask' } : null;
}

/**
 * A figure the machine reads differently since somebody answered another question. It is asked, so that
 * what counts as the machine's own reading is always what it read before any person looked.
 */
function hasMoved(draft: Draft, figure: FigureId): boolean {
  return draft.read.figures[figure]?.value !== draft.decided.figures[figure]?.value;
}

function openBreach(form: FormDefinition, draft: Draft): Rule | undefined {
  const open = judge(form, figuresOf(form, draft)).find(
    ({ rule, verdict }) => verdict === 'broken' && rule.severity === 'blocking' && !isDeclared(draft, rule),
  );
  return open?.rule;
}

export function isDeclared(draft: Draft, rule: Rule): boolean {
  const values = valuesOfRule(draft, rule);
  return draft.declared.some(
    (declaration) =>
      declaration.rule === rule.id && declaration.values.every((value, index) => value === values[index]),
  );
}

function valuesOfRule(draft: Draft, rule: Rule): readonly FigureValue[] {
  return ruleFigures(rule).map((id) => figureValue(draft, id));
}

function decided(form: FormDefinition, draft: Omit<Draft, 'read' | 'decided'>): Draft {
  const evidence: Evidence = new Map(draft.pages.flatMap((page) => Object.entries(page.evidence)));
  const answers: Figures = new Map(Object.entries(draft.answers));
  return { ...draft, read: decide(form, evidence, new Map()), decided: decide(form, evidence, answers) };
}
