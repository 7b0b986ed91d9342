import type { NotedAlarm } from '#central/alarms.ts';
import type { DocumentState, DocumentSummary } from '#central/document.ts';
import type { Overview } from '#central/results.ts';
import { element } from './elements.ts';
import { ALARMS, clockOf, numberOf, STATES, timeOf, tpsParts } from './words.ts';

export function badge(state: DocumentState): HTMLElement {
  return element('span', { class: `badge ${state}` }, STATES[state].short);
}

export function addressOf({ mode, tps, form }: DocumentSummary): string {
  return `#/${mode}/${tps}/${form}`;
}

/** Counts, then every TPS with its documents; one of them may be open. */
export function listElement(overview: Overview, open: string): HTMLElement {
  const byTps = Map.groupBy(overview.documents, (document) => document.tps);
  const heard = new Set(byTps.keys());
  const silent = overview.tps.filter((tps) => !heard.has(tps));
  return element(
    'div',
    {},
    overview.mode === 'latihan' ? element('p', { class: 'practice' }, 'LATIHAN — bukan hasil resmi') : null,
    countsOf(overview, heard.size),
    element('ul', { class: 'places' }, ...[...byTps].map(([tps, documents]) => placeOf(tps, documents, open))),
    silent.length > 0 ? silentOf(silent) : null,
  );
}

function countsOf(overview: Overview, heard: number): HTMLElement {
  const states = overview.documents.map((document) => document.state);
  const count = (...wanted: readonly DocumentState[]) => states.filter((state) => wanted.includes(state)).length;
  return element(
    'dl',
    { class: 'counts' },
    ...countOf(`dari ${numberOf(overview.tps.length)} TPS`, heard, 'sudah masuk'),
    ...countOf('dokumen', count('clean', 'warning'), 'lengkap'),
    ...countOf('dokumen', count('breach', 'branched', 'forerunner-missing'), 'perlu dilihat'),
  );
}

function countOf(of: string, value: number, says: string): readonly HTMLElement[] {
  return [element('div', {}, element('dt', {}, `${of} ${says}`), element('dd', {}, numberOf(value)))];
}

function placeOf(code: string, documents: readonly DocumentSummary[], open: string): HTMLElement {
  const { tps, area } = tpsParts(code);
  return element(
    'li',
    { class: 'place' },
    element('h2', {}, `TPS ${tps} `, element('small', {}, area)),
    ...documents.map((document) => lineOf(document, open)),
  );
}

function lineOf(document: DocumentSummary, open: string): HTMLElement {
  const address = addressOf(document);
  return element(
    'a',
    { class: 'line', href: address, 'aria-current': address === open ? 'page' : null },
    element('span', { class: 'form' }, document.formLabel),
    element('span', { class: 'fine' }, badge(document.state), fineOf(document)),
  );
}

function fineOf({ version, changed, pictures, picturesWhole, committedAt }: DocumentSummary): string {
  return [
    clockOf(committedAt),
    version > 1 ? `versi ${version}` : null,
    changed > 0 ? `${numberOf(changed)} angka diubah` : null,
    picturesWhole < pictures ? `${picturesWhole} dari ${pictures} gambar` : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function silentOf(silent: readonly string[]): HTMLElement {
  return element(
    'details',
    { class: 'silent' },
    element('summary', {}, `${numberOf(silent.length)} TPS belum mengirim`),
    element('p', {}, silent.map((code) => `${tpsParts(code).area}.${tpsParts(code).tps}`).join('  ')),
  );
}

/** The alarms, the latest first. */
export function alarmsElement(alarms: readonly Json<NotedAlarm>[]): HTMLElement {
  if (alarms.length === 0) return element('p', { class: 'nothing' }, 'Tidak ada peringatan.');
  return element('ol', { class: 'alarms' }, ...alarms.map(alarmOf));
}

/** What a row looks like once it has come as JSON. */
export type Json<Row> = { readonly [Key in keyof Row]: Row[Key] extends Date ? string : Row[Key] };

function alarmOf({ at, kit, code, reason, sequence }: Json<NotedAlarm>): HTMLElement {
  const about = [kit === '' ? null : `kit ${kit}`, sequence === null ? null : `rekaman ${sequence}`];
  return element(
    'li',
    { class: 'alarm' },
    element('h2', {}, ALARMS[code] ?? code),
    element('p', {}, reason),
    element('span', { class: 'fine' }, [timeOf(at), ...about.filter((part) => part !== null)].join(' · ')),
  );
}
