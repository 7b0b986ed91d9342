import { beforeAll, describe, expect, it } from 'vitest';
import type { Officer } from '#contract/officers/officer-register.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import type { Event } from './event.ts';
import { logIn } from './log-in.ts';
import { step } from './machine.ts';
import { waitAfter } from './officers.ts';
import type { Rulebook } from './rulebook.ts';
import { figureValue, firstState, type State } from './state.ts';
import { BESAR, written } from './testing/small-forms.ts';
import { BOOK, fromDisk, walk } from './testing/walk.ts';

let officers: readonly Officer[];
let book: Rulebook;
beforeAll(async () => {
  officers = await sampleOfficers();
  book = { ...BOOK, officers };
});

const PRESS = { kind: 'press', button: 'PINDAI' } as const;
const after = (state: State, ...events: readonly Event[]) =>
  events.reduce((at, event) => step(book, at, event).state, state);

/** Figures shown and armed, without anybody logged in. */
function atConfirmation(): State {
  return walk()
    .scan(BESAR, 1, { l: written(120), p: written(130), j: written(250) })
    .scan(BESAR, 2, { memilih: written(9) })
    .look().state;
}

describe('a kit with officers', () => {
  it('does nothing for who has not logged in', () => {
    expect(after(firstState(), PRESS).phase.name).toBe('menunggu');
    expect(after(firstState(), { kind: 'logged-in', officer: 'kpps-2' }, PRESS).phase.name).toBe('memotret');
  });

  it('lets only the chair confirm, and says so', () => {
    const member = after(atConfirmation(), { kind: 'logged-in', officer: 'kpps-2' });
    const refused = after(member, { kind: 'press', button: 'YA' });
    expect(refused.phase).toMatchObject({ name: 'konfirmasi', notice: { kind: 'ketua-needed' } });
    const chair = after(refused, { kind: 'log-out' }, { kind: 'logged-in', officer: 'kpps-1' });
    expect(after(chair, { kind: 'press', button: 'YA' }).phase).toMatchObject({ name: 'menyimpan', officer: 'kpps-1' });
  });

  it('remembers who answered, and who stood by', () => {
    const chair = after(atConfirmation(), { kind: 'logged-in', officer: 'kpps-1' });
    const corrected = after(
      chair,
      { kind: 'correct', figure: 'memilih' },
      { kind: 'answer', figure: 'memilih', value: 8 },
      { kind: 'countersigned', officer: 'saksi-1' },
    );
    if (corrected.phase.name !== 'konfirmasi') throw new Error(corrected.phase.name);
    const { draft } = corrected.phase;
    expect([figureValue(draft, 'memilih'), draft.answeredBy, draft.countersigned]).toEqual([
      8,
      { memilih: 'kpps-1' },
      ['saksi-1'],
    ]);
  });

  it('forgets who stood by figures that were changed since', () => {
    const state = after(
      atConfirmation(),
      { kind: 'logged-in', officer: 'kpps-1' },
      { kind: 'countersigned', officer: 'saksi-1' },
      { kind: 'correct', figure: 'memilih' },
      { kind: 'answer', figure: 'memilih', value: 8 },
    );
    expect(state.phase).toMatchObject({ name: 'konfirmasi', draft: { countersigned: [] } });
  });

  it('takes no second signature from who is logged in, nor one twice', () => {
    const chair = after(atConfirmation(), { kind: 'logged-in', officer: 'kpps-1' });
    const signed = after(
      chair,
      { kind: 'countersigned', officer: 'kpps-1' },
      { kind: 'countersigned', officer: 'saksi-1' },
      { kind: 'countersigned', officer: 'saksi-1' },
    );
    expect(signed.phase).toMatchObject({ draft: { countersigned: ['saksi-1'] } });
  });

  it('asks again who is there after a power cut, and still knows who confirmed', () => {
    const state = after(atConfirmation(), { kind: 'logged-in', officer: 'kpps-1' }, { kind: 'press', button: 'YA' });
    const resumed = step(book, fromDisk(state), { kind: 'resumed', evening: 'kept', records: [] });
    expect(resumed.state.officer).toBeNull();
    expect(resumed.effects).toContainEqual(expect.objectContaining({ kind: 'keep-record', officer: 'kpps-1' }));
  });
});

describe('a wrong PIN', () => {
  it('waits longer each time from the third on, and locks at the eighth', () => {
    expect([0, 1, 2].map(waitAfter)).toEqual([0, 0, 0]);
    expect([3, 4, 5, 6, 7].map(waitAfter)).toEqual([10_000, 20_000, 40_000, 80_000, 160_000]);
    expect([8, 20].map(waitAfter)).toEqual([1_800_000, 1_800_000]);
  });

  it('is counted over a power cut, each officer for himself, until a right one', () => {
    const wrong = { kind: 'pin-wrong', officer: 'kpps-2' } as const;
    const state = fromDisk(after(firstState(), wrong, wrong, { kind: 'pin-wrong', officer: 'kpps-1' }));
    expect(state.wrongPins).toEqual({ 'kpps-1': 1, 'kpps-2': 2 });
    expect(after(state, { kind: 'logged-in', officer: 'kpps-2' }).wrongPins).toEqual({ 'kpps-1': 1 });
  });

  it('of a stranger is nobody’s', () => {
    expect(after(firstState(), { kind: 'pin-wrong', officer: 'kpps-9' })).toEqual(firstState());
    expect(after(firstState(), { kind: 'logged-in', officer: 'kpps-9' }).officer).toBeNull();
  });
});

describe('the check of PINs', () => {
  const gate = (wrong: Record<string, number>, time: { now: number }) =>
    logIn({ officers, wrong: (code) => wrong[code] ?? 0, monotonicMs: () => time.now });

  it('knows right from wrong, and whose badge it is', async () => {
    const at = gate({}, { now: 0 });
    expect(await at.check('kpps-1', PINS['kpps-1'])).toBe('right');
    expect(await at.check('kpps-1', PINS['kpps-2'])).toBe('wrong');
    expect(await at.check('kpps-9', '111111')).toBe('unknown');
    expect([at.holderOf('KPPS-2'), at.holderOf('KPPS-9')]).toEqual(['kpps-2', null]);
  });

  it('does not look at a PIN that comes before its time, not even a right one', async () => {
    const time = { now: 1_000 };
    const at = gate({ 'kpps-1': 3 }, time);
    expect([await at.check('kpps-1', PINS['kpps-1']), at.waitMs('kpps-1')]).toEqual(['wait', 10_000]);
    expect(await at.check('kpps-2', PINS['kpps-2'])).toBe('right');
    time.now += 10_000;
    expect(await at.check('kpps-1', PINS['kpps-1'])).toBe('right');
  });
});
