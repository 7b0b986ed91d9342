import type { FigureView } from '#central/document.ts';
import { element } from './elements.ts';
import { figureText } from './words.ts';

/** One line of the form: a single figure, or laki-laki, perempuan and jumlah side by side. */
interface Row {
  readonly label: string;
  readonly cells: readonly FigureView[];
}

const COLUMNS = ['l', 'p', 'j'];

/** The figures of the form's pages as tables, one a page. */
export function figureTables(figures: readonly FigureView[]): readonly HTMLElement[] {
  return [...Map.groupBy(figures, (figure) => figure.page)].map(([page, ofPage]) => {
    const rows = rowsOf(ofPage);
    const isWide = rows.some((row) => row.cells.length > 1);
    return element(
      'table',
      { class: 'figures' },
      element('caption', {}, `Halaman ${page}`),
      isWide ? headOf() : null,
      element('tbody', {}, ...rows.map((row) => rowElement(row, isWide))),
    );
  });
}

function rowsOf(figures: readonly FigureView[]): readonly Row[] {
  const stems = Map.groupBy(figures, ({ id }) => (COLUMNS.includes(endOf(id)) ? id.slice(0, id.lastIndexOf('.')) : id));
  return [...stems.values()].map((cells) => ({ label: commonLabel(cells.map((cell) => cell.label)), cells }));
}

function endOf(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** What the labels of a row have in common: "Pemilih dalam DPT" of "Pemilih dalam DPT, laki-laki". */
function commonLabel(labels: readonly string[]): string {
  const [first = ''] = labels;
  if (labels.length === 1) return first;
  return first.slice(0, first.lastIndexOf(',') < 0 ? undefined : first.lastIndexOf(','));
}

function headOf(): HTMLElement {
  const heads = ['Laki-laki', 'Perempuan', 'Jumlah'].map((text) => element('th', { scope: 'col' }, text));
  const corner = element('td', {});
  return element('thead', {}, element('tr', {}, corner, ...heads));
}

function rowElement({ label, cells }: Row, isWide: boolean): HTMLElement {
  const columns = isWide && cells.length === 1 ? '3' : null;
  return element(
    'tr',
    {},
    element('th', { scope: 'row', colspan: columns }, label),
    ...cells.map((cell) => cellElement(cell)),
  );
}

function cellElement(figure: FigureView): HTMLElement {
  const isBroken = figure.broken.length > 0;
  return element(
    'td',
    { class: `figure ${figure.by}${isBroken ? ' broken' : ''}`, 'data-figure': figure.id },
    element('span', { class: 'value' }, figureText(figure.value)),
    noteOf(figure),
  );
}

/** Who changed what, beside the figure itself. */
function noteOf({ by, read, officer }: FigureView): HTMLElement | null {
  const who = officer === null ? 'KPPS' : `petugas ${officer}`;
  switch (by) {
    case 'machine':
      return null;
    case 'confirmed':
      return element('span', { class: 'note' }, `dibenarkan ${who}`);
    case 'changed':
      return element(
        'span',
        { class: 'note' },
        `mesin: ${read === null ? 'tak terbaca' : figureText(read)} · diubah ${who}`,
      );
  }
}
