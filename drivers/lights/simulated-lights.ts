import { ALL_OFF, type LightPattern, type Lights } from './lights.ts';

export interface SimulatedLights extends Lights {
  /** What the lamps show now. */
  shown(): LightPattern;
}

export function simulateLights(): SimulatedLights {
  let shown = ALL_OFF;
  let open = true;
  return {
    show(pattern) {
      if (open) shown = pattern;
    },
    async close() {
      open = false;
      shown = ALL_OFF;
    },
    shown: () => shown,
  };
}
