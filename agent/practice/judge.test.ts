import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOX_CLASSES, UNREADABLE, UNUSED } from '#agent/tally/evidence.ts';
import { CHARACTERS, type Character } from '#contract/practice/practice-sheet.ts';
import { judgeRow } from './judge.ts';
import type { SeenBox } from './risk.ts';

describe('a row that is written as recommended', () => {
  test.each(CHARACTERS)('is aman: %s', (character) => {
    expect(judgeRow(character, six(box(character)))).toEqual({
      character,
      verdict: 'aman',
      reasons: [],
      written: 6,
    });
  });
});

describe('what is read decides first', () => {
  test('one box read as another digit puts the row at risk, and is named with its probability', () => {
    const { verdict, reasons } = judgeRow('4', [...five(box('4')), { ...box('4'), reading: reading('9', 0.97) }]);
    expect(verdict).toBe('berisiko');
    expect(reasons).toEqual([{ found: [{ box: 5, risk: { kind: 'misread', as: '9', probability: 0.97 } }] }]);
  });

  test.each([
    ['less than ten to one', 0.9, 'unsure'],
    ['ten to one and more', 0.92, undefined],
  ])('read right at odds of %s', (_, right, kind) => {
    const hesitant = BOX_CLASSES.map((_name, at) => (at === 7 ? right : at === 1 ? 1 - right : 0));
    const { reasons } = judgeRow('7', [...five(box('7')), { ...box('7'), reading: hesitant }]);
    expect(reasons.map(({ found }) => found[0].risk.kind)).toEqual(kind ? [kind] : []);
  });

  test.each([
    ['unused', UNUSED, 'X'],
    ['unreadable', UNREADABLE, 'unreadable'],
  ])('a digit taken for %s is a mistake too', (_, at, as) => {
    const taken = BOX_CLASSES.map((_name, index) => (index === at ? 1 : 0));
    const [reason] = judgeRow('8', [{ ...box('8'), reading: taken }]).reasons;
    expect(reason?.found[0].risk).toMatchObject({ kind: 'misread', as });
  });

  test('mistakes of one row are one reason, the gravest first', () => {
    const boxes = [...five({ ...box('1'), reading: reading('1', 0.6) }), { ...box('1'), reading: reading('7', 0.8) }];
    const { reasons } = judgeRow('1', boxes);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.found.map(({ risk }) => risk.kind)).toEqual(['misread', ...Array(5).fill('unsure')]);
  });
});

describe('how the pen is used', () => {
  test.each([
    ['faint', { ink: { strength: 0.3 } }],
    ['on-frame', { ink: { onFrame: 0.08 } }],
    ['in-pieces', { ink: { pieces: 3 } }],
    ['small', { shape: { height: 0.3 } }],
  ] as const)(
    '%s in half of the boxes puts the row at risk, in two it is noted, in one it is a slip',
    (kind, fault) => {
      const faulty = changed(box('3'), fault);
      const rowOf = (count: number) =>
        judgeRow('3', [...Array(count).fill(faulty), ...Array(6 - count).fill(box('3'))]);
      expect([6, 3, 2, 1].map((count) => rowOf(count).verdict)).toEqual(['berisiko', 'berisiko', 'perhatikan', 'aman']);
      expect(rowOf(6).reasons.map(({ found }) => found[0].risk.kind)).toEqual([kind]);
    },
  );

  test('a slip in a box that is not read surely is told as its cause', () => {
    const doubtful = changed({ ...box('0'), reading: reading('6', 0.7) }, { ink: { strength: 0.3 } });
    const kinds = judgeRow('0', [...five(box('0')), doubtful]).reasons.map(({ found }) => found[0].risk.kind);
    expect(kinds).toEqual(['misread', 'faint']);
  });

  test('people lift the pen in 4, 5, 7 and X', () => {
    const inTwo = (character: Character) => changed(box(character), { ink: { pieces: 2 } });
    const whole = CHARACTERS.filter((character) => judgeRow(character, six(inTwo(character))).verdict === 'aman');
    expect(whole).toEqual(['4', '5', '7', 'X']);
  });
});

describe('shapes that readers confuse are noted even where this one is not misled', () => {
  test.each([
    ['4', { loops: 1 }, 'closed-top'],
    ['0', { loops: 0 }, 'loop-open'],
    ['8', { loops: 1 }, 'loop-open'],
    ['5', { loops: 1 }, 'needless-loop'],
    ['7', { barred: true }, 'barred'],
    ['1', { flag: 0.4 }, 'long-flag'],
    ['1', { foot: 0.35 }, 'foot'],
  ] as const)('%s with %o is %s', (character, shape, kind) => {
    const { verdict, reasons } = judgeRow(character, six(changed(box(character), { shape })));
    expect(verdict).toBe('perhatikan');
    expect(reasons.map(({ found }) => found[0].risk.kind)).toEqual([kind]);
  });

  test('but nothing is said of the shape where the frame cuts through it', () => {
    const cut = changed(box('8'), { ink: { onFrame: 0.1, pieces: 4 }, shape: { loops: 0 } });
    const kinds = judgeRow('8', six(cut)).reasons.map(({ found }) => found[0].risk.kind);
    expect(kinds).toEqual(['on-frame']);
  });
});

