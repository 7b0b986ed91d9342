import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allFigures, type FormDefinition, ruleFigures } from '#contract/form/definition.ts';
import { type Figures, judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { breakRule, drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { type Decision, decode, decodeAnswered } from './decode.ts';
import type { BoxReading, Evidence } from './evidence.ts';
import { logOdds, readNumber } from './number.ts';
import { questionsOf } from './questions.ts';
import { type Noise, readNoisily } from './testing/noisy-reader.ts';
import { box, patternOf, row, seen } from './testing/seen.ts';
import {
  CERTAIN_MARGIN,
  CLEAR_PREFERENCE,
  DEAREST_CHANGE,
  HIGHEST_MARGIN,
  OWN_FLOOR,
  SETTLED_MARGIN,
  SILENT_ERROR_TARGET,
} from './thresholds.ts';

const forms = shippedForms().forms.filter(({ kind }) => kind !== 'daftar-hadir');
const kwk = formOf('c-hasil-kwk-gubernur');
const aFormId = fc.constantFrom(...forms.map(({ id }) => id));
const aSeed = fc.integer().map(String);
const aNoise = fc.record({
  hard: fc.constantFrom(0.02, 0.2, 0.6),
  overConfidence: fc.constantFrom(1, 2),
  oneHand: fc.constantFrom(0, 1),
  bubbles: fc.constantFrom('filled' as const, 'left-alone' as const),
});
const aNoisyForm = fc.record({ id: aFormId, seed: aSeed, noise: aNoise });

function noisy({ id, seed, noise }: { readonly id: string; readonly seed: string; readonly noise: Noise }) {
  const form = formOf(id);
  const figures = drawFigures(form, randomOf(seed));
  return { form, figures, evidence: readNoisily(form, figures, noise, randomOf(`${seed}/noise`)) };
}

function formOf(id: string): FormDefinition {
  const form = shippedForms().byId(id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

function bestOf(decision: Decision): Figures {
  return new Map([...decision.figures].map(([id, { best }]) => [id, best.value]));
}

function askedOf(decision: Decision): readonly string[] {
  return [...decision.figures.values()].filter(({ status }) => status === 'asked').map(({ figure }) => figure);
}

function brokenOf(decision: Decision): readonly string[] {
  return decision.verdicts.filter(({ verdict }) => verdict === 'broken').map(({ rule }) => rule.id);
}

describe('a consistent form read without noise', () => {
  test('is returned exactly and asks nothing', () => {
    fc.assert(
      fc.property(aFormId, aSeed, (id, seed) => {
        const form = formOf(id);
        const figures = drawFigures(form, randomOf(seed));
        const decision = decode(form, seen(form, figures));
        expect(bestOf(decision)).toEqual(figures);
        expect(askedOf(decision)).toEqual([]);
        expect(brokenOf(decision)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('asks nothing page by page either, and leaves rules of pages to come open', () => {
    const evidence = seen(kwk, drawFigures(kwk, randomOf('pages')));
    const firstPage = new Set(kwk.pages[0]?.figures.map(({ id }) => id));
    const decision = decode(kwk, new Map([...evidence].filter(([id]) => firstPage.has(id))));
    expect(new Set(decision.figures.keys())).toEqual(firstPage);
    expect(askedOf(decision)).toEqual([]);
    expect(decision.verdicts.find(({ rule }) => rule.id === 'suara.total-is-digunakan')?.verdict).toBe('incomplete');
  });

  test('reads the same in whatever order pages came in', () => {
    fc.assert(
      fc.property(aNoisyForm, aSeed, (drawn, seed) => {
        const { form, evidence } = noisy(drawn);
        const random = randomOf(seed);
        const shuffled = [...evidence].map((entry) => [random.unit(), entry] as const).sort(([a], [b]) => a - b);
        expect(decode(form, new Map(shuffled.map(([, entry]) => entry)))).toEqual(decode(form, evidence));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a form that does not add up on paper', () => {
  test('keeps every figure, names every broken rule, and asks the figures of the blocking ones', () => {
    for (const form of forms) {
      for (const { id } of form.rules) {
        const figures = breakRule(form, drawFigures(form, randomOf(id)), id, randomOf(id));
        const decision = decode(form, seen(form, figures));
        const broken = judge(form, figures).filter(({ verdict }) => verdict === 'broken');
        expect(bestOf(decision)).toEqual(figures);
        expect(brokenOf(decision)).toEqual(broken.map(({ rule }) => rule.id));
        expect(brokenOf(decision)).toContain(id);
        const blocking = broken.filter(({ rule }) => rule.severity === 'blocking');
        expect(new Set(askedOf(decision))).toEqual(new Set(blocking.flatMap(({ rule }) => ruleFigures(rule))));
      }
    }
  });

  test('keeps any figures at all that are read with certainty', () => {
    fc.assert(
      fc.property(aFormId, aSeed, (id, seed) => {
        const form = formOf(id);
        const random = randomOf(seed);
        const figures = new Map(allFigures(form).map(({ id }) => [id, random.whole(0, 999)]));
        expect(bestOf(decode(form, seen(form, figures)))).toEqual(figures);
      }),
      { numRuns: 20 },
    );
  });
});

describe('an unclear figure', () => {
  const figures = new Map(drawFigures(kwk, randomOf('unclear')))
    .set('paslon-1', 100)
    .set('paslon-2', 41)
    .set('paslon-3', 200)
    .set('suara.sah', 341)
    .set('suara.tidak-sah', 9)
    .set('suara.total', 350)
    .set('surat-suara.digunakan', 350);
  const votes = seen(kwk, new Map([...figures].filter(([id]) => /^paslon|^suara/.test(id))));
  const withSah = (tens: BoxReading) => {
    const decision = decode(kwk, new Map(votes).set('suara.sah', { boxes: [...row('3'), tens, ...row('1')] }));
    return { decision, sah: decision.figures.get('suara.sah') };
  };

  test('is settled by two sums when its own evidence prefers what they say', () => {
    const { sah } = withSah(box({ 4: 0.96, 9: 0.04 }));
    expect(sah).toMatchObject({ best: { value: 341 }, second: { value: 391 }, status: 'accepted' });
    expect(sah?.margin).toBeGreaterThan(SETTLED_MARGIN);
    expect(sah?.ownMargin).toBeLessThan(CERTAIN_MARGIN);
  });

  test('is settled by two sums as soon as its own evidence holds it likelier than not, and never against it', () => {
    expect(withSah(box({ 4: 0.8, 9: 0.2 })).sah).toMatchObject({ best: { value: 341 }, status: 'accepted' });
    expect(withSah(box({ 4: 0.3, 9: 0.7 })).sah).toMatchObject({ best: { value: 341 }, reasons: ['margin'] });
    expect(withSah(box({ 4: 0.3, 9: 0.7 })).sah?.ownMargin).toBeLessThan(0);
  });

  test('is asked where its hand may draw the same two alike in another figure of its only sum', () => {
    const withTens = (sah: BoxReading, paslon: BoxReading) => {
      const evidence = new Map([...votes].filter(([id]) => /^paslon|sah$/.test(id) && id !== 'suara.tidak-sah'))
        .set('suara.sah', { boxes: [...row('3'), sah, ...row('1')] })
        .set('paslon-2', { boxes: [...row('_'), paslon, ...row('1')] });
      return decode(kwk, evidence).figures.get('suara.sah');
    };
    const [fourOrNine, fourOrSeven] = [box({ 4: 0.993, 9: 0.007 }), box({ 4: 0.993, 7: 0.007 })];
    expect(withTens(fourOrNine, fourOrSeven)).toMatchObject({ best: { value: 341 }, status: 'accepted' });
    expect(withTens(fourOrNine, fourOrNine)).toMatchObject({ best: { value: 341 }, reasons: ['margin'] });
    expect(withTens(fourOrNine, box({ 4: 1 }))).toMatchObject({ best: { value: 341 }, status: 'accepted' });
  });

  test('that might be a blank row is settled by a sum that counts it, and blank where the sum counts nothing', () => {
    const withInvalid = (unit: BoxReading, total: string) => {
      const evidence = new Map([...votes].filter(([id]) => /^suara/.test(id)))
        .set('suara.tidak-sah', { boxes: [...row('__'), unit] })
        .set('suara.total', { boxes: row(total) });
      return decode(kwk, evidence).figures.get('suara.tidak-sah');
    };
    const maybe = (blank: number) => box({ 9: 1 - blank, 10: blank });
    expect(withInvalid(maybe(0.005), '350')).toMatchObject({ best: { value: 9 }, status: 'accepted' });
    expect(withInvalid(maybe(0.1), '350')).toMatchObject({ best: { value: 9 }, reasons: ['margin'] });
    expect(withInvalid(maybe(0.1), '341')).toMatchObject({ best: { value: null }, reasons: ['not-filled-in'] });
  });

  test('is asked when it alone stands on a page without sums', () => {
    const evidence = new Map([['suara.sah', { boxes: [...row('3'), box({ 4: 0.96, 9: 0.04 }), ...row('1')] }]]);
    expect(decode(kwk, evidence).figures.get('suara.sah')?.reasons).toEqual(['margin']);
  });

  test('that is certain by itself is taken while its sum waits for a page, and must be confirmed when it is read', () => {
    const oneIn = (share: number) => ({ boxes: [...row('10'), box({ 0: 1 - share, 5: share })] });
    const firstPair = (evidence: Evidence) => decode(kwk, evidence).figures.get('paslon-1');
    const alone = (share: number) => firstPair(new Map([['paslon-1', oneIn(share)]]));
    expect(alone(5e-3)).toMatchObject({ best: { value: 100 }, reasons: ['margin'] });
    expect(alone(5e-4)).toMatchObject({ best: { value: 100 }, status: 'accepted' });
    expect(alone(5e-4)?.margin).toBeLessThan(SETTLED_MARGIN);
    expect(firstPair(new Map(votes).set('paslon-1', oneIn(5e-4)))?.status).toBe('accepted');
    const doubtful = new Map(votes)
      .set('paslon-1', oneIn(5e-4))
      .set('suara.sah', { boxes: [...row('34'), box({ 1: 0.6, 6: 0.4 })] })
      .set('suara.tidak-sah', { boxes: [...row('__'), box({ 9: 0.6, 4: 0.4 })] });
    expect(firstPair(doubtful)?.ownMargin).toBeGreaterThan(CERTAIN_MARGIN);
    expect(firstPair(doubtful)?.reasons).toEqual(['margin']);
    const answered = decodeAnswered(kwk, doubtful, new Map([['suara.sah', 341]]));
    expect(answered.figures.get('paslon-1')?.status).toBe('accepted');
  });

  test('takes no margin of figures that have nothing to do with it, however broken the rest is', () => {
    const hopeless = { boxes: [0, 1, 2].map(() => box({})) };
    const evidence = new Map(seen(kwk, new Map(figures).set('surat-suara.digunakan', 1)))
      .set('suara.total', hopeless)
      .set('disabilitas.l', hopeless);
    const decision = decode(kwk, evidence);
    for (const id of ['dpt.l', 'dpt.p', 'dpt.j', 'pengguna-dpph.l', 'pengguna-dpph.p', 'pengguna-dpph.j']) {
      expect(decision.figures.get(id)?.margin).toBeGreaterThan(SETTLED_MARGIN);
    }
  });

  test('that is certainly something else keeps its reading and breaks the sums', () => {
    const { decision, sah } = withSah(box({ 9: 1 }));
    expect(sah).toMatchObject({ best: { value: 391 }, reasons: ['rule-broken'] });
    expect(brokenOf(decision)).toEqual(['suara.sah-is-sum', 'suara.total-is-sum']);
  });

  test('that is nearly certainly something else keeps its reading, though that breaks two sums at once', () => {
    const { decision, sah } = withSah(box({ 9: 0.9985, 4: 0.0005, 8: 0.001 }));
    expect(sah?.ownMargin).toBeLessThan(DEAREST_CHANGE);
    expect(sah).toMatchObject({ best: { value: 391 }, second: { value: 341 } });
    expect(sah?.reasons).toContain('rule-broken');
    expect(brokenOf(decision)).toEqual(['suara.sah-is-sum', 'suara.total-is-sum']);
    expect(questionsOf(decision)[0]?.figure).toBe('suara.sah');
  });

  test('two ones that look like sevens in one row are asked though the sum holds either way', () => {
    const unclear = () => ({ boxes: [...row('_'), box({ 1: 0.03, 7: 0.97 }), ...row('0')] });
    const evidence = new Map([
      ['disabilitas.l', unclear()],
      ['disabilitas.p', { boxes: row('__0') }],
      ['disabilitas.j', unclear()],
    ]);
    expect(decode(kwk, evidence).figures.get('disabilitas.l')).toMatchObject({ best: { value: 70 }, status: 'asked' });
    expect(decode(kwk, evidence).figures.get('disabilitas.j')).toMatchObject({ best: { value: 70 }, status: 'asked' });
  });

  test('written over, left empty or left-aligned is asked with its reason', () => {
    const reasonsOf = (pattern: string) =>
      decode(kwk, new Map(votes).set('suara.tidak-sah', { boxes: row(pattern) })).figures.get('suara.tidak-sah')
        ?.reasons;
    expect(reasonsOf('__9')).toEqual([]);
    expect(reasonsOf('__?')).toEqual(['unreadable']);
    expect(reasonsOf('9__')).toEqual(['unusual-pattern']);
    expect(reasonsOf('___')).toEqual(['not-filled-in']);
  });

  test('whose bubbles contradict its digits is asked, even where the sums agree with the digits', () => {
    const contradicted = { boxes: row('_41'), bubbles: [0, 9, 1].map((digit) => box({ [digit]: 1 })) };
    const decision = decode(kwk, new Map(votes).set('paslon-2', contradicted));
    expect(decision.figures.get('paslon-2')?.reasons).toContain('sources-disagree');
  });

  test('of which nothing is known offers two readings and claims no margin', () => {
    const flat = { boxes: [0, 1, 2].map(() => box({})) };
    const decision = decode(kwk, new Map(allFigures(kwk).map(({ id }) => [id, flat])));
    for (const { status, margin, second, best } of decision.figures.values()) {
      expect({ status, second: typeof second?.value }).toEqual({ status: 'asked', second: 'number' });
      expect(second?.value).not.toBe(best.value);
      expect(margin).toBeLessThan(CLEAR_PREFERENCE);
    }
  });

  test('without a single box is not filled in and has no other reading', () => {
    const none = decode(kwk, new Map([['paslon-1', { boxes: [] }]])).figures.get('paslon-1');
    expect(none).toMatchObject({ best: { value: null }, second: null, reasons: ['not-filled-in'] });
  });
});

describe('whatever the reader says', () => {
  test('a certain reading is never changed', () => {
    fc.assert(
      fc.property(aNoisyForm, (drawn) => {
        const { form, evidence } = noisy(drawn);
        const decision = decode(form, evidence);
        for (const [id, figure] of evidence) {
          const own = readNumber(figure).candidates[0];
          if (logOdds(own.probability) >= DEAREST_CHANGE) expect(decision.figures.get(id)?.best.value).toBe(own.value);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('what is accepted is preferred by its own evidence, surely enough, and in no broken blocking rule', () => {
    fc.assert(
      fc.property(aNoisyForm, (drawn) => {
        const { form, evidence } = noisy(drawn);
        const decision = decode(form, evidence);
        const blocking = decision.verdicts.filter(({ rule }) => rule.severity === 'blocking');
        const broken = blocking.filter(({ verdict }) => verdict === 'broken').flatMap(({ rule }) => ruleFigures(rule));
        for (const { figure, best, ownMargin, margin, status, reasons } of decision.figures.values()) {
          expect(status === 'accepted').toBe(reasons.length === 0);
          expect(margin).toBeLessThanOrEqual(HIGHEST_MARGIN);
          if (status === 'asked') continue;
          expect(ownMargin).toBeGreaterThanOrEqual(OWN_FLOOR);
          expect(margin).toBeGreaterThanOrEqual(SETTLED_MARGIN);
          expect(broken).not.toContain(figure);
          expect(best.value).not.toBeNull();
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['5 % of boxes hard', 0.05, 'adds up'],
    ['20 % of boxes hard', 0.2, 'adds up'],
    ['5 % of boxes hard, on papers that break a rule', 0.05, 'does not'],
    ['20 % of boxes hard, on papers that break a rule', 0.2, 'does not'],
  ] as const)('accepted figures of a calibrated reader keep the target together: %s', (_, hard, paper) => {
    const errors: number[] = [];
    for (let n = 0; n < 100; n++) {
      const random = randomOf(`stated/${n}`);
      const drawn = drawFigures(kwk, random);
      const { id } = kwk.rules[n % kwk.rules.length] ?? { id: '' };
      const written = paper === 'adds up' ? drawn : breakRule(kwk, drawn, id, random);
      const noise = { hard, overConfidence: 1, oneHand: 0, bubbles: 'filled' } as const;
      const { figures } = decode(kwk, readNoisily(kwk, written, noise, random));
      const accepted = [...figures.values()].filter(({ status }) => status === 'accepted');
      errors.push(...accepted.map(({ margin }) => 1 / (1 + Math.exp(margin))));
    }
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(SILENT_ERROR_TARGET);
  });

  test('sharper evidence for an accepted figure leaves it accepted, with the same number', () => {
    fc.assert(
      fc.property(aNoisyForm, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, sharpness) => {
        const { form, evidence } = noisy(drawn);
        for (const { figure, best, status } of decode(form, evidence).figures.values()) {
          if (status === 'asked') continue;
          const after = decode(form, sharpened(evidence, figure, best.value, sharpness)).figures.get(figure);
          expect(after).toMatchObject({ best: { value: best.value }, status: 'accepted' });
        }
      }),
      { numRuns: 4 },
    );
  });

  test('a decision is the same every time', () => {
    fc.assert(
      fc.property(aNoisyForm, (drawn) => {
        const { form, evidence } = noisy(drawn);
        expect(decode(form, evidence)).toEqual(decode(form, evidence));
      }),
      { numRuns: 10 },
    );
  });
});

test('what a person answered is certain, also on a page not read yet', () => {
  const decision = decodeAnswered(
    kwk,
    new Map([['paslon-1', { boxes: row('__?') }]]),
    new Map([
      ['paslon-1', 7],
      ['paslon-2', null],
    ]),
  );
  const sure = { source: 'person', status: 'accepted', second: null, reasons: [] };
  expect(decision.figures.get('paslon-1')).toMatchObject({ ...sure, best: { value: 7, probability: 1 } });
  expect(decision.figures.get('paslon-2')).toMatchObject({ ...sure, best: { value: null } });
});

/** Moves a share of every box's probability to what the usual way of writing the number has there. */
function sharpened(evidence: Evidence, figure: string, value: number | null, share: number): Evidence {
  const old = evidence.get(figure);
  if (!old) return evidence;
  const pure = row(patternOf(value, old.boxes.length));
  const boxes = old.boxes.map((reading, i) => reading.map((p, c) => (1 - share) * p + share * (pure[i]?.[c] ?? 0)));
  return new Map(evidence).set(figure, { ...old, boxes });
}
