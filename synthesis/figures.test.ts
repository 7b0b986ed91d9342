import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestOf } from '#contract/form/definition.ts';
import { judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { breakRule, drawFigures } from './figures.ts';
import { randomOf } from './random.ts';

const forms = shippedForms().forms;

describe.each(forms.map((form) => [form.id, form] as const))('figures of a TPS on %s', (_, form) => {
  it('keep every rule of the form', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const verdicts = judge(form, drawFigures(form, randomOf(seed)));
        expect(verdicts.every(({ verdict }) => verdict === 'holds')).toBe(true);
      }),
    );
  });

  it('fit the boxes they are written in', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const figures = drawFigures(form, randomOf(seed));
        for (const figure of form.pages.flatMap((page) => page.figures)) {
          const value = figures.get(figure.id) ?? null;
          expect(value).not.toBeNull();
          expect(value).toBeLessThanOrEqual(largestOf(figure));
        }
      }),
    );
  });

  it.each(form.rules.map(({ id }) => id))('can be made to break %s', (rule) => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = randomOf(seed);
        const broken = breakRule(form, drawFigures(form, random), rule, random);
        expect(judge(form, broken).find((one) => one.rule.id === rule)?.verdict).toBe('broken');
      }),
      { numRuns: 25 },
    );
  });

  it('are the same for the same seed', () => {
    expect(drawFigures(form, randomOf('x'))).toEqual(drawFigures(form, randomOf('x')));
  });
});

it('looks like Palembang: about 500 listed and 60 % voting', () => {
  const form = forms.find(({ id }) => id === 'c-hasil-kwk-gubernur');
  if (!form) throw new Error('the Governor form is missing');
  const drawn = Array.from({ length: 300 }, (_, i) => drawFigures(form, randomOf(`tps ${i}`)));
  const mean = (id: string): number => drawn.reduce((sum, figures) => sum + (figures.get(id) ?? 0), 0) / drawn.length;
  expect(mean('dpt.j')).toBeGreaterThan(480);
  expect(mean('dpt.j')).toBeLessThan(560);
  expect(mean('pengguna.j') / mean('dpt.j')).toBeGreaterThan(0.55);
  expect(mean('pengguna.j') / mean('dpt.j')).toBeLessThan(0.75);
});