describe('boxes left empty', () => {
  const empty = changed(box('X'), { ink: { share: 0, pieces: 0 }, shape: { loops: 0, height: 0 } });

  test('say nothing: a row of them is kosong', () => {
    expect(judgeRow('6', six(empty))).toEqual({ character: '6', verdict: 'kosong', reasons: [], written: 0 });
  });

  test('are left out where at least half of them are filled; of fewer nothing good is said', () => {
    const filled = (count: number) => [...Array(count).fill(box('6')), ...Array(6 - count).fill(empty)];
    expect(judgeRow('6', filled(3))).toMatchObject({ verdict: 'aman', written: 3 });
    expect(judgeRow('6', filled(2))).toMatchObject({ verdict: 'kosong', written: 2 });
  });

  test('do not hide what the filled ones show', () => {
    const misread = { ...box('6'), reading: reading('0', 0.9) };
    expect(judgeRow('6', [misread, ...five(empty)])).toMatchObject({ verdict: 'berisiko', written: 1 });
  });
});

describe('of every row', () => {
  const anyBox = fc.record({
    reading: fc
      .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 })
      .map((odds) => odds.map((one) => one / odds.reduce((sum, other) => sum + other))),
    ink: fc.record({
      share: fc.constantFrom(0, 0.1),
      pieces: fc.integer({ min: 1, max: 4 }),
      onFrame: fc.double({ min: 0, max: 0.2, noNaN: true }),
      strength: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    shape: fc.record({
      loops: fc.integer({ min: 0, max: 3 }),
      barred: fc.boolean(),
      flag: fc.double({ min: 0, max: 1, noNaN: true }),
      foot: fc.double({ min: 0, max: 1, noNaN: true }),
      height: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  });
  const anyRow = fc.array(anyBox, { minLength: 1, maxLength: 6 });
  const anyCharacter = fc.constantFrom(...CHARACTERS);

  test('who is aman or kosong is told nothing, who is not is told why', () => {
    fc.assert(
      fc.property(anyCharacter, anyRow, (character, boxes) => {
        const { verdict, reasons } = judgeRow(character, boxes);
        expect(reasons.length > 0).toBe(verdict === 'berisiko' || verdict === 'perhatikan');
      }),
    );
  });

  test('a box read as something else is never passed over', () => {
    fc.assert(
      fc.property(anyCharacter, anyRow, (character, boxes) => {
        const right = character === 'X' ? UNUSED : Number(character);
        const misread = boxes.filter(
          ({ ink, reading }) => ink.share > 0 && Math.max(...reading) > (reading[right] ?? 0),
        );
        if (misread.length > 0) expect(judgeRow(character, boxes).verdict).toBe('berisiko');
      }),
    );
  });

  test('the order of the boxes does not matter to the verdict', () => {
    fc.assert(
      fc.property(anyCharacter, anyRow, (character, boxes) => {
        expect(judgeRow(character, boxes.toReversed()).verdict).toBe(judgeRow(character, boxes).verdict);
      }),
    );
  });
});

const LOOPS: Readonly<Partial<Record<Character, number>>> = { 0: 1, 6: 1, 8: 2, 9: 1 };

/** A box in which the character stands as it should. */
function box(character: Character): SeenBox {
  return {
    reading: reading(character, 0.999),
    ink: { share: 0.1, pieces: 1, onFrame: 0, strength: 0.75 },
    shape: { loops: LOOPS[character] ?? 0, barred: false, flag: 0, foot: 0.1, height: 0.7 },
  };
}

/** The rest goes to 0, or to 1 where 0 is read. */
function reading(character: Character, probability: number): readonly number[] {
  const at = character === 'X' ? UNUSED : Number(character);
  const other = at === 0 ? 1 : 0;
  return BOX_CLASSES.map((_, index) => (index === at ? probability : index === other ? 1 - probability : 0));
}

type Change = { readonly [Part in 'ink' | 'shape']?: Partial<SeenBox[Part]> };

function changed(seen: SeenBox, { ink, shape }: Change): SeenBox {
  return { ...seen, ink: { ...seen.ink, ...ink }, shape: { ...seen.shape, ...shape } };
}

function five(seen: SeenBox): readonly SeenBox[] {
  return Array(5).fill(seen);
}

function six(seen: SeenBox): readonly SeenBox[] {
  return Array(6).fill(seen);
}
