import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUTTONS, type Button, GRIP_MS } from './buttons.ts';
import { type KeyEvent, noKeys, SETTLE_MS, STUCK_MS, stepKeys, stuckKeys } from './keys.ts';

type Move = readonly [at: number, button: Button, isDown: boolean];

/** Plays the moves of hands and contacts, with every tick that was asked for between, up to a time. */
function play(moves: readonly Move[], until: number) {
  let keys = noKeys();
  let wake: number | null = null;
  const pressed: (readonly [Button, number])[] = [];
  const grips: number[] = [];
  const take = (event: KeyEvent) => {
    const taken = stepKeys(keys, event);
    keys = taken.keys;
    wake = taken.wakeAt;
    if (taken.gripped) grips.push(event.at);
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
  return { pressed, grips, stuck: stuckKeys(keys) };
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

  it('tell the grip of YA and ULANG once it was held, however long, and no press of either', () => {
    const held = [...push('YA', 0, GRIP_MS + 4_000), ...push('ULANG', 30, GRIP_MS + 4_000)];
    const inOrder = [...held].sort(([one], [other]) => one - other);
    expect(play(inOrder, 20_000)).toMatchObject({ pressed: [], grips: [30 + GRIP_MS] });
  });

  it('tell no grip of keys that were let go too early, of other keys, or of all three', () => {
    const both = (one: Button, other: Button, ms: number) =>
      [...push(one, 0, ms), ...push(other, 10, ms)].sort(([first], [second]) => first - second);
    expect(play(both('YA', 'ULANG', GRIP_MS - 20), 20_000).grips).toEqual([]);
    expect(play(both('YA', 'PINDAI', 2 * GRIP_MS), 20_000).grips).toEqual([]);
    const all = [...both('YA', 'ULANG', 2 * GRIP_MS), ...push('PINDAI', 20, 2 * GRIP_MS)];
    expect(
      play(
        all.sort(([one], [other]) => one - other),
        20_000,
      ).grips,
    ).toEqual([]);
  });

  it('tell no grip of a key that is stuck', () => {
    const stuck = [[0, 'ULANG', true] as const, ...push('YA', STUCK_MS + 100, 2 * GRIP_MS)];
    expect(play(stuck, STUCK_MS + 20_000)).toMatchObject({ grips: [], stuck: ['ULANG'] });
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
