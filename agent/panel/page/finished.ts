import type { SessionView } from '#agent/session/session.ts';
import { FINISHED, nextDocument, STEPS } from '../words/evening.ts';
import { element } from './element.ts';
import type { Act } from './kit.ts';
import { checklist } from './waiting.ts';

type FinishedRecord = NonNullable<SessionView['record']>;

/** The record is stored; how far it has come, and what is next. */
export function finishedScreen(view: SessionView, record: FinishedRecord, act: Act): HTMLElement {
  const { what, todo } = FINISHED[record.stage];
  const reached = ['tersimpan', 'terkirim', 'diterima-pusat'].indexOf(record.stage);
  const steps = (['tersimpan', 'terkirim', 'diterima-pusat'] as const).map((stage, n) =>
    element('li', { 'data-reached': n <= Math.max(reached, 0) }, STEPS[stage]),
  );
  return element(
    'section',
    { class: 'finished', 'data-stage': record.stage },
    element('h1', {}, what),
    element('p', { class: 'todo' }, `${record.label}. ${todo}`),
    element('ol', { class: 'steps' }, ...steps),
    checklist(view, act),
    element('p', {}, nextDocument(view)),
  );
}
