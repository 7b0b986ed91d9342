import type { Character } from '#contract/practice/practice-sheet.ts';
import { drawShape } from './draw-shape.ts';
import { drawWords } from './draw-words.ts';
import { pdfOf } from './pdf.ts';
import { type CardSection, type Glow, KEYS, LAMP_ROWS, LAYING, SOUND_ROWS, TROUBLE } from './quick-card.ts';
import { A4, BLACK, type Sheet } from './sheet.ts';

const LEFT = 15;
const WIDTH = A4.width - 2 * LEFT;
const TEXT = 4.4;
const LINE = 7;
const says = SOUND_ROWS.map(({ rhythm, means }) => `${rhythm}: ${means}`);
const SOUNDS: CardSection = { title: 'Bunyi', lines: [says.slice(0, 3).join(' '), says.slice(3).join(' ')] };
const CHARACTERS: readonly Character[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'];

export function quickCardPdf(): Promise<Uint8Array> {
  return pdfOf({ label: 'Kartu cepat KPPS', sheet: A4 }, [drawCard]);
}

function drawCard(sheet: Sheet): void {
  drawWords(sheet, { text: 'Kartu cepat KPPS', at: [LEFT, 22], size: 9, weight: 'bold' });
  let at = drawSection(sheet, LAYING, 34);
  at = drawSection(sheet, KEYS, at);
  at = drawLamps(sheet, at);
  at = drawSection(sheet, SOUNDS, at);
  at = drawDigits(sheet, at);
  drawSection(sheet, TROUBLE, at);
}

/** Answers where the next one begins, mm from the top. */
function drawSection(sheet: Sheet, { title, lines }: CardSection, top: number): number {
  drawTitle(sheet, title, top);
  for (const [n, text] of lines.entries()) {
    drawWords(sheet, { text, at: [LEFT, top + LINE * (n + 1)], size: TEXT, width: WIDTH });
  }
  return top + LINE * (lines.length + 1) + 3;
}

function drawTitle(sheet: Sheet, text: string, baseline: number): void {
  drawWords(sheet, { text, at: [LEFT, baseline], size: 5.6, weight: 'bold' });
}

function drawLamps(sheet: Sheet, top: number): number {
  drawTitle(sheet, 'Lampu: kiri hijau, tengah kuning, kanan merah', top);
  for (const [row, { lamps, means }] of LAMP_ROWS.entries()) {
    const baseline = top + LINE * (row + 1);
    for (const [n, glow] of lamps.entries()) drawLamp(sheet, [LEFT + 3 + n * 8, baseline - 1.6], glow);
    drawWords(sheet, { text: means, at: [LEFT + 28, baseline], size: TEXT, width: WIDTH - 28 });
  }
  const legend = top + LINE * (LAMP_ROWS.length + 1);
  const signs: readonly (readonly [Glow, string])[] = [
    ['on', 'menyala'],
    ['slow', 'berkedip pelan'],
    ['fast', 'berkedip cepat'],
    ['off', 'mati'],
  ];
  for (const [n, [glow, text]] of signs.entries()) {
    drawLamp(sheet, [LEFT + 31 + n * 38, legend - 1.3], glow);
    drawWords(sheet, { text, at: [LEFT + 36 + n * 38, legend], size: 3.6 });
  }
  return legend + LINE + 3;
}

/** Told apart without colour: full, half, a dot in a ring, empty. */
function drawLamp(sheet: Sheet, [x, y]: readonly [number, number], glow: Glow): void {
  const radius = 2.4;
  sheet.lineWidth(0.5).circle(x, y, radius).stroke(BLACK);
  if (glow === 'on') sheet.circle(x, y, radius).fill(BLACK);
  if (glow === 'fast') sheet.circle(x, y, radius / 2).fill(BLACK);
  if (glow !== 'slow') return;
  sheet.save();
  sheet.rect(x - radius, y - radius, radius, 2 * radius).clip();
  sheet.circle(x, y, radius).fill(BLACK);
  sheet.restore();
}

function drawDigits(sheet: Sheet, top: number): number {
  drawTitle(sheet, 'Menulis angka: satu angka satu kotak, tebal, tidak menyentuh garis', top);
  const [width, height] = [11, 18];
  for (const [n, character] of CHARACTERS.entries()) {
    const x = LEFT + n * (WIDTH / CHARACTERS.length);
    sheet
      .lineWidth(0.4)
      .rect(x, top + 4, width, height)
      .stroke(BLACK);
    drawShape(sheet, character, [x + 2.2, top + 6.5, width - 4.4, height - 5]);
  }
  const below = top + height + 4 + LINE;
  drawWords(sheet, {
    ...{
      text: '4 terbuka di atas, 7 tanpa garis, 1 tanpa kaki. Kotak yang tidak dipakai: X.',
      at: [LEFT, below] as const,
    },
    ...{ size: TEXT, width: WIDTH },
  });
  return below + LINE + 3;
}
