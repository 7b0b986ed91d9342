import type { FormDefinition } from '#contract/form/definition.ts';
import { figuresOn } from '#contract/form/document.ts';
import type { CorrectionReason, ResultRecord } from '#contract/wire/record.ts';
import type { Piece, Strip } from '#drivers/printer/printer.ts';
import { note, plain, title, wrapped } from './lines.ts';

/** The paper a witness takes home: what was confirmed, by which kit, and how to check at the centre that it arrived so. */
export interface SlipOrder {
  readonly record: ResultRecord;
  /** Digest of the record's envelope, by which the centre names it. */
  readonly digest: string;
  readonly form: FormDefinition;
  /** Central's signed receipt was here when this was printed. */
  readonly received: boolean;
  /** 1 for the first; later ones are marked as copies. */
  readonly copy: number;
  /** Address at which the centre answers for a digest; null where none is set, and the digest alone is coded. */
  readonly checkAt: string | null;
  /** Characters of a line: 32 on paper of 58 mm, 48 on 80 mm. */
  readonly columns: number;
}

/** Indonesian, as all that a KPPS member or a witness reads. Pure: the same order gives the same strip. */
export function composeSlip(order: SlipOrder): Strip {
  const { record, digest, form, columns, checkAt, copy } = order;
  const rule = plain('-'.repeat(columns));
  return [
    title('TANDA TERIMA TPS'),
    ...(record.mode === 'latihan' ? [title('LATIHAN - BUKAN HASIL RESMI')] : []),
    ...(copy > 1 ? [title(`SALINAN KE-${copy - 1}`)] : []),
    rule,
    ...wrapped(form.label, columns).map((text) => plain(text)),
    plain(`TPS ${record.tps}`),
    ...(record.version > 1 ? correction(record, columns) : []),
    rule,
    ...figuresOf(record, form, columns),
    ...(record.paperBreaksRules ? note('Jumlah di kertas tidak cocok; ditulis apa adanya.', columns) : []),
    rule,
    plain(`Disimpan ${timeOf(record)}`),
    ...(record.clockSynchronised ? [] : note('Jam alat belum disetel.', columns)),
    ...signers(record, columns),
    plain(`Kit ${record.kit}, nomor ${record.sequence}`),
    plain(order.received ? 'Sudah diterima pusat' : 'Belum diterima pusat'),
    rule,
    plain('Sidik rekaman:'),
    ...inGroups(digest, columns).map((text) => plain(text)),
    { kind: 'qr', text: checkAt === null ? digest : `${checkAt}${digest}` },
    ...note('Cocokkan angka ini dengan kertas.', columns),
    { kind: 'cut' },
  ];
}

const REASONS: Readonly<Record<CorrectionReason, string>> = {
  misread: 'yang disimpan lain dari kertas',
  'paper-corrected': 'kertas diperbaiki KPPS',
  objection: 'keberatan diterima',
};

function correction({ version, correction: reason }: ResultRecord, columns: number): readonly Piece[] {
  const why = reason === undefined ? '' : `: ${REASONS[reason]}`;
  return note(`Versi ${version}, menggantikan yang sebelumnya${why}`, columns);
}

/** Every figure with its value; of an attendance list the sum of its pages. */
function figuresOf(record: ResultRecord, form: FormDefinition, columns: number): readonly Piece[] {
  const pages = record.pages.map(({ page }) => page);
  if (form.kind === 'daftar-hadir') {
    const signed = record.figures.reduce((sum, { value }) => sum + (value ?? 0), 0);
    return [entry('Halaman', String(pages.length), columns), entry('Tanda tangan', String(signed), columns)].flat();
  }
  const values = new Map(record.figures.map(({ id, value }) => [id, value]));
  return figuresOn(form, pages).flatMap(({ id, label }) => entry(label, valueText(values.get(id) ?? null), columns));
}

function valueText(value: number | null): string {
  return value === null ? 'kosong' : String(value);
}

/** Label and value at the two ends of a line; a long label has lines of its own before. */
function entry(label: string, value: string, columns: number): readonly Piece[] {
  const lines = wrapped(label, columns - value.length - 3);
  const last = lines.at(-1) ?? '';
  const dots = '.'.repeat(Math.max(1, columns - last.length - value.length - 2));
  return [...lines.slice(0, -1).map((text) => plain(text)), plain(`${last} ${dots} ${value}`)];
}

function signers({ confirmedBy, countersigned = [] }: ResultRecord, columns: number): readonly Piece[] {
  if (confirmedBy === undefined) return [];
  const beside = countersigned.length > 0 ? `; ikut melihat: ${countersigned.join(', ')}` : '';
  return note(`Oleh ${confirmedBy}${beside}`, columns);
}

/** Palembang keeps UTC+7, and has no summer time. */
function timeOf({ wallClock }: ResultRecord): string {
  const local = new Date(Date.parse(wallClock) + 7 * 3_600_000).toISOString();
  return `${local.slice(8, 10)}-${local.slice(5, 7)}-${local.slice(0, 4)} ${local.slice(11, 16)} WIB`;
}

/** In fours, so that two people can read them to each other. */
function inGroups(digest: string, columns: number): readonly string[] {
  return wrapped((digest.match(/.{1,4}/g) ?? []).join(' '), columns);
}
