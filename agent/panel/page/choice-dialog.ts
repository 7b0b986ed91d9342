import { button, element } from './element.ts';

/** What a person chooses from, and what happens then. */
export interface Choice {
  /** For tests and styles, beside its words. */
  readonly name: string;
  readonly words: string;
  choose(): void;
}

/** Asks one question over the screen; leaving it changes nothing. */
export function openChoice(title: string, todo: string, choices: readonly Choice[], back: string): void {
  const dialog = element('dialog', { class: 'choices-over', 'aria-labelledby': 'choice-title' });
  const buttons = choices.map(({ name, words, choose }) =>
    button(
      { 'data-choice': name },
      () => {
        dialog.close();
        choose();
      },
      words,
    ),
  );
  dialog.append(
    element('h1', { id: 'choice-title' }, title),
    element('p', { class: 'todo' }, todo),
    ...buttons,
    button({ class: 'back' }, () => dialog.close(), back),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
