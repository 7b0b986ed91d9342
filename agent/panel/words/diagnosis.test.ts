import { describe, expect, it } from 'vitest';
import { diagnosisText } from './diagnosis.ts';

describe('what a person reads of the file for the technician', () => {
  it('is nothing while nobody has asked for one, and then that it is being made', () => {
    expect(diagnosisText({ diagnosis: null })).toBeNull();
    expect(diagnosisText({ diagnosis: { kind: 'gathering' } })).toMatch(/sedang dibuat…$/);
  });

  it('is where it lies and what to do with it', () => {
    expect(diagnosisText({ diagnosis: { kind: 'made', on: 'stick', name: '' } })).toMatch(/Beri tahu teknisi\.$/);
    expect(diagnosisText({ diagnosis: { kind: 'made', on: 'kit', name: '' } })).toMatch(/pasang stik, lalu ulangi\.$/);
  });

  it.each(['disk-full', 'disk-fault', 'fault'] as const)('is what to do about %s', (code) => {
    expect(diagnosisText({ diagnosis: { kind: 'not-made', code } })).toMatch(/(lalu ulangi|Panggil teknisi)\.$/);
  });
});
