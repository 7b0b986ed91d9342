import type { OutputLine } from '../gpio/header.ts';
import { ALL_OFF, type Glow, LAMPS, type Lamp, type LightPattern, type Lights } from './lights.ts';

/** Half a period of each rhythm, ms. */
const HALF_MS = { slow: 1_000, fast: 200 } as const;
/** Both rhythms are whole beats of this. */
const BEAT_MS = 200;

/** Lamps on lines. One clock for all, so that lamps of one rhythm blink together. */
export function lightsOnLines(lines: Readonly<Record<Lamp, OutputLine>>): Lights {
  let pattern = ALL_OFF;
  let open = true;
  let beat = 0;
  const draw = () => {
    for (const lamp of LAMPS) lines[lamp].set(isLit(pattern[lamp], beat * BEAT_MS));
  };
  const timer = setInterval(() => {
    beat += 1;
    draw();
  }, BEAT_MS);
  timer.unref();
  draw();

  return {
    show(next: LightPattern) {
      if (!open) return;
      pattern = next;
      beat = 0;
      draw();
    },
    isThere: () => LAMPS.every((lamp) => lines[lamp].isThere()),
    async close() {
      if (!open) return;
      open = false;
      clearInterval(timer);
      for (const lamp of LAMPS) lines[lamp].close();
    },
  };
}

function isLit(glow: Glow, ms: number): boolean {
  if (glow === 'on' || glow === 'off') return glow === 'on';
  return Math.floor(ms / HALF_MS[glow]) % 2 === 0;
}
