import type { SessionView } from '#agent/session/session.ts';
import { FINISHED, nextDocument, STEPS } from '../words/evening.ts';
import { printerText } from '../words/printer.ts';
import { checklist } from './checklist.ts';
import { element } from './element.ts';
import type { Act } from './kit.ts';

type FinishedRecord = NonNullable<SessionView['record']>;

/** Whether the slips came out; nothing where the kit has no printer, or nobody asked for them yet. */
function printerLine({ printer, documents }: SessionView, sequence: number): HTMLElement | null {
  const printed = documents.find(({ record }) => record?.sequence === sequence)?.record?.printed ?? 0;
  const says = printer && printerText(printer, printed);
  return says ? element('p', { class: 'printer', role: 'status', 'data-printer': printer?.kind ?? '' }, says) : null;
}

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
    printerLine(view, record.sequence),
    checklist(view, act),
    element('p', {}, nextDocument(view)),
  );
}
