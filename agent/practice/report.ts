import { readFileSync } from 'node:fs';
import type { Character } from '#contract/practice/practice-sheet.ts';
import { RECOMMENDED_SHAPES, SHAPE_FRAME } from '#contract/practice/recommended-shapes.ts';
import { adviceOf, summaryOf, VERDICTS } from './advice.ts';
import type { Reason, Verdict } from './judge.ts';
import { ownReasons, type PenHabit, penHabitsOf } from './pen-habits.ts';
import type { PracticeReading, PracticeRowReading } from './read-sheet.ts';

const STYLE = readFileSync(new URL('./report.css', import.meta.url), 'utf8');

/** A person can mend so many things of one character at a time, and sees them from so many of the boxes. */
const MOST_REASONS = 2;
const MOST_PICTURES = 3;
/** Of a habit that runs through the sheet, more boxes fit beside its sentence. */
const MOST_OF_HABIT = 6;
/** With more cards than this they stand in two columns, so that the report stays one page. */
const ONE_COLUMN = 4;

/** One A4 page for the writer of one sheet, as HTML that needs no other file. `source` names the photo. */
export function practiceReport({ rows, name }: PracticeReading, source: string): string {
  const { what, todo } = summaryOf(rows.map(({ verdict }) => verdict));
  const habits = penHabitsOf(rows);
  const told = TOLD.flatMap((verdict) => rows.filter((row) => row.verdict === verdict));
  const cards = told.filter((row) => ownReasons(row, habits).length > 0);
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Latihan menulis angka</title>
<style>
${STYLE}</style>
</head>
<body>
<header>
<div><h1>${what}</h1><p class="todo">${todo}</p></div>
<p class="name"><img src="${jpeg(name)}" alt="Nama atau nomor penulis"></p>
</header>
<ol class="strip">${rows.map(tile).join('')}</ol>
${habits.map((habit) => habitCard(habit, rows)).join('\n')}
<main class="cards${cards.length > ONE_COLUMN ? ' many' : ''}">
${cards.map((row) => rowCard(row, ownReasons(row, habits))).join('\n')}
</main>
<footer>Latihan, bukan hasil resmi: tidak dihitung, tidak dikirim, tidak disimpan di alat TPS. Foto: ${escaped(source)}</footer>
</body>
</html>
`;
}

/** Verdicts that get a card, the gravest first. */
const TOLD: readonly Verdict[] = ['berisiko', 'perhatikan'];
const SIGNS: Readonly<Record<Verdict, string>> = { berisiko: '✗', perhatikan: '!', aman: '✓', kosong: '–' };

function tile({ character, verdict }: PracticeRowReading): string {
  return `<li class="${verdict}" title="${VERDICTS[verdict]}">${character}<span>${SIGNS[verdict]}</span></li>`;
}

function habitCard({ shown }: PenHabit, rows: readonly PracticeRowReading[]): string {
  const [{ row: first, reason }] = shown;
  const verdicts = shown.flatMap(({ row }) => rows[row]?.verdict ?? []);
  const advice = adviceOf(rows[first]?.character ?? 'X', reason);
  const seen = shown
    .slice(0, MOST_OF_HABIT)
    .flatMap(({ row, reason: { found } }) => rows[row]?.pictures[found[0].box] ?? []);
  return `<article class="habit ${verdicts.includes('berisiko') ? 'berisiko' : 'perhatikan'}">
<div class="advice">
${reasonLine(seen, `${advice.what} Di banyak baris.`)}
<p class="how">${advice.todo}</p>
</div>
</article>`;
}

function rowCard({ character, verdict, pictures }: PracticeRowReading, reasons: readonly Reason[]): string {
  const told = reasons.slice(0, MOST_REASONS).map((reason) => ({ reason, ...adviceOf(character, reason) }));
  const lines = told.map(({ reason: { found }, what }) => {
    const seen = found.slice(0, MOST_PICTURES).flatMap(({ box }) => pictures[box] ?? []);
    return reasonLine(seen, what);
  });
  const todos = new Set(told.map(({ todo }) => todo));
  return `<article class="${verdict}">
<figure>${shape(character)}Tulis begini</figure>
<div class="advice">
${lines.join('\n')}
${[...todos].map((todo) => `<p class="how">${todo}</p>`).join('\n')}
</div>
</article>`;
}

function reasonLine(pictures: readonly Uint8Array[], what: string): string {
  const images = pictures.map((picture) => `<span><img src="${jpeg(picture)}" alt="kotak yang ditulis"></span>`);
  return `<p class="reason"><span class="seen">${images.join('')}</span><strong>${what}</strong></p>`;
}

function shape(character: Character): string {
  const { width, height } = SHAPE_FRAME;
  return `<svg viewBox="-5 -5 ${width + 10} ${height + 10}" role="img" aria-label="Contoh ${character}"><path d="${RECOMMENDED_SHAPES[character]}"/></svg>`;
}

function jpeg(bytes: Uint8Array): string {
  return `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
