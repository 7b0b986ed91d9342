import { ALL_OFF, type LightPattern, type Lights } from './lights.ts';

export interface SimulatedLights extends Lights {
  /** What the lamps show now. */
  shown(): LightPattern;
}

/** `onChange` is called whenever the lamps show something else. */
export function simulateLights(onChange: () => void = () => undefined): SimulatedLights {
  let shown = ALL_OFF;
  let open = true;
  return {
    show(pattern) {
      if (!open) return;
      shown = pattern;
      onChange();
    },
    isThere: () => open,
    async close() {
      open = false;
      shown = ALL_OFF;
    },
    shown: () => shown,
  };
}
