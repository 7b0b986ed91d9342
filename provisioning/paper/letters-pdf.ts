import { drawWords } from './draw-words.ts';
import { type DrawLine, drawDashes, LETTER, sealedLettersPdf } from './sealed-letter.ts';
import type { Sheet } from './sheet.ts';

/** The letter to the chair of one TPS, with the PINs of all its officers. */
export interface PinLetter {
  /** "TPS 001, Kel. Melati Timur, Kec. Melati, Kota Contoh". */
  readonly place: string;
  readonly kit: string;
  /** The chair first. */
  readonly officers: readonly { readonly label: string; readonly pin: string }[];
}

/** Two columns of strips; with many officers they get lower, so that all are on this one sheet. */
const STRIP = { width: 85, height: 15, top: 204, gap: 2, bottom: 292 };

export function lettersPdf(letters: readonly PinLetter[]): Promise<Uint8Array> {
  return sealedLettersPdf('Surat PIN', letters, drawLetter);
}

function drawLetter(sheet: Sheet, line: DrawLine, { place, kit, officers }: PinLetter): void {
  line('RAHASIA. Hanya dibuka oleh Ketua KPPS.', 30, 5, 'bold');
  line('Kepada Ketua KPPS', 48);
  line(place, 56, 6, 'bold');
  line(`Alat ${kit}. Lipat dua kali di garis putus-putus, lalu rekatkan.`, 90, 3.5);
  const [chair, ...others] = officers;
  line('PIN Ketua KPPS', 115, 5, 'bold');
  drawWords(sheet, { text: spaced(chair?.pin ?? ''), at: [LETTER.left, 133], size: 14, weight: 'code' });
  line(
    'Masukkan di layar alat setelah memilih nama Anda. Jangan beri tahu siapa pun; jangan simpan bersama alat.',
    150,
    4,
  );
  line('Hanya Ketua KPPS yang menyimpan hasil. Setelah PIN salah alat menunggu, makin sering makin lama.', 157, 4);
  line('Di bawah ini PIN petugas lain: gunting dan berikan masing-masing kepada yang tertulis.', 185, 4);
  const room = (STRIP.bottom - STRIP.top) / Math.ceil(others.length / 2);
  const scale = Math.min(1, room / (STRIP.height + STRIP.gap));
  for (const [n, officer] of others.entries()) drawStrip(sheet, { ...officer, place, n, scale });
}

interface Strip {
  readonly label: string;
  readonly pin: string;
  readonly place: string;
  /** From the top, left before right. */
  readonly n: number;
  readonly scale: number;
}

function drawStrip(sheet: Sheet, { label, pin, place, n, scale }: Strip): void {
  const [width, height] = [STRIP.width, STRIP.height * scale];
  const x = LETTER.left + (n % 2) * (width + STRIP.gap);
  const y = STRIP.top + Math.floor(n / 2) * (STRIP.height + STRIP.gap) * scale;
  for (const edge of [y, y + height]) drawDashes(sheet, [x, edge], [x + width, edge]);
  for (const edge of [x, x + width]) drawDashes(sheet, [edge, y], [edge, y + height]);
  const down = (share: number) => y + share * height;
  drawWords(sheet, { text: label, at: [x + 3, down(0.45)], size: 4.2 * scale, weight: 'bold', width: 40 });
  drawWords(sheet, { text: place, at: [x + 3, down(0.82)], size: 3 * scale, width: 79 });
  drawWords(sheet, { text: spaced(pin), at: [x + 46, down(0.47)], size: 6 * scale, weight: 'code', width: 37 });
}

/** In threes: what is read aloud and typed. */
function spaced(pin: string): string {
  return (pin.match(/.{1,3}/g) ?? []).join(' ');
}
