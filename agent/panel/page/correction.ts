import type { DocumentView } from '#agent/session/view.ts';
import { CORRECTION, REASONS } from '../words/correction.ts';
import { button, element } from './element.ts';
import type { Act } from './kit.ts';

/** The button that opens a stored document again, after asking why. */
export function correctButton({ form, label }: DocumentView, act: Act): HTMLElement {
  const open = () => {
    const dialog = reasonDialog(form, label, act);
    document.body.append(dialog);
    dialog.showModal();
  };
  return button({ class: 'correct', 'aria-label': `${CORRECTION.open} ${label}` }, open, CORRECTION.open);
}

function reasonDialog(form: string, label: string, act: Act): HTMLDialogElement {
  const dialog = element('dialog', { class: 'reasons', 'aria-labelledby': 'reasons-title' });
  const reasons = REASONS.map(([reason, words]) =>
    button(
      { 'data-reason': reason },
      () => {
        dialog.close();
        act({ kind: 'reopen', form, reason });
      },
      words,
    ),
  );
  dialog.append(
    element('h1', { id: 'reasons-title' }, CORRECTION.why),
    element('p', { class: 'todo' }, `${label}. ${CORRECTION.stands}`),
    ...reasons,
    button({ class: 'back' }, () => dialog.close(), CORRECTION.back),
  );
  dialog.addEventListener('close', () => dialog.remove());
  return dialog;
}
