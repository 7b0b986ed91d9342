import {
  BOX_CLASSES,
  type BoxReading,
  type BubbleReading,
  type Evidence,
  type FigureEvidence,
  NO_BUBBLE,
  type NumbersSaid,
  UNREADABLE,
  UNUSED,
} from '#agent/tally/evidence.ts';
import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';

/** Probabilities by class: `{ 4: 0.9, 9: 0.1 }`. */
export function box(classes: Readonly<Record<number, number>>): BoxReading {
  return BOX_CLASSES.map((_, c) => classes[c] ?? 0);
}

/** A row read without noise, one character a box: a digit, `_` unused, `?` unreadable. */
export function row(pattern: string): readonly BoxReading[] {
  return [...pattern].map((character) => box({ [classOf(character)]: 1 }));
}

/** Bubbles read without noise, one character a column: a digit, `_` none filled. */
export function bubbles(pattern: string): readonly BubbleReading[] {
  return [...pattern].map((character) => box({ [character === '_' ? NO_BUBBLE : Number(character)]: 1 }));
}

/** A tally or words read without noise. */
export function said(value: number): NumbersSaid {
  return { candidates: [{ value, probability: 1 }], unlisted: 0 };
}

/** How a careful writer fills the boxes: from the right, nothing in front; null leaves the row empty. */
export function patternOf(value: FigureValue, boxes: number): string {
  return String(value ?? '').padStart(boxes, '_');
}

/** A whole form read without noise, bubbles where the form has them. */
export function seen(form: FormDefinition, figures: Figures): Evidence {
  return new Map(
    allFigures(form)
      .filter(({ id }) => figures.has(id))
      .map(({ id, boxes, bubbles: printed }): [string, FigureEvidence] => {
        const value = figures.get(id) ?? null;
        const written = { boxes: row(patternOf(value, boxes.length)) };
        if (!printed || value === null) return [id, written];
        return [id, { ...written, bubbles: bubbles(String(value).padStart(boxes.length, '0')) }];
      }),
  );
}

function classOf(character: string): number {
  if (character === '_') return UNUSED;
  return character === '?' ? UNREADABLE : Number(character);
}
