import type { PublicRecord } from '#central/public-record.ts';
import type { RecordProof } from '#contract/log/record-proof.ts';
import type { TreeHead } from '#contract/log/tree-head.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { bytesOf, hexOf } from '../../contract/log/hex.ts';
import { includes, leafHash } from '../../contract/log/merkle-tree.ts';
import { element } from './elements.ts';
import { figureText, numberOf, timeOf, tpsParts } from './words.ts';

/** Where anybody checks a printed receipt. What is shown is taken out of the signed record itself, and proved here. */

type Answer =
  | { readonly state: 'pending' }
  | { readonly state: 'proved'; readonly record: PublicRecord; readonly proof: RecordProof };

const form = part('ask', HTMLFormElement);
const field = part('digest', HTMLTextAreaElement);
const answer = part('answer', HTMLElement);

function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no #${id} on the page`);
  return found;
}

/** A digest as people bring it: typed in groups, or as the whole address from the QR code. */
function digestIn(text: string): string | null {
  const last = text.trim().split('/').at(-1) ?? '';
  const digest = last.replaceAll(/\s/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digest) ? digest : null;
}

async function check(text: string): Promise<void> {
  const digest = digestIn(text);
  if (digest === null) {
    const length = text.replaceAll(/\s/g, '').length;
    return show(verdict('wrong', 'Ini bukan sidik rekaman.', `Harus 64 angka dan huruf a sampai f; ini ${length}.`));
  }
  show(verdict('', 'Sedang diperiksa …', ''));
  const response = await fetch(`/api/public/records/${digest}`).catch(() => null);
  if (response?.status === 404) {
    const says =
      'Pusat tidak memegang rekaman resmi dengan sidik ini. Periksa ketikannya; rekaman yang baru dikirim dapat tertunda.';
    return show(verdict('wrong', 'Tidak ditemukan.', says));
  }
  if (!response?.ok) return show(verdict('wrong', 'Pusat tidak menjawab.', 'Coba lagi sebentar lagi.'));
  const given = (await response.json()) as Answer;
  if (given.state === 'pending') {
    return show(verdict('', 'Rekaman sudah diterima.', 'Buktinya ada dalam beberapa detik; tekan Periksa lagi.'));
  }
  // What cannot even be read proves nothing.
  show(...(await provedElements(digest, given.record, given.proof).catch(() => [mismatch()])));
}

async function provedElements(
  digest: string,
  known: PublicRecord,
  proof: RecordProof,
): Promise<readonly HTMLElement[]> {
  const record = payloadOf<ResultRecord>(proof.jws);
  const head = payloadOf<TreeHead>(proof.head);
  const place = `Rekaman nomor ${numberOf(proof.position + 1)} dari ${numberOf(head.size)} dalam catatan pusat, kepala catatan ${timeOf(head.at)}.`;
  return [
    await verdictOf(digest, proof, head),
    ...recordElements(record, known),
    element('p', { class: 'fine' }, place),
  ];
}

async function verdictOf(digest: string, proof: RecordProof, head: TreeHead): Promise<HTMLElement> {
  if (!globalThis.isSecureContext) {
    return verdict(
      '',
      'Ditemukan; bukti tidak dapat dihitung di sini.',
      'Buka halaman ini lewat https, agar peramban dapat menghitungnya sendiri.',
    );
  }
  const isThis =
    hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(proof.jws)))) === digest;
  const { position: index, path } = proof;
  const leaf = await leafHash(bytesOf(digest));
  const isIn = await includes(bytesOf(head.root), { leaf, index, size: head.size, path: path.map(bytesOf) });
  return isThis && isIn
    ? verdict(
        'proved',
        'Terbukti.',
        'Peramban ini menghitung sendiri: rekaman di bawah punya sidik ini dan ada dalam catatan pusat.',
      )
    : mismatch();
}

function mismatch(): HTMLElement {
  const says = 'Bukti dari pusat tidak benar. Simpan kuitansi ini dan laporkan kepada pengawas.';
  return verdict('wrong', 'TIDAK COCOK.', says);
}

function recordElements(record: ResultRecord, known: PublicRecord): readonly HTMLElement[] {
  const { tps, area } = tpsParts(record.tps);
  const rows = record.figures.map(({ id, value }) =>
    element('tr', {}, element('td', {}, known.labels[id] ?? id), element('td', {}, figureText(value))),
  );
  return [
    element('h2', {}, `${known.formLabel}`),
    element('p', {}, `TPS ${tps}, wilayah ${area}, versi ${record.version}. ${STATES[known.state]}`),
    known.state === 'superseded'
      ? element('p', {}, element('a', { href: `/periksa/${known.current}` }, 'Lihat versi yang berlaku'))
      : element('span'),
    element('table', {}, element('tbody', {}, ...rows)),
  ];
}

const STATES: Readonly<Record<PublicRecord['state'], string>> = {
  current: 'Ini versi yang berlaku.',
  superseded: 'Sudah dikoreksi: versi lain yang berlaku.',
  'one-of-two': 'Ada dua rekaman untuk TPS ini; pusat sedang memeriksanya.',
};

/** The signature itself is checked by the auditor's command, which needs no word of this page. */
function payloadOf<Payload>(jws: string): Payload {
  const [, payload = ''] = jws.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Payload;
}

function verdict(kind: '' | 'proved' | 'wrong', what: string, says: string): HTMLElement {
  return element('p', { class: `verdict ${kind}` }, element('b', {}, what), says);
}

function show(...elements: readonly HTMLElement[]): void {
  answer.replaceChildren(...elements);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check(field.value);
});
const printed = digestIn(location.pathname);
if (printed !== null) {
  field.value = printed;
  void check(printed);
}
