import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { decode } from './decode.ts';
import { said, seen } from './testing/seen.ts';

const forms = shippedForms().forms.filter(({ pages }) =>
  pages.some(({ figures }) => figures.some(({ turus }) => turus)),
);

test('a clear figure whose tally says another number keeps its number, and is asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...forms),
      fc.string(),
      fc.integer({ min: 1, max: 299 }),
      fc.nat(),
      (form, seed, tallied, which) => {
        const figures = drawFigures(form, randomOf(seed));
        const withTally = form.pages.flatMap((page) => page.figures.filter(({ turus }) => turus));
        const figure = withTally[which % withTally.length]?.id ?? '';
        const value = figures.get(figure) ?? null;
        fc.pre(value !== tallied);
        const evidence = new Map(seen(form, figures));
        evidence.set(figure, { boxes: [], ...evidence.get(figure), turus: said(tallied) });
        const decided = decode(form, evidence).figures.get(figure);
        expect(decided?.best.value).toBe(value);
        expect(decided?.status).toBe('asked');
        expect(decided?.reasons).toContain('sources-disagree');
      },
    ),
    { numRuns: 30 },
  );
});

test('a tally that agrees leaves a clear form with nothing to ask', () => {
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.string(), (form, seed) => {
      const figures = drawFigures(form, randomOf(seed));
      const evidence = new Map(
        [...seen(form, figures)].map(([id, read]) => [id, { ...read, turus: said(figures.get(id) ?? 0) }] as const),
      );
      const { figures: decided } = decode(form, evidence);
      expect([...decided.values()].filter(({ status }) => status === 'asked')).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
