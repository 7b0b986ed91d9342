import { existsSync, readFileSync } from 'node:fs';
import { startChild } from '../child/child.ts';
import type { Clock } from './clock.ts';
import { isSetByRtc } from './rtc.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Where the machine says what became of its clock. */
export interface ClockSetting {
  /** systemd-timesyncd touches this file once it has set the clock, and /run is empty at boot. */
  readonly timesync: string;
  /** The kernel's battery clocks. */
  readonly rtc: string;
  /** Knows the kernel's state whoever keeps the clock (chrony, ntpd): a path, or a name on PATH. */
  readonly timedatectl: string;
  /** A machine whose clock is not set is asked again after this, ms. */
  readonly askEveryMs: number;
}

const SETTING: ClockSetting = {
  timesync: '/run/systemd/timesync/synchronized',
  rtc: '/sys/class/rtc',
  timedatectl: 'timedatectl',
  askEveryMs: 60_000,
};
const ANSWER_MS = 10_000;
const MAX_ANSWER_BYTES = 10_000;

/** The clock of the Linux machine the kit runs on. */
export function systemClock(setting: Partial<ClockSetting> = {}): Clock {
  const { timesync, rtc, timedatectl, askEveryMs } = { ...SETTING, ...setting };
  // On Linux the high-resolution timer is CLOCK_MONOTONIC, which counts from boot.
  const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;
  let isSet = false;
  let askedAt = Number.NEGATIVE_INFINITY;

  /** Asked only by who wants to know, and answered by the next time: nobody waits for another program. */
  function ask(): void {
    if (monotonicMs() - askedAt < askEveryMs) return;
    askedAt = monotonicMs();
    void networkSetClock(timedatectl).then((answer) => {
      isSet ||= answer;
    });
  }

  function isSynchronised(): boolean {
    isSet ||= existsSync(timesync);
    if (!isSet) ask();
    return isSet;
  }

  return {
    wall: () => new Date(),
    monotonicMs,
    bootId: readFileSync(BOOT_ID, 'utf8').trim(),
    isSynchronised,
    setBy() {
      if (isSynchronised()) return 'network';
      return isSetByRtc(new Date(), rtc) ? 'rtc' : 'nobody';
    },
  };
}

async function networkSetClock(timedatectl: string): Promise<boolean> {
  const { end } = startChild({
    program: timedatectl,
    args: ['show', '--property=NTPSynchronized', '--value'],
    limitMs: ANSWER_MS,
    maxBytes: MAX_ANSWER_BYTES,
    stop: new AbortController().signal,
  });
  const answer = await end;
  return answer.kind === 'ended' && answer.code === 0 && answer.output.toString().trim() === 'yes';
}
