import type { SessionView } from '#agent/session/session.ts';
import type { AskView } from '#agent/session/view.ts';
import { valueText } from '../words/figures.ts';
import { choiceText, inWordsText, QUESTION, questionText, waitingQuestions } from '../words/question.ts';
import { button, element } from './element.ts';
import { keypad } from './keypad.ts';
import { type Act, cutoutAddress } from './kit.ts';

type FigureAsk = Extract<AskView, { kind: 'figure' }>;

/** One question about one figure: its cut-out large, the likeliest readings, and a keypad for any other. */
export function questionScreen(view: SessionView, ask: FigureAsk, act: Act): HTMLElement {
  const figure = view.draft?.figures[ask.figure];
  const answer = (value: number | null) => act({ kind: 'answer', figure: ask.figure, value });
  const read = ask.candidates.filter((value) => value !== null);
  // A page of signatures has no row that could be left empty.
  const offered = view.draft?.restricted ? read : [...new Set([...read, null])];
  const choices = offered.map((value) =>
    button(
      { class: 'choice', 'data-value': valueText(value) },
      () => answer(value),
      choiceText(value, view.draft?.kind),
    ),
  );
  return element(
    'section',
    { class: 'question' },
    element(
      'div',
      { class: 'column' },
      element('h1', {}, figure?.label ?? ask.figure),
      element('p', { class: 'todo' }, questionText(ask, view.draft?.restricted ?? false)),
      cutout(view, ask.figure),
      ...(ask.inWords === null ? [] : [element('p', { class: 'in-words' }, inWordsText(ask.inWords))]),
      element('div', { class: 'choices' }, ...choices),
      element('p', { class: 'soft' }, ask.why === 'chosen' ? '' : waitingQuestions(ask.waiting)),
    ),
    keypad({
      ...{ least: 1, most: figure?.digits ?? 3, empty: QUESTION.typed, hidden: false },
      use: (digits) => answer(Number(digits)),
    }),
  );
}

export function cutout(view: SessionView, figure: string): HTMLElement {
  const address = cutoutAddress(view, figure);
  return address
    ? element('img', { class: 'cutout', src: address, alt: '' })
    : element(
        'p',
        { class: 'cutout pending', 'data-figure': figure },
        view.draft?.restricted ? QUESTION.restricted : QUESTION.picturePending,
      );
}

/** Cut-outs that were still being made take their places; what was typed beside them stays. */
export function fillCutouts(view: SessionView): void {
  for (const pending of document.querySelectorAll<HTMLElement>('.cutout.pending')) {
    const { figure } = pending.dataset;
    if (figure !== undefined && cutoutAddress(view, figure)) pending.replaceWith(cutout(view, figure));
  }
}
