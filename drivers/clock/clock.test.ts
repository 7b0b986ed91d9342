import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { standIns } from '../child/testing/stand-in.ts';
import { clockContract } from './clock.contract.ts';
import { isSetByRtc } from './rtc.ts';
import { simulateClock } from './simulated-clock.ts';
import { systemClock } from './system-clock.ts';

const ELECTION_DAY = new Date('2024-11-27T07:00:00Z');
const SOON = { timeout: 8_000, interval: 20 };
const at = standIns();

/** A machine whose clock nobody set, with a stand-in for `timedatectl` that answers like this. */
function machine(timedatectl: string) {
  const asked = at.file('asked', '');
  const setting = {
    timesync: join(at.folder, 'synchronized'),
    rtc: join(at.folder, 'no-rtc'),
    timedatectl: at.program('timedatectl', `echo "$*" >> '${asked}'; ${timedatectl}`),
    askEveryMs: 30,
  };
  at.remove('synchronized');
  return { clock: systemClock(setting), asked: () => at.lines('asked').filter((line) => line !== ''), setting };
}

function rtc(name: string, hctosys: string, sinceEpoch: number): string {
  const root = join(at.folder, name);
  mkdirSync(join(root, 'rtc0'), { recursive: true });
  writeFileSync(join(root, 'rtc0', 'hctosys'), `${hctosys}\n`);
  writeFileSync(join(root, 'rtc0', 'since_epoch'), `${sinceEpoch}\n`);
  return root;
}

clockContract('the system clock', () => ({ clock: systemClock(), pass: (ms) => sleep(ms) }));
clockContract('the simulated clock', () => {
  const clock = simulateClock(ELECTION_DAY);
  return { clock, pass: async (ms) => clock.advance(ms) };
});

describe('the system clock', () => {
  it('keeps one boot id for all who ask', () => {
    expect(systemClock().bootId).toBe(systemClock().bootId);
  });

  it('is set from the network once timesyncd says so, and for as long as the machine is on', () => {
    const { clock, setting } = machine('echo no');
    expect([clock.isSynchronised(), clock.setBy()]).toEqual([false, 'nobody']);
    writeFileSync(setting.timesync, '');
    expect([clock.isSynchronised(), clock.setBy()]).toEqual([true, 'network']);
    at.remove('synchronized');
    expect(clock.isSynchronised()).toBe(true);
  });

  it('is set from the network where another program keeps it, which the kernel knows', async () => {
    const { clock, asked } = machine('echo yes');
    expect(clock.isSynchronised()).toBe(false);
    await vi.waitFor(() => expect(clock.isSynchronised()).toBe(true), SOON);
    expect(asked()[0]).toBe('show --property=NTPSynchronized --value');
    const before = asked().length;
    await sleep(100);
    clock.isSynchronised();
    expect(asked()).toHaveLength(before);
  });

  it.each(['echo no', 'exit 1', 'echo yes; exit 1', 'echo maybe', 'exec sleep 20'])(
    'is not set where the machine answers: %s',
    async (answer) => {
      const { clock, asked } = machine(answer);
      for (let n = 0; n < 5; n++) {
        expect(clock.isSynchronised()).toBe(false);
        await sleep(50);
      }
      await vi.waitFor(() => expect(asked().length).toBeGreaterThan(0), SOON);
      expect(clock.setBy()).toBe('nobody');
    },
  );

  it('is asked for on a machine without that program, without harm', async () => {
    const clock = systemClock({ timesync: '/no/such/file', rtc: '/no/such/folder', timedatectl: '/no/such/program' });
    expect(clock.setBy()).toBe('nobody');
    await sleep(50);
    expect(clock.isSynchronised()).toBe(false);
  });

  it('is set by a battery clock that goes', () => {
    const { setting } = machine('echo no');
    const clock = systemClock({ ...setting, rtc: rtc('goes', '1', Date.now() / 1_000) });
    expect([clock.isSynchronised(), clock.setBy()]).toEqual([false, 'rtc']);
  });
});

describe('a battery clock', () => {
  const now = new Date('2029-02-14T06:00:00Z');
  const seconds = now.getTime() / 1_000;

  it('counts where the wall clock was set from it and both still agree', () => {
    expect(isSetByRtc(now, rtc('right', '1', seconds + 40))).toBe(true);
  });

  it('does not count where it was not asked, lost its battery, or is not there', () => {
    expect(isSetByRtc(now, rtc('not-asked', '0', seconds))).toBe(false);
    expect(isSetByRtc(now, rtc('battery-lost', '1', Date.UTC(2000, 0, 1) / 1_000))).toBe(false);
    expect(isSetByRtc(new Date('2000-01-01T00:10:00Z'), rtc('both-lost', '1', Date.UTC(2000, 0, 1) / 1_000))).toBe(
      false,
    );
    expect(isSetByRtc(now, '/no/such/folder')).toBe(false);
  });
});

describe('the simulated clock', () => {
  it('is not trusted until it was set from the network', () => {
    const clock = simulateClock(ELECTION_DAY);
    expect([clock.isSynchronised(), clock.setBy()]).toEqual([false, 'nobody']);
    clock.synchronise(new Date('2024-11-27T08:00:00Z'));
    expect([clock.isSynchronised(), clock.setBy(), clock.wall().toISOString()]).toEqual([
      true,
      'network',
      '2024-11-27T08:00:00.000Z',
    ]);
  });
});
