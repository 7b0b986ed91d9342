import type { ReadinessView } from '#agent/health/readiness.ts';
import type { PanelView } from '../panel-view.ts';
import { checkText, MARKS, PARTS, READINESS, VERDICTS } from '../words/readiness.ts';
import { button, element } from './element.ts';

/** Asks the kit to test itself, or to print what it found. */
export type CheckKit = (what: 'run' | 'print') => void;

/** Shows over the screen how each part is, and follows it while the kit is tested. */
export function openReadiness(view: PanelView, check: CheckKit): void {
  const dialog = element('dialog', { class: 'readiness', 'aria-labelledby': 'readiness-title' });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  fill(dialog, view, check);
  dialog.showModal();
}

/** The kit has told something new: an open list shows it. */
export function updateReadiness(view: PanelView, check: CheckKit): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.readiness');
  if (dialog) fill(dialog, view, check);
}

function fill(dialog: HTMLDialogElement, view: PanelView, check: CheckKit): void {
  const { readiness } = view;
  if (!readiness) return;
  const focused = document.activeElement?.getAttribute('data-do');
  dialog.replaceChildren(
    element(
      'h1',
      { id: 'readiness-title', 'data-worst': readiness.worst ?? '' },
      readiness.running ? READINESS.running : `${READINESS.title}: ${readiness.worst ? VERDICTS[readiness.worst] : ''}`,
    ),
    element('ul', { class: 'checks', tabindex: 0 }, ...linesOf(readiness)),
    element(
      'div',
      { class: 'foot' },
      button({ 'data-do': 'again', disabled: readiness.running }, () => check('run'), READINESS.again),
      view.printer
        ? button({ 'data-do': 'print', disabled: readiness.running }, () => check('print'), READINESS.print)
        : null,
      button({ 'data-do': 'back' }, () => dialog.close(), READINESS.back),
    ),
  );
  if (focused) dialog.querySelector<HTMLElement>(`[data-do=${focused}]`)?.focus();
}

function linesOf({ checks }: ReadinessView): readonly Node[] {
  return checks.map((one) =>
    element(
      'li',
      { 'data-verdict': one.verdict, 'data-check': one.id },
      element('b', { 'aria-hidden': 'true' }, MARKS[one.verdict]),
      element('strong', {}, PARTS[one.id]),
      element('span', {}, checkText(one)),
    ),
  );
}
