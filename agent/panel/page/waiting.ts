import type { SessionView } from '#agent/session/session.ts';
import type { DocumentView } from '#agent/session/view.ts';
import { type Advice, adviceOf } from '../words/advice.ts';
import { CORRECTION } from '../words/correction.ts';
import { BUSY, BY_HAND, CHECKLIST, STATES, waitingFor } from '../words/evening.ts';
import { CONFIRM, valueText } from '../words/figures.ts';
import { PRINT } from '../words/printer.ts';
import { openChoice } from './choice-dialog.ts';
import { correctButton } from './correction.ts';
import { button, element } from './element.ts';
import { type Act, cutoutAddress, pageAddress } from './kit.ts';

/** Waiting for a page: what to do, why the last one was refused, what is there already. */
export function waitingScreen(view: SessionView, act: Act): HTMLElement {
  const advice = waitingFor(view);
  const last = view.draft?.pages.at(-1)?.page;
  return element(
    'section',
    { class: 'waiting' },
    element(
      'div',
      { class: 'column' },
      ...(view.notice
        ? [noticeBox(adviceOf(view.notice, view.names)), element('h2', {}, advice.what)]
        : [element('h1', {}, advice.what), element('p', { class: 'todo' }, advice.todo)]),
      checklist(view, act),
      view.correction && view.draft
        ? button({ class: 'abandon' }, () => act({ kind: 'abandon-correction' }), CORRECTION.abandon)
        : null,
      byHandButton(view, act),
    ),
    last === undefined ? null : pageRead(view, last),
  );
}

/** Official sheets carry no tag: which they are is told here; null where none of tonight's could be one. */
function byHandButton(view: SessionView, act: Act): HTMLElement | null {
  if (view.byHand) return button({ class: 'by-hand' }, () => act({ kind: 'by-hand', form: null }), BY_HAND.end);
  const open = view.documents.filter(({ form, openEnded, stage }) => {
    return openEnded && stage === null && (view.draft === null || view.draft.form === form);
  });
  if (open.length === 0) return null;
  const choices = open.map(({ form, label }) => {
    return { name: form, words: label, choose: () => act({ kind: 'by-hand', form }) };
  });
  const ask = () => openChoice(BY_HAND.which, BY_HAND.todo, choices, BY_HAND.back);
  return button({ class: 'by-hand' }, ask, BY_HAND.open);
}

export function busyScreen(name: keyof typeof BUSY): HTMLElement {
  const { title, hint } = BUSY[name];
  return element(
    'section',
    { class: 'busy' },
    element('div', { class: 'working', 'aria-hidden': 'true' }, element('i', {}), element('i', {}), element('i', {})),
    element('h1', {}, title),
    element('p', { class: 'todo' }, hint),
  );
}

export function noticeBox({ what, todo }: Advice): HTMLElement {
  return element('div', { class: 'notice', role: 'alert' }, element('strong', {}, what), element('span', {}, todo));
}

/** Every document of this TPS: its pages, and how far its record has come. A scanned page can be photographed again. */
export function checklist(view: SessionView, act: Act): HTMLElement {
  const lines = view.documents.map((document) => {
    const open = view.draft?.form === document.form;
    const pages = document.pages.map(({ page, scanned }) => {
      const mark = scanned ? `${page} ✓` : String(page);
      if (!open || !scanned) return element('span', { class: 'page', 'data-scanned': scanned }, mark);
      const label = `${CHECKLIST.retake} ${page}`;
      return button(
        { class: 'page', 'data-scanned': true, 'aria-label': label },
        () => act({ kind: 'retake', page }),
        mark,
      );
    });
    return element(
      'li',
      { 'data-stage': document.stage ?? (open ? 'open' : 'none') },
      element(
        'p',
        {},
        element('strong', {}, document.label),
        ' ',
        element('span', { class: 'stage' }, stageText(view, document)),
      ),
      element(
        'span',
        { class: 'pages' },
        ...pages,
        view.printer ? printButton(document, act) : null,
        document.correctable ? correctButton(document, act) : null,
      ),
    );
  });
  return element('ul', { class: 'checklist' }, ...lines);
}

/** Prints the slips of a document that was stored earlier. */
function printButton({ record, label }: DocumentView, act: Act): HTMLElement | null {
  if (!record) return null;
  const { sequence, printed } = record;
  const words = printed > 0 ? PRINT.again : PRINT.slips;
  return button({ class: 'correct', 'aria-label': `${words} ${label}` }, () => act({ kind: 'print', sequence }), words);
}

function stageText({ draft, correction }: SessionView, { form, stage }: DocumentView): string {
  if (stage) return STATES[stage];
  if (correction?.form === form) return CHECKLIST.correcting;
  return draft?.form === form ? CHECKLIST.partly : CHECKLIST.notYet;
}

/** The page just read: its flattened picture and, where there is room, its figures. */
function pageRead(view: SessionView, page: number): HTMLElement {
  const address = pageAddress(view, page);
  const rows = view.draft?.rows.filter((row) => row.page === page) ?? [];
  const figures = rows.flatMap(({ cells }) =>
    cells.map(({ figure }) => {
      const cutout = cutoutAddress(view, figure);
      const { label, value } = view.draft?.figures[figure] ?? { label: figure, value: null };
      return element(
        'li',
        {},
        element('span', {}, label),
        cutout ? element('img', { class: 'crop', src: cutout, alt: '' }) : element('i', {}),
        element('output', {}, valueText(value)),
      );
    }),
  );
  return element(
    'div',
    { class: 'page-read' },
    element('ul', { class: 'figures' }, ...figures),
    element(
      'figure',
      {},
      address ? element('img', { src: address, alt: '' }) : null,
      element('figcaption', {}, `${CONFIRM.page} ${page}`),
    ),
  );
}
