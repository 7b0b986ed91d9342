import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A battery clock and the wall clock drift apart by seconds a day; one that lost its battery is years away, ms. */
const FAR_APART_MS = 3_600_000;
/** No kit was built before: a clock that says so began anew. */
const EARLIEST = Date.UTC(2026, 0, 1);

/**
 * Whether the wall clock was set from a battery clock at this boot, and that one goes. Linux says of each clock under
 * /sys/class/rtc whether the wall clock was set from it (`hctosys`) and what it shows now (`since_epoch`, s). One
 * without a battery begins in the past, and systemd then moves the wall clock away from it.
 */
export function isSetByRtc(wall: Date, root = '/sys/class/rtc'): boolean {
  if (wall.getTime() < EARLIEST) return false;
  return namesIn(root).some((name) => {
    const shows = Number(textIn(join(root, name, 'since_epoch'))) * 1_000;
    return textIn(join(root, name, 'hctosys')) === '1' && Math.abs(shows - wall.getTime()) < FAR_APART_MS;
  });
}

function namesIn(root: string): readonly string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
