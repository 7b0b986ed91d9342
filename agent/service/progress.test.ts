import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, begunAt, PARTS, stuckParts } from './progress.ts';

const LIMIT = 60_000;

describe('the progress of the kit’s parts', () => {
  it('a kit that rests and answers is never stuck', () => {
    let progress = begunAt(0);
    for (let now = 0; now <= 10 * LIMIT; now += 10_000) {
      for (const part of PARTS) progress = answered(progress, part, null, now);
      expect(stuckParts(progress, now, LIMIT)).toEqual([]);
    }
  });

  it('a part that does not answer is stuck after the limit, and no other with it', () => {
    let progress = begunAt(0);
    for (let now = 0; now <= LIMIT + 1; now += 1_000) {
      progress = answered(answered(progress, 'session', null, now), 'uplink', null, now);
    }
    expect([stuckParts(progress, LIMIT, LIMIT), stuckParts(progress, LIMIT + 1, LIMIT)]).toEqual([[], ['store']]);
  });

  it('a part that answers promptly and stays at the same work is stuck all the same', () => {
    const reading = { turn: 7 };
    let progress = answered(begunAt(0), 'session', reading, 1_000);
    for (let now = 2_000; now <= 2 * LIMIT; now += 1_000) progress = answered(progress, 'session', reading, now);
    expect(stuckParts(progress, 2 * LIMIT, LIMIT)).toContain('session');
  });

  it('work that follows on work is progress, for as long as it goes on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: LIMIT }), { maxLength: 50 }), (pauses) => {
        let [progress, now] = [begunAt(0), 0];
        for (const [n, pause] of pauses.entries()) {
          now += pause;
          for (const part of PARTS) progress = answered(progress, part, n, now);
          if (stuckParts(progress, now, LIMIT).length > 0) return false;
        }
        return stuckParts(progress, now + LIMIT + 1, LIMIT).length === PARTS.length;
      }),
    );
  });
});
