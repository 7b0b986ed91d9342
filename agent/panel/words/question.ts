import type { AskView } from '#agent/session/view.ts';
import type { AskReason } from '#agent/tally/accept.ts';
import type { DocumentKind } from '#contract/form/definition.ts';

export const QUESTION = {
  figure: 'Apa yang tertulis di kertas?',
  count: 'Berapa tanda tangan di halaman ini?',
  inWords: 'Hurufnya terbaca:',
  picturePending: 'Gambar sedang disiapkan. Lihat kertasnya.',
  typed: 'Angka lain',
  empty: 'Baris ini kosong',
  nihil: 'NIHIL',
  restricted: 'Data pribadi tidak ditampilkan. Hitung di kertas.',
  breach: 'Jumlahnya tidak cocok',
  breachTodo: 'Ketuk angka yang salah dibaca. Bila kertasnya sendiri memang begitu:',
  declare: 'Sesuai kertas walau jumlahnya tidak cocok',
  sure: 'Kertasnya sendiri tertulis begini?',
  sureTodo:
    'Angka dikirim apa adanya, dengan tanda bahwa jumlah di kertas tidak cocok. YA bila benar, ULANG untuk kembali.',
} as const;

/** Why the figure is asked, and what is asked; of signatures their number, for the picture is not shown. */
export function questionText(ask: Extract<AskView, { kind: 'figure' }>, isCount: boolean): string {
  if (ask.why === 'chosen') return reasonText(ask);
  return `${reasonText(ask)} ${isCount ? QUESTION.count : QUESTION.figure}`;
}

function reasonText(ask: Extract<AskView, { kind: 'figure' }>): string {
  switch (ask.why) {
    case 'unsure':
      if (ask.reasons.length === 0) return 'Angka ini tidak dibaca alat.';
      return ask.reasons.map((reason) => REASONS[reason])[0] ?? REASONS.margin;
    case 'moved':
      return 'Karena jawaban tadi, angka ini dibaca lain. Lihat kertasnya.';
    case 'chosen':
      return 'Tulis angka yang ada di kertas.';
  }
}

const REASONS: Readonly<Record<AskReason, string>> = {
  'unusual-pattern': 'Letak angkanya tidak biasa.',
  unreadable: 'Ada kotak yang tidak terbaca.',
  'sources-disagree': 'Angka berbeda dari bulatan, turus, atau hurufnya.',
  'not-filled-in': 'Baris ini tampak kosong.',
  'rule-broken': 'Jumlahnya tidak cocok.',
  margin: 'Angka ini kurang jelas.',
};

/** What the number is written as in words, read by itself. */
export function inWordsText(words: string): string {
  return `${QUESTION.inWords} ${words.toUpperCase()}`;
}

export function waitingQuestions(waiting: number): string {
  return waiting === 0 ? 'Pertanyaan terakhir' : `Masih ${waiting} pertanyaan sesudah ini`;
}

/** A reading as it is offered; no special event at all is what the form calls NIHIL. */
export function choiceText(value: number | null, kind: DocumentKind | undefined): string {
  if (value === null) return QUESTION.empty;
  return value === 0 && kind === 'kejadian-khusus' ? QUESTION.nihil : String(value);
}
