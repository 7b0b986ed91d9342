import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUTTONS, type Button } from './buttons.ts';
import { type KeyEvent, noKeys, SETTLE_MS, STUCK_MS, stepKeys, stuckKeys } from './keys.ts';

type Move = readonly [at: number, button: Button, isDown: boolean];

/** Plays the moves of hands and contacts, with every tick that was asked for between, up to a time. */
function play(moves: readonly Move[], until: number) {
  let keys = noKeys();
  let wake: number | null = null;
  const pressed: (readonly [Button, number])[] = [];
  const take = (event: KeyEvent) => {
    const taken = stepKeys(keys, event);
    keys = taken.keys;
    wake = taken.wakeAt;
    pressed.push(...taken.pressed.map((button) => [button, event.at] as const));
  };
  const ticks = (to: number) => {
    for (let due = wake; due !== null && due <= to; due = wake) take({ kind: 'tick', at: due });
  };
  for (const [at, button, isDown] of moves) {
    ticks(at);
    take({ kind: 'edge', button, isDown, at });
  }
  ticks(until);
  return { pressed, stuck: stuckKeys(keys) };
}

/** Moments that lie so far apart. */
function timesOf(gaps: readonly number[]): readonly number[] {
  return gaps.map((_, n) => gaps.slice(0, n + 1).reduce((sum, gap) => sum + gap, 0));
}

const push = (button: Button, at: number, held: number): readonly Move[] => [
  [at, button, true],
  [at + held, button, false],
];

describe('three keys', () => {
  it('tell a press once it has settled, soon enough to be felt', () => {
    expect(play(push('YA', 100, 120), 1_000).pressed).toEqual([['YA', 100 + SETTLE_MS]]);
    expect(SETTLE_MS).toBeLessThan(100);
  });

  it('tell one press however a contact bounces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: SETTLE_MS - 1 }), { maxLength: 12 }), (gaps) => {
        const times = timesOf(gaps);
        const at = times.at(-1) ?? 0;
        const bounces = times.map((time, n): Move => [time, 'PINDAI', n % 2 === 0]);
        const last: Move = [at + 1, 'PINDAI', true];
        const moves = [...bounces, last, [at + 400, 'PINDAI', false] as const];
        expect(play(moves, at + 2_000).pressed.map(([button]) => button)).toEqual(['PINDAI']);
      }),
    );
  });

  it('tell nothing of a touch that is shorter than any hand', () => {
    expect(play(push('YA', 0, SETTLE_MS - 1), 1_000).pressed).toEqual([]);
  });

  it('tell a long press once', () => {
    expect(play(push('ULANG', 0, 9_000), 10_000).pressed).toEqual([['ULANG', SETTLE_MS]]);
  });

  it('tell neither of two that go down together, nor one beside a key that is held, until both are up', () => {
    const together = [...push('PINDAI', 0, 300), ...push('YA', 20, 300), ...push('YA', 1_000, 100)];
    const inOrder = [...together].sort(([one], [other]) => one - other);
    expect(play(inOrder, 2_000).pressed).toEqual([['YA', 1_000 + SETTLE_MS]]);
    const beside = [...push('PINDAI', 0, 2_000), ...push('YA', 500, 100)].sort(([one], [other]) => one - other);
    expect(play(beside, 3_000).pressed).toEqual([['PINDAI', SETTLE_MS]]);
  });

  it('know a key that is stuck, and hear the others meanwhile', () => {
    const moves = [[0, 'PINDAI', true] as const, ...push('YA', STUCK_MS + 1_000, 100)];
    const { pressed, stuck } = play(moves, STUCK_MS + 2_000);
    expect([pressed.map(([button]) => button), stuck]).toEqual([['PINDAI', 'YA'], ['PINDAI']]);
    const mended = [
      ...moves,
      ...[[STUCK_MS + 5_000, 'PINDAI', false] as const],
      ...push('PINDAI', STUCK_MS + 6_000, 90),
    ];
    const after = play(mended, STUCK_MS + 9_000);
    expect([after.pressed.map(([button]) => button), after.stuck]).toEqual([['PINDAI', 'YA', 'PINDAI'], []]);
  });

  it('tell no press that no key made, whatever the lines do', () => {
    const move = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(...BUTTONS), fc.boolean());
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (drawn) => {
        const times = timesOf(drawn.map(([gap]) => gap));
        const moves = drawn.map(([, button, isDown], n): Move => [times[n] ?? 0, button, isDown]);
        const { pressed } = play(moves, (times.at(-1) ?? 0) + 1_000);
        for (const [button, time] of pressed) {
          const begun = moves.filter(([when, which, isDown]) => which === button && isDown && when <= time - SETTLE_MS);
          expect(begun.length).toBeGreaterThan(0);
        }
        const downs = moves.filter(([, , isDown]) => isDown).length;
        expect(pressed.length).toBeLessThanOrEqual(downs);
      }),
    );
  });
});
