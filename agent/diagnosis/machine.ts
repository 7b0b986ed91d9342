import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, freemem, hostname, loadavg, release, totalmem, uptime } from 'node:os';
import type { SetBy } from '#drivers/clock/clock.ts';

/** The machine the kit runs on. What cannot be told is null. */
export interface MachineFacts {
  readonly name: string;
  /** As the board calls itself: "Raspberry Pi 4 Model B Rev 1.4". */
  readonly board: string | null;
  readonly system: string | null;
  readonly kernel: string;
  readonly architecture: string;
  readonly cores: number;
  readonly memoryBytes: { readonly all: number; readonly free: number };
  readonly load: readonly number[];
  readonly upSeconds: number;
  readonly celsius: number | null;
  /** The board says that its supply is too weak. */
  readonly underVoltage: boolean | null;
  readonly clock: SetBy;
  /** Lasting names of what is plugged in. */
  readonly devices: readonly string[];
}

/** Where a Linux machine tells of itself. */
const BOARD = '/proc/device-tree/model';
const SYSTEM = '/etc/os-release';
const THERMOMETER = '/sys/class/thermal/thermal_zone0/temp';
const MONITORS = '/sys/class/hwmon';
const DEVICES = ['/dev/serial/by-id', '/dev/v4l/by-id', '/dev/v4l/by-path', '/dev/disk/by-label'];

export async function machineFacts(clock: SetBy): Promise<MachineFacts> {
  const [board, system, celsius] = await Promise.all([textOf(BOARD), textOf(SYSTEM), textOf(THERMOMETER)]);
  return {
    name: hostname(),
    board: board?.replaceAll('\0', '') ?? null,
    system: system && (/^PRETTY_NAME="?([^"\n]*)/m.exec(system)?.[1] ?? null),
    kernel: release(),
    architecture: process.arch,
    cores: availableParallelism(),
    memoryBytes: { all: totalmem(), free: freemem() },
    load: loadavg(),
    upSeconds: Math.round(uptime()),
    celsius: celsius === null ? null : Number(celsius) / 1000,
    underVoltage: await isUnderVoltage(),
    clock,
    devices: (await Promise.all(DEVICES.map(namesIn))).flat(),
  };
}

/** Only a Raspberry Pi has this monitor. */
async function isUnderVoltage(): Promise<boolean | null> {
  for (const monitor of await namesIn(MONITORS)) {
    if ((await textOf(`${monitor}/name`)) === 'rpi_volt') return (await textOf(`${monitor}/in0_lcrit_alarm`)) === '1';
  }
  return null;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => `${folder}/${name}`);
}

async function textOf(file: string): Promise<string | null> {
  return (await readFile(file, 'utf8').catch(() => null))?.trim() ?? null;
}
