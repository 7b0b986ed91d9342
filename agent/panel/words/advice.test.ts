import { describe, expect, it } from 'vitest';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { Notice } from '#agent/session/state.ts';
import { STORE_FAULTS } from '#agent/session/state.ts';
import { CAPTURE_FAULTS } from '#drivers/camera/camera.ts';
import { adviceOf } from './advice.ts';

const refusals: readonly PageRefusal[] = [
  ...(['not-a-picture', 'picture-too-small', 'page-not-found', 'reader-died', 'practice-sheet'] as const).map(
    (code): PageRefusal => ({ kind: 'refused', code }),
  ),
  ...(['too-dark', 'blurred', 'bent'] as const).map(
    (code): PageRefusal => ({ kind: 'refused', code, measured: 1, limit: 2 }),
  ),
  ...(['corner-hidden', 'cut-off'] as const).flatMap((code) =>
    (['tl', 'tr', 'br', 'bl'] as const).map((corner): PageRefusal => ({ kind: 'refused', code, corner })),
  ),
  { kind: 'refused', code: 'glare', figure: 'dpt.l' },
  { kind: 'refused', code: 'unknown-tag', tag: 7 },
];

const notices: readonly Notice[] = [
  ...refusals.map((refusal): Notice => ({ kind: 'page-refused', refusal })),
  ...CAPTURE_FAULTS.map((code): Notice => ({ kind: 'camera', code })),
  ...STORE_FAULTS.map((code): Notice => ({ kind: 'store', code })),
  { kind: 'already-scanned', page: 2 },
  { kind: 'wrong-form', expected: 'gubernur', found: 'walikota' },
  { kind: 'form-not-expected', found: 'lain' },
  { kind: 'already-recorded', form: 'gubernur' },
  { kind: 'page-discarded', page: 2 },
  { kind: 'restarted' },
  { kind: 'state-lost' },
];

const NAMES = { gubernur: 'C.Hasil Gubernur', walikota: 'C.Hasil Wali Kota', 'dpt.l': 'Pemilih dalam DPT, laki-laki' };

describe('what a KPPS member reads when something went wrong', () => {
  it.each(notices)('says what was wrong and what to do: %o', (notice) => {
    const { what, todo } = adviceOf(notice, NAMES);
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/^[A-Z].*\.$/);
    expect(what.length + todo.length).toBeLessThan(150);
  });

  it('names forms and figures as people do', () => {
    expect(adviceOf({ kind: 'wrong-form', expected: 'gubernur', found: 'walikota' }, NAMES)).toEqual({
      what: 'Ini halaman C.Hasil Wali Kota.',
      todo: 'Selesaikan dahulu C.Hasil Gubernur.',
    });
    expect(
      adviceOf({ kind: 'page-refused', refusal: { kind: 'refused', code: 'glare', figure: 'dpt.l' } }, NAMES).what,
    ).toBe('Pantulan cahaya menutupi Pemilih dalam DPT, laki-laki.');
  });

  it('says of a hidden corner which one', () => {
    const refusal = { kind: 'refused', code: 'corner-hidden', corner: 'bl' } as const;
    expect(adviceOf({ kind: 'page-refused', refusal }, NAMES).what).toBe('Sudut kiri bawah tidak terlihat.');
  });
});
