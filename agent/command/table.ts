import type { DocumentReport, FigureReport, RepeatedPage, Report } from './report.ts';
import { SEVERITIES, statusWords, valueWords } from './sentences.ts';

/** The report for a person: a table for each document, what breaks under it, one line of sums at the end. */
export function tableOf(report: Report): string {
  return `${[...report.documents.map(documentTable), summaryOf(report)].join('\n\n')}\n`;
}

/** What must not be overlooked although no table shows it: one line a photo or page. */
export function noticesOf({ photos, repeatedPages }: Report): readonly string[] {
  const refused = photos.flatMap((photo) =>
    photo.kind === 'refused' ? [`${photo.photo}: ditolak (${photo.code}): ${photo.what} ${photo.todo}`] : [],
  );
  return [...refused, ...repeatedPages.map(repeatedWords)];
}

function repeatedWords({ form, page, photos }: RepeatedPage): string {
  return (
    `${form} halaman ${page} ada di ${photos.length} foto (${photos.join(', ')}): tidak digabung, ` +
    `setiap foto formulir ini dibaca sendiri. Sebut satu foto saja tiap halaman, atau pakai --each.`
  );
}

function documentTable(document: DocumentReport): string {
  const { label, pages, figures, breaches } = document;
  const lines = [
    label,
    ...pages.map(({ page, photo }) => `  halaman ${page}: ${photo}`),
    '',
    ...columns([HEADINGS, ...figures.map(figureCells)]),
  ];
  if (breaches.length > 0) lines.push('', '  Aturan yang tidak cocok:');
  lines.push(...breaches.map(({ rule, severity, says }) => `    ${rule} (${SEVERITIES[severity]}): ${says}`));
  return [...lines, ...notJudged(document)].join('\n');
}

function notJudged({ notJudged, missingPages }: DocumentReport): readonly string[] {
  if (notJudged.length === 0) return [];
  const missing = missingPages.length > 0 ? `; halaman ${missingPages.join(', ')} tidak ada` : '';
  return ['', `  Belum dapat diuji: ${notJudged.length} aturan${missing}.`];
}

const HEADINGS = ['Angka', 'Nilai', 'Peluang', 'Margin', 'Putusan'] as const;

function figureCells(figure: FigureReport): readonly string[] {
  const { label, best, margin } = figure;
  return [label, figureValue(figure), percent(best.probability), margin.toFixed(1), statusWords(figure)];
}

/** The value, or what a person would be asked to choose from. */
export function figureValue({ status, best, second }: FigureReport): string {
  if (status === 'accepted') return valueWords(best.value);
  const choices = second ? [best, second] : [best];
  return `? ${choices.map(({ value }) => valueWords(value)).join(' / ')}`;
}

/** Rounded down: 100 % is said of nothing. */
export function percent(probability: number): string {
  return `${(Math.floor(probability * 10_000) / 100).toFixed(2)} %`;
}

/** Pads every column to its widest cell; numbers are set to the right. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .replace(/^/, '  ')
      .trimEnd(),
  );
}

function summaryOf({ photos, documents, model, ms }: Report): string {
  const read = photos.filter(({ kind }) => kind === 'read').length;
  const figures = documents.flatMap((document) => document.figures);
  const accepted = figures.filter(({ status }) => status === 'accepted').length;
  const breaches = documents.reduce((sum, document) => sum + document.breaches.length, 0);
  return (
    `Foto: ${read} dibaca, ${photos.length - read} ditolak. ` +
    `Angka: ${accepted} diterima, ${figures.length - accepted} ditanyakan. Aturan tidak cocok: ${breaches}. ` +
    `Model ${model.slice(0, 8)}, ${(ms / 1000).toFixed(1)} s.`
  );
}
