import type { FormDefinition } from '#contract/form/definition.ts';
import { allFigures, largestOf, ruleFigures } from '#contract/form/definition.ts';
import { isOpenEnded, missingPages } from '#contract/form/document.ts';
import { figuresOf, isComplete, nextAsk, pagesOf, withAnswer, withDeclaration } from './draft.ts';
import type { Action, Sound } from './event.ts';
import { mayConfirm } from './officers.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import type { Ask, Draft, Phase, State } from './state.ts';
import { enter, ignored, type Step, sound, unchanged, within } from './step.ts';

type Konfirmasi = Extract<Phase, { name: 'konfirmasi' }>;
type Settling = Extract<Action, { kind: 'answer' | 'correct' | 'declare' }>;

/**
 * Where a changed document goes: wait for its missing pages, settle what is open, or confirm. The figures of a
 * result form help each other, so it is asked when all pages are there; of others while the page still lies there.
 */
export function settle(book: Rulebook, state: State, draft: Draft, done: Sound): Step {
  const form = formOf(book, draft);
  const complete = isComplete(form, draft);
  const ask = complete || isOpenEnded(form) ? nextAsk(form, draft) : null;
  if (ask) return enter(state, { name: 'periksa', draft, ask }, () => [sound('ask')]);
  if (!complete) return enter(state, { name: 'menunggu', draft, notice: null }, () => [sound(done)]);
  return enter(state, { name: 'konfirmasi', draft, sight: 'unseen', scroll: 0, notice: null }, () => [sound(done)]);
}

/** YA while a document waits that has as many pages as were needed: these are all. */
export function close(book: Rulebook, state: State, draft: Draft | null): Step {
  if (!draft || !isOpenEnded(formOf(book, draft))) return ignored(state);
  const pages = missingPages(formOf(book, draft), pagesOf(draft));
  if (pages.length === 0) return settle(book, state, { ...draft, closed: true }, 'good');
  const notice = { kind: 'pages-missing', pages } as const;
  return enter(state, { name: 'menunggu', draft, notice }, () => [sound('refused')]);
}

/** Answers, corrections, and the first step of "sesuai kertas". */
export function settleBy(book: Rulebook, state: State, action: Settling): Step {
  const { phase } = state;
  if (phase.name !== 'periksa' && phase.name !== 'konfirmasi') return ignored(state);
  const { draft } = phase;
  const form = formOf(book, draft);
  const ask = phase.name === 'periksa' ? phase.ask : null;
  switch (action.kind) {
    case 'answer':
      if (ask?.kind !== 'figure' || ask.figure !== action.figure) return ignored(state);
      if (!fits(form, action.figure, action.value)) return ignored(state);
      return settle(book, state, withAnswer(form, draft, action.figure, action.value, state.officer), 'good');
    case 'correct':
      if (!fits(form, action.figure, null)) return ignored(state);
      return turnTo(state, draft, { kind: 'figure', figure: action.figure, why: 'chosen' });
    case 'declare':
      if (ask?.kind !== 'breach' || ask.rule !== action.rule) return ignored(state);
      return turnTo(state, draft, { ...ask, step: 'sure' });
  }
}

/** YA at "sesuai kertas": the deliberate second step. */
export function declareBreach(book: Rulebook, state: State, draft: Draft, ruleId: string): Step {
  const form = formOf(book, draft);
  const rule = form.rules.find(({ id }) => id === ruleId);
  return rule ? settle(book, state, withDeclaration(form, draft, rule, state.officer), 'good') : unchanged(state);
}

export function turnTo(state: State, draft: Draft, ask: Ask): Step {
  return enter(state, { name: 'periksa', draft, ask }, () => [sound('ask')]);
}

/** The page a question is about: what ULANG photographs again. */
export function pageOfAsk(form: FormDefinition, ask: Ask): number | undefined {
  const rule = ask.kind === 'breach' ? form.rules.find(({ id }) => id === ask.rule) : undefined;
  const figure = ask.kind === 'figure' ? ask.figure : rule && ruleFigures(rule)[0];
  return form.pages.find((page) => page.figures.some(({ id }) => id === figure))?.number;
}

/** The screen has shown the figures. Only these very figures open the way to YA. */
export function seeFigures(book: Rulebook, state: State, figures: Readonly<Record<string, number | null>>): Step {
  const { phase } = state;
  if (phase.name !== 'konfirmasi' || phase.sight !== 'unseen') return unchanged(state);
  const mine = figuresOf(formOf(book, phase.draft), phase.draft);
  const same = Object.keys(figures).length === mine.size && [...mine].every(([id, value]) => figures[id] === value);
  if (!same) return unchanged(state);
  const timer = { kind: 'start-timer', turn: state.turn, ms: book.delays.beforeConfirm } as const;
  return within(state, { ...phase, sight: 'seen' }, [timer]);
}

/** YA at the confirmation: the one way a document becomes a record. */
export function confirm(book: Rulebook, state: State, phase: Konfirmasi): Step {
  switch (phase.sight) {
    case 'unseen':
      return within(state, { ...phase, scroll: phase.scroll + 1 }, []);
    case 'seen':
      return ignored(state);
    case 'armed':
      if (!mayConfirm(book, state)) {
        return within(state, { ...phase, notice: { kind: 'ketua-needed' } }, [sound('refused')]);
      }
      return beginKeeping(state, phase.draft, state.officer);
  }
}

/** The record and the phase after it become durable in one write, so there is never a second record of one YA. */
export function beginKeeping(state: State, draft: Draft, officer: string | null): Step {
  return enter(state, { name: 'menyimpan', draft, officer }, (turn) => [
    { kind: 'keep-record', turn, draft, correction: state.correction, officer },
  ]);
}

/** The form has the figure, and room for the value. */
function fits(form: FormDefinition, id: string, value: number | null): boolean {
  const figure = allFigures(form).find((candidate) => candidate.id === id);
  return figure !== undefined && (value === null || value <= largestOf(figure));
}
