import { z } from 'zod';

/**
 * An update on its way. Pure. What is written down before each step is enough to go on after a power cut: a program
 * that was not wholly installed, or did not pass its test, gives way to the one before it.
 */
export const STEPS = ['install', 'test', 'undo'] as const;
export type Step = (typeof STEPS)[number];

const Package = z
  .strictObject({
    version: z.string(),
    /** Its file in the updater's folder. */
    file: z.string().regex(/^[^/]+\.deb$/),
  })
  .readonly();

export const Journal = z
  .strictObject({ schema: z.literal(1), step: z.enum(STEPS), from: Package, to: Package })
  .readonly();
export type Journal = z.infer<typeof Journal>;

/** well, badly: how the step ended. cut: the power went in the middle of it. */
export type StepOutcome = 'well' | 'badly' | 'cut';

/** done: the new program stays. undone: the old one is back. stuck: it could not be brought back yet. */
export type Next = Step | 'done' | 'undone' | 'stuck';

export function after(step: Step, outcome: StepOutcome): Next {
  switch (step) {
    case 'install':
      return outcome === 'well' ? 'test' : 'undo';
    case 'test':
      if (outcome === 'cut') return 'test';
      return outcome === 'well' ? 'done' : 'undo';
    case 'undo':
      if (outcome === 'cut') return 'undo';
      return outcome === 'well' ? 'undone' : 'stuck';
  }
}
