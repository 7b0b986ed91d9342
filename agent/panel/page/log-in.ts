import type { PinOrder, PinOutcome, SessionView } from '#agent/session/session.ts';
import { LOG_IN, officerLabel, pinText } from '../words/log-in.ts';
import { button, element } from './element.ts';
import { keypad } from './keypad.ts';

export type EnterPin = (order: PinOrder) => Promise<PinOutcome>;

/** As the register of officers has it. */
const PIN_DIGITS = { least: 6, most: 10 } as const;

/** Who works with the kit: the badge or a touch names the officer, the PIN proves it. */
export function logInScreen(view: SessionView, enter: EnterPin): HTMLElement {
  const section = element('section', { class: 'log-in' });
  const ask = (code: string | null, says: string | null) => section.replaceChildren(...parts(code, says));
  const choose = (code: string) => ask(code, null);
  const parts = (code: string | null, says: string | null): readonly Node[] =>
    code === null
      ? officerChoice(LOG_IN.who, says ?? LOG_IN.whoTodo, view.officers, choose)
      : pinEntry(
          officerLabel(view, code),
          says,
          () => ask(null, null),
          (pin) => void tryPin(code, pin),
        );

  async function tryPin(officer: string, pin: string): Promise<void> {
    const says = pinText(await enter({ officer, pin, as: 'log-in' }));
    if (says !== null && section.isConnected) ask(officer, says);
  }

  if (view.badge === 'stranger') ask(null, LOG_IN.stranger);
  else ask(view.badge, null);
  return section;
}

/** A second officer or a witness stands by the figures: asked over the screen. */
export function openCountersign(view: SessionView, enter: EnterPin): void {
  const dialog = element('dialog', { class: 'log-in over', 'aria-label': LOG_IN.countersign });
  const signed = view.confirmation?.countersigned ?? [];
  const others = view.officers.filter(({ code }) => code !== view.officer && !signed.includes(code));
  const back = button({ class: 'back' }, () => dialog.close(), LOG_IN.back);
  const ask = (code: string, says: string | null) =>
    dialog.replaceChildren(
      ...pinEntry(
        officerLabel(view, code),
        says,
        () => dialog.close(),
        (pin) => void tryPin(code, pin),
      ),
    );

  async function tryPin(officer: string, pin: string): Promise<void> {
    const says = pinText(await enter({ officer, pin, as: 'countersign' }));
    if (says === null) dialog.close();
    else ask(officer, says);
  }

  dialog.append(...officerChoice(LOG_IN.countersign, LOG_IN.countersignTodo, others, (code) => ask(code, null)), back);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function officerChoice(
  title: string,
  todo: string,
  officers: SessionView['officers'],
  choose: (code: string) => void,
): readonly Node[] {
  const buttons = officers.map(({ code, label }) => button({ 'data-officer': code }, () => choose(code), label));
  return [
    element(
      'div',
      { class: 'column who' },
      element('h1', {}, title),
      element('p', { class: 'todo' }, todo),
      element('div', { class: 'officers' }, ...buttons),
    ),
  ];
}

function pinEntry(label: string, says: string | null, back: () => void, use: (pin: string) => void): readonly Node[] {
  return [
    element(
      'div',
      { class: 'column' },
      element('h1', {}, label),
      element('p', { class: 'todo' }, LOG_IN.pinTodo),
      says === null ? null : element('p', { class: 'notice', role: 'alert' }, says),
      button({ class: 'back' }, back, LOG_IN.other),
    ),
    keypad({ ...PIN_DIGITS, empty: LOG_IN.pin, hidden: true, use }),
  ];
}
