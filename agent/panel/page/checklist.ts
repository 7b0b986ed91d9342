import type { SessionView } from '#agent/session/session.ts';
import type { DocumentView } from '#agent/session/view.ts';
import { CORRECTION, REASONS } from '../words/correction.ts';
import { CHECKLIST, STATES } from '../words/evening.ts';
import { PRINT } from '../words/printer.ts';
import { type Choice, openChoice } from './choice-dialog.ts';
import { button, element } from './element.ts';
import type { Act } from './kit.ts';

/**
 * Every document of this TPS and how far its record has come. A page of the one on the stand can be photographed
 * again; a stored one, touched, offers what can be done with it. `which`: only the one on the stand where there is little room.
 */
export function checklist(view: SessionView, act: Act, which: 'all' | 'open' = 'all'): HTMLElement {
  const isOpen = ({ form }: DocumentView) => view.draft?.form === form;
  const shown = which === 'all' ? view.documents : view.documents.filter(isOpen);
  const lines = [...shown]
    .sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)))
    .map((document) =>
      element(
        'li',
        { 'data-stage': document.stage ?? (isOpen(document) ? 'open' : 'none'), 'data-form': document.form },
        card(view, document, act),
        isOpen(document) ? pages(document, act) : null,
      ),
    );
  return element('ul', { class: 'checklist', 'data-many': lines.length > 3 }, ...lines);
}

function card(view: SessionView, document: DocumentView, act: Act): HTMLElement {
  const words = [element('strong', {}, document.label), element('span', { class: 'stage' }, stageText(view, document))];
  const choices = choicesFor(view, document, act);
  if (choices.length === 0) return element('div', { class: 'document' }, ...words);
  const open = () => openChoice(document.label, CHECKLIST.what, choices, CHECKLIST.back);
  return button({ class: 'document' }, open, ...words);
}

function choicesFor(view: SessionView, document: DocumentView, act: Act): readonly Choice[] {
  const { record, form, label, correctable } = document;
  if (!record || view.draft?.form === form) return [];
  const { sequence, printed } = record;
  const words = printed > 0 ? PRINT.again : PRINT.slips;
  const print = { name: 'print', words, choose: () => act({ kind: 'print', sequence }) };
  const reasons = REASONS.map(([reason, why]): Choice => {
    return { name: reason, words: why, choose: () => act({ kind: 'reopen', form, reason }) };
  });
  const ask = () => openChoice(CORRECTION.why, `${label}. ${CORRECTION.stands}`, reasons, CORRECTION.back);
  const correct = { name: 'correct', words: CORRECTION.open, choose: ask };
  return [...(view.printer ? [print] : []), ...(correctable ? [correct] : [])];
}

function pages(document: DocumentView, act: Act): HTMLElement {
  const chips = document.pages.map(({ page, scanned }) => {
    if (!scanned) return element('span', { class: 'page' }, String(page));
    const label = `${CHECKLIST.retake} ${page}`;
    const attributes = { class: 'page', 'data-scanned': true, 'aria-label': label };
    return button(attributes, () => act({ kind: 'retake', page }), `${page} ✓`);
  });
  return element('span', { class: 'pages' }, ...chips);
}

function stageText({ draft, correction }: SessionView, { form, stage }: DocumentView): string {
  if (stage) return STATES[stage];
  if (correction?.form === form) return CHECKLIST.correcting;
  return draft?.form === form ? CHECKLIST.partly : CHECKLIST.notYet;
}
