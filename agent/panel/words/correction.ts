import type { SessionView } from '#agent/session/session.ts';
import type { CorrectionReason } from '#contract/wire/record.ts';
import { valueText } from './figures.ts';

export const CORRECTION = {
  open: 'Perbaiki',
  why: 'Mengapa diperbaiki?',
  stands: 'Semua halamannya dipindai lagi. Yang tersimpan tetap berlaku sampai perbaikannya tersimpan.',
  back: 'Kembali',
  abandon: 'Batalkan perbaikan',
  confirm: 'Perbaikan. Ini menggantikan yang sudah tersimpan:',
  same: 'Tidak ada angka yang berubah.',
  before: 'sebelumnya',
} as const;

export const REASONS: readonly (readonly [CorrectionReason, string])[] = [
  ['misread', 'Angka yang disimpan tidak sama dengan kertas'],
  ['paper-corrected', 'Kertasnya diperbaiki KPPS'],
  ['objection', 'Keberatan saksi atau pengawas diterima'],
];

/** Every figure that a correction changes: its name, what stands there now, and what will. */
export function changesOf({ before, draft }: Pick<SessionView, 'before' | 'draft'>): readonly Change[] {
  if (!before || !draft) return [];
  return Object.entries(draft.figures).flatMap(([id, { label, value }]) => {
    const was = before[id] ?? null;
    return was === value ? [] : [{ label, was: `${CORRECTION.before} ${valueText(was)} →`, becomes: valueText(value) }];
  });
}

export interface Change {
  readonly label: string;
  readonly was: string;
  readonly becomes: string;
}
