import { describe, expect, it } from 'vitest';
import type { CopyState } from '#agent/store/second-copy.ts';
import { copyText } from './frame.ts';

describe('what a KPPS member reads of the second copy', () => {
  const said = (copy: CopyState | null) => copyText({ copy });

  it('is nothing while it is whole, on its way, or not kept', () => {
    expect([said(null), said({ kind: 'whole' }), said({ kind: 'behind' })]).toEqual([null, null, null]);
  });

  it.each(['disk-full', 'disk-fault', 'unreadable', 'foreign'] as const)('is what to do about %s', (code) => {
    expect(said({ kind: 'fault', code, reason: '' })).toMatch(/^Stik USB .*\. Pasang yang lain\.$/);
    expect(said({ kind: 'absent' })).toBe('Salinan USB tidak ada. Pasang stik USB.');
  });
});
