import type { DocumentView } from '#agent/session/view.ts';
import { CORRECTION, REASONS } from '../words/correction.ts';
import { openChoice } from './choice-dialog.ts';
import { button } from './element.ts';
import type { Act } from './kit.ts';

/** The button that opens a stored document again, after asking why. */
export function correctButton({ form, label }: DocumentView, act: Act): HTMLElement {
  const reasons = REASONS.map(([reason, words]) => {
    return { name: reason, words, choose: () => act({ kind: 'reopen', form, reason }) };
  });
  const ask = () => openChoice(CORRECTION.why, `${label}. ${CORRECTION.stands}`, reasons, CORRECTION.back);
  return button({ class: 'correct', 'aria-label': `${CORRECTION.open} ${label}` }, ask, CORRECTION.open);
}
