import type { Figure, FigureId, FormDefinition } from '#contract/form/definition.ts';

/** Figures that stand side by side on the sheet, as a person reads them: one line of the list. */
export interface Row {
  readonly page: number;
  readonly label: string;
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly figure: FigureId;
  /** What tells this figure from its neighbours (laki-laki, perempuan, jumlah); null where it stands alone. */
  readonly name: string | null;
}

/** The form's figures in rows, in reading order. Boxes whose tops differ by less than half a box share a row. */
export function rowsOf(form: FormDefinition): readonly Row[] {
  return form.pages.flatMap((page) => linesOf(page.figures).map((figures) => rowOf(page.number, figures)));
}

function linesOf(figures: readonly Figure[]): readonly (readonly Figure[])[] {
  const lines: Figure[][] = [];
  for (const figure of figures) {
    const line = lines.find(([first]) => first !== undefined && sameLine(first, figure));
    if (line) line.push(figure);
    else lines.push([figure]);
  }
  return lines;
}

function sameLine(one: Figure, other: Figure): boolean {
  const [a, b] = [one.boxes[0], other.boxes[0]];
  return a !== undefined && b !== undefined && Math.abs(a[1] - b[1]) < a[3] / 2;
}

function rowOf(page: number, figures: readonly Figure[]): Row {
  const [first] = figures;
  if (figures.length === 1 && first) return { page, label: first.label, cells: [{ figure: first.id, name: null }] };
  const label = sharedWords(figures.map((figure) => figure.label));
  const cells = figures.map((figure) => ({
    figure: figure.id,
    name: figure.label.slice(label.length).replace(/^[\s,]+/, ''),
  }));
  return { page, label: label.replace(/[\s,]+$/, ''), cells };
}

/** The words all labels begin with, whole words only. */
function sharedWords(labels: readonly string[]): string {
  const [first = '', ...others] = labels;
  let length = 0;
  while (length < first.length && others.every((label) => label[length] === first[length])) length += 1;
  const shared = first.slice(0, length);
  return shared.slice(0, shared.lastIndexOf(' ') + 1);
}
