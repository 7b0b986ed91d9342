import type { BreachView, FigureView } from '#agent/session/view.ts';
import type { FigureValue } from '#contract/form/rules.ts';

export function valueText(value: FigureValue): string {
  return value === null ? 'kosong' : String(value);
}

/** The sum as it stands on the paper, e.g. "120 + 130 = 250, tertulis 260". */
export function breachText(breach: BreachView, figures: Readonly<Record<string, FigureView>>): string {
  const [judged, ...others] = breach.figures.map((id) => figures[id]?.value ?? null);
  const sum = others.reduce<number>((total, value) => total + (value ?? 0), 0);
  switch (breach.kind) {
    case 'sum':
      return `${others.map(valueText).join(' + ')} = ${sum}, tertulis ${valueText(judged ?? null)}`;
    case 'at-most':
      return `${valueText(judged ?? null)} lebih dari ${valueText(others[0] ?? null)}`;
    case 'limit':
    case 'reserve':
      return `tertulis ${valueText(judged ?? null)}`;
  }
}

export const CONFIRM = {
  title: 'Cocokkan setiap angka dengan kertas',
  todo: 'Ketuk angka yang salah.',
  changed: 'Diubah petugas',
  read: 'terbaca',
  page: 'Halaman',
  declared: 'Sesuai kertas, walau jumlahnya tidak cocok',
  warning: 'Perhatikan',
  end: 'Semua angka sudah tampil. YA untuk menyimpan dan mengirim.',
} as const;
