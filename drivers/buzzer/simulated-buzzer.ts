import type { Buzzer, Tune } from './buzzer.ts';

export interface SimulatedBuzzer extends Buzzer {
  /** The tunes started so far, oldest first. */
  played(): readonly Tune[];
}

export function simulateBuzzer(): SimulatedBuzzer {
  const played: Tune[] = [];
  let open = true;
  return {
    play(tune) {
      if (open) played.push(tune);
    },
    async close() {
      open = false;
    },
    played: () => played,
  };
}
