import type { SessionView } from '#agent/session/session.ts';
import type { AskView } from '#agent/session/view.ts';
import { valueText } from '../words/figures.ts';
import { choiceText, inWordsText, QUESTION, reasonText, waitingQuestions } from '../words/question.ts';
import { button, element } from './element.ts';
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
      element('p', { class: 'todo' }, `${reasonText(ask)} ${ask.why === 'chosen' ? '' : QUESTION.figure}`),
      cutout(view, ask.figure),
      ...(ask.inWords === null ? [] : [element('p', { class: 'in-words' }, inWordsText(ask.inWords))]),
      element('div', { class: 'choices' }, ...choices),
      element('p', { class: 'soft' }, ask.why === 'chosen' ? '' : waitingQuestions(ask.waiting)),
    ),
    keypad(figure?.digits ?? 3, answer),
  );
}

export function cutout(view: SessionView, figure: string): HTMLElement {
  const address = cutoutAddress(view, figure);
  return address
    ? element('img', { class: 'cutout', src: address, alt: '' })
    : element('p', { class: 'cutout pending' }, view.draft?.restricted ? QUESTION.restricted : QUESTION.picturePending);
}

/** Digits by finger or keyboard; nothing counts until "Pakai" (or Enter). */
function keypad(boxes: number, answer: (value: number) => void): HTMLElement {
  const typed = element('output', { class: 'typed', 'aria-label': QUESTION.typed }, QUESTION.typed);
  const use = button({ class: 'key use', disabled: true }, () => answer(Number(digits)), QUESTION.use);
  let digits = '';
  const show = (next: string) => {
    digits = next.slice(0, boxes);
    typed.textContent = digits || QUESTION.typed;
    typed.toggleAttribute('data-typed', digits !== '');
    use.disabled = digits === '';
  };
  const digit = (key: string) => button({ class: 'key' }, () => show(digits + key), key);
  const erase = button({ class: 'key', 'aria-label': QUESTION.erase }, () => show(digits.slice(0, -1)), '⌫');
  const keys = [...'123456789'].map(digit);
  const pad = element('div', { class: 'keypad' }, typed, ...keys, erase, digit('0'), use);
  pad.addEventListener('keypad', (event) => {
    if (!(event instanceof CustomEvent)) return;
    const key = String(event.detail);
    if (/^[0-9]$/.test(key)) show(digits + key);
    else if (key === 'Backspace') show(digits.slice(0, -1));
    else if (key === 'Enter' && digits !== '') answer(Number(digits));
  });
  return pad;
}

/** Hands a key of the keyboard to the keypad on the screen, where there is one. */
export function typeIntoKeypad(key: string): void {
  document.querySelector('.keypad')?.dispatchEvent(new CustomEvent('keypad', { detail: key }));
}
