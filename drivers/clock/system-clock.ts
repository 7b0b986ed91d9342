import { existsSync, readFileSync } from 'node:fs';
import type { Clock } from './clock.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** systemd-timesyncd touches this file once it has set the clock, and /run is empty at boot. */
const SYNCHRONISED = '/run/systemd/timesync/synchronized';

/** The clock of the Linux machine the kit runs on. */
export function systemClock(): Clock {
  return {
    wall: () => new Date(),
    // On Linux the high-resolution timer is CLOCK_MONOTONIC, which counts from boot.
    monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
    bootId: readFileSync(BOOT_ID, 'utf8').trim(),
    isSynchronised: () => existsSync(SYNCHRONISED),
  };
}
