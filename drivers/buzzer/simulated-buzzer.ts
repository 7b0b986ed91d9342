import type { Buzzer, Tune } from './buzzer.ts';

export interface SimulatedBuzzer extends Buzzer {
  /** The tunes started so far, oldest first. */
  played(): readonly Tune[];
}

/** `onChange` is called whenever a tune begins. */
export function simulateBuzzer(onChange: () => void = () => undefined): SimulatedBuzzer {
  const played: Tune[] = [];
  let open = true;
  return {
    play(tune) {
      if (!open) return;
      played.push(tune);
      onChange();
    },
    isThere: () => open,
    async close() {
      open = false;
    },
    played: () => played,
  };
}
