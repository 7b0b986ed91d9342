import type { Piece } from '#drivers/printer/printer.ts';

/** Lines of a slip. */

export function title(text: string): Piece {
  return { kind: 'line', text, bold: true, align: 'centre' };
}

export function plain(text: string): Piece {
  return { kind: 'line', text, bold: false, align: 'left' };
}

export function note(text: string, columns: number): readonly Piece[] {
  return wrapped(text, columns).map((line) => plain(line));
}

/** Words on lines of so many characters; a longer word is cut. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((long) => long.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [])) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
