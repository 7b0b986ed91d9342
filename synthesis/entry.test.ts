import { describe, expect, it } from 'vitest';
import type { Figure } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import type { Care } from './care.ts';
import { type FigureEntry, planEntry } from './entry.ts';
import { labelOf } from './hand/filling.ts';
import { drawWriter, type UnusedHabit } from './hand/writer.ts';
import { randomOf } from './random.ts';

function figureWithBubbles(): Figure {
  const figure = shippedForms().byId('c-hasil-kwk-gubernur')?.pages[1]?.figures[0];
  if (!figure?.bubbles) throw new Error('the first pair of the Governor form has bubbles');
  return figure;
}

function plan(value: number | null, unused: UnusedHabit, care: Care, seed = 'plan'): FigureEntry {
  const writer = { ...drawWriter('test', 18, randomOf('writer')), unused };
  return planEntry(figureWithBubbles(), value, writer, care, randomOf(seed));
}

function shown({ boxes }: FigureEntry): readonly string[] {
  return boxes.map(labelOf);
}

describe('a figure on paper', () => {
  it('stands to the right, with the unused boxes in front', () => {
    expect(shown(plan(83, 'cross', 'careful'))).toEqual(['unused', '8', '3']);
    expect(shown(plan(0, 'empty', 'careful'))).toEqual(['unused', 'unused', '0']);
    expect(shown(plan(600, 'dash', 'careful'))).toEqual(['6', '0', '0']);
  });

  it('has zeros in front where the writer puts them there, and their bubbles', () => {
    const entry = plan(7, 'zero', 'careful');
    expect(shown(entry)).toEqual(['0', '0', '7']);
    expect(entry.bubbles.map((bubble) => bubble?.digit)).toEqual([0, 0, 7]);
  });

  it('has no bubble over an unused box', () => {
    expect(plan(7, 'cross', 'careful').bubbles.map((bubble) => bubble?.digit ?? null)).toEqual([null, null, 7]);
  });

  it('is left blank where it has no value, whatever the writer does else', () => {
    expect(plan(null, 'zero', 'careless').boxes).toEqual(Array(3).fill({ kind: 'unused', how: 'empty' }));
  });

  it('that is too large for its boxes is a bug', () => {
    expect(() => plan(1000, 'empty', 'careful')).toThrow('does not fit');
  });

  it('goes wrong now and then on a careless sheet, and says how', () => {
    const entries = Array.from({ length: 400 }, (_, i) => plan(83, 'empty', 'careless', `careless ${i}`));
    const notes = entries.flatMap((entry) => entry.notes);
    expect(notes).toContain('left-aligned');
    expect(notes).toContain('across the frame');
    for (const entry of entries) {
      expect(entry.notes.includes('left-aligned')).toBe(shown(entry)[2] === 'unused');
      expect(entry.notes.some((note) => note.includes('in box'))).toBe(shown(entry).includes('unreadable'));
    }
  });
});
