import { basename } from 'node:path';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { PhotoReport } from '../report.ts';
import { CORNERS } from '../sentences.ts';
import { type Canvas, COLOURS, type Colour, textWidth, wrapped } from './canvas.ts';
import type { DebugOrder, Verdict } from './debug-order.ts';
import type { SeenMark, Sight } from './sight.ts';

/** A line of text, in parts of different colour. */
export interface HeadLine {
  readonly size: number;
  readonly parts: readonly { readonly text: string; readonly colour: Colour }[];
}

const SIZES = { title: 16, words: 12, small: 10 } as const;
/** Height of a line in heights of its capitals. */
const LEADING = 2.2;

/** What stands over the list: the page and its sums, or why the photo was refused and what was found. */
export function headLines(forms: FormRegistry, order: DebugOrder, sight: Sight, width: number): readonly HeadLine[] {
  const { photo } = order;
  return photo.kind === 'read' ? readHead(forms, order, photo, width) : refusedHead(forms, photo, sight, width);
}

export function headHeight(lines: readonly HeadLine[]): number {
  return lines.reduce((sum, { size }) => sum + size * LEADING, 0);
}

export function drawHead(canvas: Canvas, lines: readonly HeadLine[], left: number, top: number): void {
  let y = top;
  for (const { size, parts } of lines) {
    y += size * LEADING;
    let x = left;
    for (const { text, colour } of parts) {
      canvas.text(text, [x, y], { size, colour, align: 'left' });
      x += textWidth(text, size) + 1.5 * size;
    }
  }
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  accepted: 'diterima',
  asked: 'ditanyakan',
  breach: 'dalam aturan yang tidak cocok',
};

function readHead(
  forms: FormRegistry,
  { figures, breaches }: DebugOrder,
  { photo, form, page }: Extract<PhotoReport, { kind: 'read' }>,
  width: number,
): readonly HeadLine[] {
  const counts = (['accepted', 'asked', 'breach'] as const).flatMap((verdict) => {
    const count = figures.filter((figure) => figure.verdict === verdict).length;
    return count > 0 ? [{ text: `${count} ${VERDICTS[verdict]}`, colour: COLOURS[verdict] }] : [];
  });
  return [
    ...paragraph(`${forms.byId(form)?.label ?? form}, halaman ${page}`, SIZES.title, COLOURS.ink, width),
    ...paragraph(basename(photo), SIZES.small, COLOURS.faint, width),
    { size: SIZES.words, parts: counts },
    ...breaches.flatMap((says) => paragraph(`Tidak cocok: ${says}`, SIZES.small, COLOURS.breach, width)),
  ];
}

function refusedHead(
  forms: FormRegistry,
  { photo, code, details, what, todo }: Extract<PhotoReport, { kind: 'refused' }>,
  sight: Sight,
  width: number,
): readonly HeadLine[] {
  const measured = Object.entries(details).map(([name, value]) => `${name} ${shortened(value)}`);
  return [
    ...paragraph(`Ditolak: ${what}`, SIZES.title, COLOURS.breach, width),
    ...paragraph(todo, SIZES.words, COLOURS.ink, width),
    ...paragraph([code, ...measured].join(', '), SIZES.small, COLOURS.faint, width),
    ...paragraph(basename(photo), SIZES.small, COLOURS.faint, width),
    ...paragraph('', SIZES.small, COLOURS.ink, width),
    ...found(forms, sight).flatMap((line) => paragraph(line, SIZES.words, COLOURS.mark, width)),
  ];
}

function found(forms: FormRegistry, { tag, unreadableTags, sheet }: Sight): readonly string[] {
  const page = tag && forms.byTag(tag.id);
  const named = page ? `${page.form.label}, halaman ${page.page.number}` : 'tidak dikenal';
  const tags = tag ? `Tanda ${tag.id}: ${named}` : `Tanda: tidak ada, ${unreadableTags.length} kotak mirip tanda`;
  const marks = sheet?.marks ?? [];
  return [...(sheet && !tag ? [] : [tags]), ...marks.map(markWords)];
}

const SEEN = { clearly: 'terlihat', hardly: 'hampir tidak terlihat', not: 'tidak terlihat' } as const;

function markWords({ corner, seen }: SeenMark): string {
  return `Sudut ${CORNERS[corner]}: ${SEEN[seen]}`;
}

function shortened(value: string | number): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;
}

function paragraph(text: string, size: number, colour: Colour, width: number): readonly HeadLine[] {
  return wrapped(text, size, width).map((line) => ({ size, parts: [{ text: line, colour }] }));
}
