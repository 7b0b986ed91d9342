import { describe, expect, it } from 'vitest';
import type { PageReading } from '#agent/read/reading.ts';
import { verdictOf } from './picture-verdict.ts';

const QUALITY = { paper: 182.4567, blur: 0.0812345, seen: 1, doubtMm: Number.POSITIVE_INFINITY, smallestBox: 31.5 };
const READING: PageReading = {
  ...{ kind: 'read', form: 'besar', page: 2, quality: QUALITY, evidence: { j: { boxes: [] } } },
  ...{ cutouts: { j: Uint8Array.of(1) }, flattened: Uint8Array.of(1) },
  ms: { decode: 100.4, page: 200, boxes: 0, digits: 0, words: 0, pictures: 1 },
};

describe('how a photo was judged', () => {
  it('is its page and its measures where it was read, and nothing of what it says', () => {
    expect(verdictOf(READING)).toEqual({
      ...{ code: 'good', form: 'besar', page: 2, paper: 182.457, blur: 0.081, seen: 1, smallestBox: 31.5, ms: 301 },
    });
  });

  it('has no measures of a sheet on which nothing printed is known', () => {
    expect(verdictOf({ ...READING, quality: null })).toEqual({ code: 'good', form: 'besar', page: 2, ms: 301 });
  });

  it('is the reason where it was refused, with what was measured or where', () => {
    expect(verdictOf({ kind: 'refused', code: 'blurred', measured: 0.20004, limit: 0.15 })).toEqual({
      ...{ code: 'blurred', measured: 0.2, limit: 0.15 },
    });
    expect(verdictOf({ kind: 'refused', code: 'corner-hidden', corner: 'tl' })).toEqual({
      ...{ code: 'corner-hidden', corner: 'tl' },
    });
    expect(verdictOf({ kind: 'refused', code: 'page-not-found' })).toEqual({ code: 'page-not-found' });
  });
});
