import type { Tune } from '#drivers/buzzer/buzzer.ts';
import type { Glow, LightPattern } from '#drivers/lights/lights.ts';
import type { Sound } from './event.ts';
import { type State, type StateName, stateName } from './state.ts';

/**
 * What the lamps say without the screen. Told apart by place and rhythm, not by colour alone: left
 * glows when the kit waits for nothing, middle when it works or asks, right when something was refused.
 */
export function lightsOf(state: State): LightPattern {
  const { phase } = state;
  return lampsIn(stateName(state), phase.name === 'menunggu' && phase.notice !== null);
}

/** The same by the state's name; `isRefused`: it waits, and says something of the last page. */
export function lampsIn(name: StateName, isRefused = false): LightPattern {
  switch (name) {
    case 'menunggu':
      return isRefused ? lamps('off', 'off', 'slow') : lamps('slow', 'off', 'off');
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return lamps('off', 'on', 'off');
    case 'periksa':
      return lamps('off', 'fast', 'off');
    case 'konfirmasi':
      return lamps('slow', 'slow', 'off');
    case 'tersimpan':
      return lamps('on', 'slow', 'off');
    case 'terkirim':
      return lamps('on', 'on', 'off');
    case 'diterima-pusat':
      return lamps('on', 'off', 'off');
    case 'ditolak-pusat':
      return lamps('off', 'off', 'on');
  }
}

/** Milliseconds of sound and silence; more beeps, more to do. */
export function tuneOf(sound: Sound): Tune {
  switch (sound) {
    case 'begin':
      return [{ on: 40, off: 0 }];
    case 'good':
      return [{ on: 120, off: 0 }];
    case 'ask':
      return [
        { on: 120, off: 120 },
        { on: 120, off: 0 },
      ];
    case 'refused':
      return [
        { on: 400, off: 150 },
        { on: 400, off: 0 },
      ];
    case 'ignored':
      return [{ on: 20, off: 0 }];
    case 'stored':
      return [
        { on: 120, off: 60 },
        { on: 120, off: 60 },
        { on: 300, off: 0 },
      ];
    case 'received':
      return [
        { on: 60, off: 60 },
        { on: 300, off: 0 },
      ];
  }
}

function lamps(green: Glow, amber: Glow, red: Glow): LightPattern {
  return { green, amber, red };
}
