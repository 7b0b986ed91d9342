import type { SessionView } from '#agent/session/session.ts';
import { type Advice, adviceOf } from '../words/advice.ts';
import { CORRECTION } from '../words/correction.ts';
import { BUSY, BY_HAND, waitingFor } from '../words/evening.ts';
import { CONFIRM, valueText } from '../words/figures.ts';
import { READINESS } from '../words/readiness.ts';
import { checklist } from './checklist.ts';
import { openChoice } from './choice-dialog.ts';
import { button, element } from './element.ts';
import { type Act, cutoutAddress, pageAddress } from './kit.ts';

/** Waiting for a page: what to do, why the last one was refused, what is there already. */
export function waitingScreen(view: SessionView, act: Act, lookAtKit: (() => void) | null): HTMLElement {
  const advice = waitingFor(view);
  const last = view.draft?.pages.at(-1)?.page;
  return element(
    'section',
    { class: 'waiting' },
    element(
      'div',
      { class: 'column' },
      ...(view.notice
        ? [noticeBox(adviceOf(view.notice, view.names)), headed(view, 'h2', advice.what, act, null)]
        : [
            headed(view, 'h1', advice.what, act, view.draft || view.correction ? null : lookAtKit),
            element('p', { class: 'todo' }, advice.todo),
          ]),
      checklist(view, act, view.notice ? 'open' : 'all'),
      view.correction && view.draft
        ? button({ class: 'abandon' }, () => act({ kind: 'abandon-correction' }), CORRECTION.abandon)
        : null,
    ),
    last === undefined || view.draft?.restricted ? null : pageRead(view, last),
  );
}

function headed(
  view: SessionView,
  level: 'h1' | 'h2',
  what: string,
  act: Act,
  lookAtKit: (() => void) | null,
): HTMLElement {
  return element(
    'div',
    { class: 'headed' },
    element(level, {}, what),
    element(
      'span',
      { class: 'beside' },
      lookAtKit && button({ class: 'look-at-kit' }, lookAtKit, READINESS.open),
      byHandButton(view, act),
    ),
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
