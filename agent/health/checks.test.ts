import { describe, expect, it } from 'vitest';
import { checkText, MARKS, PARTS } from '#agent/panel/words/readiness.ts';
import { BUTTONS } from '#drivers/buttons/buttons.ts';
import { CAPTURE_FAULTS } from '#drivers/camera/camera.ts';
import { CHECKS, type CheckId, checksOf, type Facts, worstOf } from './checks.ts';

const WELL: Facts = {
  ...{
    camera: { kind: 'read' },
    model: 'right',
    pressed: new Set(BUTTONS),
    stuck: [],
    absent: [],
    signals: true,
    printer: 'ready',
    barcode: true,
  },
  ...{ freeBytes: 20e9, clock: 'network', link: 'connected', certificateDays: 90 },
};
const found = (id: CheckId, facts: Partial<Facts>) => checksOf({ ...WELL, ...facts }).find((check) => check.id === id);
const verdict = (id: CheckId, facts: Partial<Facts>) => found(id, facts)?.verdict;

describe('the self-test', () => {
  it('is green where every part is well, and leaves lamps and sound to who looks and listens', () => {
    expect(worstOf(checksOf(WELL))).toBe('green');
    expect(verdict('lights', {})).toBe('look');
    expect(checksOf(WELL).map(({ id }) => id)).toEqual(CHECKS);
  });

  it('is red for what keeps results from being read or kept', () => {
    const red: readonly (readonly [CheckId, Partial<Facts>])[] = [
      ['camera', { camera: { kind: 'no-picture', code: 'disconnected' } }],
      ['camera', { camera: { kind: 'refused', code: 'blurred', measured: 1, limit: 0 } }],
      ['camera', { camera: { kind: 'refused', code: 'too-dark', measured: 1, limit: 9 } }],
      ['model', { model: 'wrong' }],
      ['model', { model: 'dead' }],
      ['buttons', { stuck: ['YA'] }],
      ['disk', { freeBytes: 100e6 }],
      ['disk', { freeBytes: null }],
      ['certificate', { certificateDays: -1 }],
    ];
    for (const [id, facts] of red) {
      expect([id, verdict(id, facts), worstOf(checksOf({ ...WELL, ...facts }))]).toEqual([id, 'red', 'red']);
    }
  });

  it('is amber for what should be done, though the kit works', () => {
    const amber: readonly (readonly [CheckId, Partial<Facts>])[] = [
      ['camera', { camera: { kind: 'no-picture', code: 'no-sheet' } }],
      ['camera', { camera: { kind: 'refused', code: 'page-not-found' } }],
      ['camera', { camera: { kind: 'refused', code: 'cut-off', corner: 'tl' } }],
      ['buttons', { pressed: new Set(['YA']) }],
      ['printer', { printer: 'no-paper' }],
      ['barcode', { barcode: false }],
      ['disk', { freeBytes: 500e6 }],
      ['clock', { clock: 'rtc' }],
      ['clock', { clock: 'nobody' }],
      ['buttons', { absent: ['PINDAI', 'YA', 'ULANG'], pressed: new Set() }],
      ['lights', { signals: false }],
      ['network', { link: 'waiting' }],
      ['certificate', { certificateDays: 13.9 }],
    ];
    for (const [id, facts] of amber) {
      expect([id, verdict(id, facts), worstOf(checksOf({ ...WELL, ...facts }))]).toEqual([id, 'amber', 'amber']);
    }
  });

  it('says nothing of devices this kit does not have', () => {
    const ids = checksOf({ ...WELL, printer: null, barcode: null }).map(({ id }) => id);
    expect(ids).not.toContain('printer');
    expect(ids).not.toContain('barcode');
  });

  it('has a sentence for everything it can find, with its number', () => {
    const all: readonly Partial<Facts>[] = [
      ...CAPTURE_FAULTS.map((code) => ({ camera: { kind: 'no-picture', code } }) as const),
      ...(['blurred', 'too-dark', 'bent'] as const).map(
        (code) => ({ camera: { kind: 'refused', code, measured: 1, limit: 0 } }) as const,
      ),
      { camera: { kind: 'refused', code: 'page-not-found' } },
      ...(['right', 'wrong', 'dead'] as const).map((model) => ({ model })),
      ...(['ready', 'paper-low', 'no-paper', 'cover-open', 'error', 'gone'] as const).map((printer) => ({ printer })),
      ...[1e6, 500e6, 9e9, null].map((freeBytes) => ({ freeBytes })),
      ...[-1, 3, 90].map((certificateDays) => ({ certificateDays })),
      { stuck: ['PINDAI'] },
      { absent: ['PINDAI', 'YA'], signals: false },
      { barcode: false, clock: 'rtc', link: null, pressed: new Set() },
      { clock: 'nobody' },
    ];
    for (const check of all.flatMap((facts) => checksOf({ ...WELL, ...facts }))) {
      expect(checkText(check)).toMatch(/^[A-Z][^#]{3,}\.$/);
      expect(PARTS[check.id] && MARKS[check.verdict]).toBeTruthy();
    }
    expect(checkText(found('disk', { freeBytes: 2.55e9 }) ?? WELL_CHECK)).toBe('Sisa 2.5 GB.');
  });
});

const WELL_CHECK = { id: 'disk', verdict: 'green', code: 'enough', count: 0 } as const;
