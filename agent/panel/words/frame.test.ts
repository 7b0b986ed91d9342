import { describe, expect, it } from 'vitest';
import type { CopyState } from '#agent/store/second-copy.ts';
import { memoryText } from './frame.ts';

describe('what a KPPS member reads of the second copy', () => {
  const said = (copy: CopyState | null) => memoryText({ memory: 'whole', copy });

  it('is nothing while it is whole, on its way, or not kept', () => {
    expect([said(null), said({ kind: 'whole' }), said({ kind: 'behind' })]).toEqual([null, null, null]);
  });

  it.each(['disk-full', 'disk-fault', 'unreadable', 'foreign'] as const)('is what to do about %s', (code) => {
    expect(said({ kind: 'fault', code, reason: '' })).toMatch(/^Stik USB .*\. Pasang yang lain\.$/);
    expect(said({ kind: 'absent' })).toBe('Salinan USB tidak ada. Pasang stik USB.');
  });
});

describe('what a KPPS member reads of how the memory was found', () => {
  it('is nothing where it was whole or new', () => {
    expect(memoryText({ memory: 'whole', copy: null })).toBeNull();
    expect(memoryText({ memory: 'fresh', copy: null })).toBeNull();
  });

  it('is that the last may be lost, whatever else there is to say', () => {
    expect(memoryText({ memory: 'damaged', copy: { kind: 'absent' } })).toMatch(/hilang\. Panggil teknisi\.$/);
  });

  it('is that it came from the stick, once nothing is to be done for the stick', () => {
    expect(memoryText({ memory: 'restored', copy: { kind: 'whole' } })).toMatch(/^Dipulihkan dari stik USB\./);
    expect(memoryText({ memory: 'restored', copy: { kind: 'absent' } })).toMatch(/Pasang stik USB\.$/);
  });
});
