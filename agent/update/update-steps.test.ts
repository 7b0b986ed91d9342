import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, type Next, STEPS, type Step, type StepOutcome } from './update-steps.ts';

const isStep = (next: Next): next is Step => (STEPS as readonly string[]).includes(next);

describe('the steps of an update', () => {
  it('the new program stays only after it was installed and has passed its test', () => {
    const outcomes = fc.array(fc.constantFrom<StepOutcome>('well', 'badly', 'cut'), { maxLength: 20 });
    fc.assert(
      fc.property(outcomes, (list) => {
        let [next, installed, tested]: [Next, boolean, boolean] = ['install', false, false];
        for (const outcome of list) {
          if (!isStep(next)) break;
          if (next === 'install' && outcome === 'well') installed = true;
          if (next === 'test') tested = outcome === 'well';
          next = after(next, outcome);
        }
        return next !== 'done' || (installed && tested);
      }),
    );
  });

  it('a power cut never ends it, and never leads from undoing back to the new program', () => {
    for (const step of STEPS) expect(isStep(after(step, 'cut'))).toBe(true);
    for (const outcome of ['well', 'badly', 'cut'] as const)
      expect(['undo', 'undone', 'stuck']).toContain(after('undo', outcome));
  });
});
