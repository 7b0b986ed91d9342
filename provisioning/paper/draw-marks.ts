import { type Module, tagModules } from '#contract/form/april-tag.ts';
import type { FormDefinition, Point } from '#contract/form/definition.ts';
import { BLACK, type Sheet } from './sheet.ts';

type Marks = FormDefinition['marks'];
type PrintedTag = Extract<Marks, { by: 'saddles' }>['tag'];
type Turn = PrintedTag['turn'];

/** Draws the marks the reader finds the page by: corners, and the tag where the page has one. */
export function drawMarks(sheet: Sheet, marks: Marks, tag: number | null): void {
  switch (marks.by) {
    case 'squares':
      for (const centre of Object.values(marks.centres)) square(sheet, centre, marks.side);
      sheet.fill(BLACK);
      return;
    case 'saddles':
      for (const corner of Object.values(marks.saddles)) saddle(sheet, corner, marks.markSide);
      sheet.fill(BLACK);
      if (tag !== null) drawTag(sheet, marks.tag, tag);
      return;
  }
}

/** Two squares that touch at the saddle, up-left and down-right of it. */
function saddle(sheet: Sheet, [x, y]: Point, side: number): void {
  sheet.rect(x - side, y - side, side, side).rect(x, y, side, side);
}

function square(sheet: Sheet, [x, y]: Point, side: number): void {
  sheet.rect(x - side / 2, y - side / 2, side, side);
}

/** All black modules are one path, so that no hairline shows between neighbours. */
function drawTag(sheet: Sheet, { box: [x, y, width, height], turn }: PrintedTag, id: number): void {
  const modules = turned(tagModules(id), turn);
  const [w, h] = [width / modules.length, height / modules.length];
  modules.forEach((row, r) => {
    row.forEach((module, c) => {
      if (module === 'black') sheet.rect(x + c * w, y + r * h, w, h);
    });
  });
  sheet.fill(BLACK);
}

type Modules = readonly (readonly Module[])[];

/** Clockwise. */
function turned(modules: Modules, turn: Turn): Modules {
  if (turn === 0) return modules;
  const quarter = modules.map((row, r) => row.map((module, c) => modules[modules.length - 1 - c]?.[r] ?? module));
  return turned(quarter, LESS_A_QUARTER[turn]);
}

const LESS_A_QUARTER: Readonly<Record<Exclude<Turn, 0>, Turn>> = { 90: 0, 180: 90, 270: 180 };
