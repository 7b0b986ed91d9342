import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type CommandLine, openCommandLine } from './command-line.ts';
import type { Disks } from './disks.ts';
import { openPins, type Pins } from './pins.ts';
import { openQmp, type Qmp } from './qmp.ts';
import { SERIAL_DEVICES, type SerialDevice, type SerialPlug, serialPlug } from './serial-plug.ts';

export interface MachineSetting {
  /** What `build` made. */
  readonly image: string;
  readonly disks: Disks;
  /** Photos of the paper: `camera.ts`. */
  readonly paper: string;
  /** Sockets and console of this machine. */
  readonly folder: string;
  /** Under which this machine's browser finds the panel. */
  readonly panelPort: number;
  /** File of `save`, from which it goes on; it is switched on where none is given. */
  readonly from?: string;
  /** What its clock shows when it is switched on; the true time where it is not said. */
  readonly clock?: Date;
  /**
   * instructions: one processor, each of whose instructions takes one nanosecond of the machine's own time, so that what
   * its kernel counts as processor time is a number of instructions. As fast as it will go where it is not said.
   */
  readonly pace?: 'instructions';
  /** Whether the cable to the network is in; it is where it is not said. */
  readonly isOnline?: boolean;
}

/** A Raspberry Pi's processor, two of it, in a machine of its own, with everything that is soldered or plugged to a kit. */
export interface Machine extends CommandLine {
  readonly pins: Pins;
  readonly serial: Readonly<Record<SerialDevice, SerialPlug>>;
  /** Pulls the network's cable, or puts it in. */
  setOnline(isOnline: boolean): Promise<void>;
  /** Writes all of it to a file, from which a machine with the same disks goes on. Ends it. */
  save(file: string): Promise<void>;
  /** Power cut. */
  kill(): Promise<void>;
  running(): boolean;
  /** What the kernel and the system said. */
  console(): string;
}

/** Its memory, MB. */
const MEMORY = 1_024;
const UPLINK_MAC = '52:54:00:00:00:01';
const PANEL_MAC = '52:54:00:00:00:02';
/** Wherever the panel listens, this is where `virtual-kit-panel.socket` shows it. */
const SHOWN_PORT = 8_000;
const PATIENCE_MS = 60_000;

const Migration = z.object({ status: z.string().optional(), 'error-desc': z.string().optional() });

export async function startMachine(setting: MachineSetting): Promise<Machine> {
  const { folder, from, isOnline = true } = setting;
  mkdirSync(folder, { recursive: true });
  const socket = (name: string) => join(folder, name);
  // It ends with who started it, however that ends.
  const qemu = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'nice', '-n', '5', 'qemu-system-aarch64', ...parameters(setting)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let says = '';
  qemu.stderr.on('data', (chunk: Buffer) => {
    says += chunk.toString();
  });
  try {
    const qmp = await openQmp(socket('qmp'));
    if (from) await moved(qmp);
    const pins = await openPins(socket('pins'), qmp);
    await qmp.ask('set_link', { name: 'uplink', up: isOnline });
    await qmp.ask('cont');
    return machineOf(setting, qemu, qmp, pins, await openCommandLine(socket('command')));
  } catch (error) {
    qemu.kill('SIGKILL');
    throw new Error(`qemu-system-aarch64: ${says}`, { cause: error });
  }
}

function machineOf(
  { folder }: MachineSetting,
  qemu: ChildProcess,
  qmp: Qmp,
  pins: Pins,
  command: CommandLine,
): Machine {
  const running = () => qemu.exitCode === null && qemu.signalCode === null;
  async function kill(): Promise<void> {
    for (const end of [pins, command, qmp]) end.close();
    if (!running()) return;
    const gone = once(qemu, 'exit');
    qemu.kill('SIGKILL');
    await gone;
  }
  const serial = {
    barcode: serialPlug(qmp, 'barcode', join(folder, 'barcode')),
    printer: serialPlug(qmp, 'printer', join(folder, 'printer')),
  };
  return {
    pins,
    run: command.run,
    close: command.close,
    serial,
    setOnline: async (isOnline) => void (await qmp.ask('set_link', { name: 'uplink', up: isOnline })),
    async save(file) {
      for (const name of SERIAL_DEVICES) await serial[name].remove();
      await qmp.ask('stop');
      await qmp.ask('migrate', { uri: `exec:cat > '${file}'` });
      await moved(qmp);
      await kill();
    },
    kill,
    running,
    console: () => (existsSync(join(folder, 'console')) ? readFileSync(join(folder, 'console'), 'utf8') : ''),
  };
}

/** Waits until all of the machine's state is out, or in. */
async function moved(qmp: Qmp): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status, 'error-desc': error } = Migration.parse(await qmp.ask('query-migrate'));
    if (status === 'completed') return;
    if (status === 'failed' || Date.now() > end) throw new Error(`the machine's state is ${status}: ${error}`);
    await sleep(20);
  }
}

function parameters({ image, disks, paper, folder, panelPort, from, clock, pace }: MachineSetting): readonly string[] {
  const listening = (name: string) => `path=${join(folder, name)},server=on,wait=off`;
  return [
    ...['-M', 'virt', '-cpu', 'cortex-a72', '-m', String(MEMORY)],
    ...(pace === 'instructions'
      ? ['-smp', '1', '-accel', 'tcg,thread=single', '-icount', 'shift=0,sleep=off']
      : ['-smp', '2', '-accel', 'tcg,thread=multi']),
    ...['-nodefaults', '-display', 'none', '-serial', `file:${join(folder, 'console')}`],
    ...['-qmp', `unix:${listening('qmp')}`.replace('path=', ''), '-qtest-log', 'none'],
    ...['-qtest', `unix:${listening('pins')}`.replace('path=', '')],
    ...['-kernel', join(image, 'vmlinuz'), '-initrd', join(image, 'initrd.gz')],
    ...['-append', 'console=ttyAMA0 quiet systemd.show_status=false'],
    ...disk('root', disks.root, 'qcow2'),
    ...disk('data', disks.data, 'qcow2'),
    ...disk('paper', paper, 'raw,read-only=on'),
    ...['-netdev', 'user,id=uplink', '-device', `virtio-net-pci,netdev=uplink,mac=${UPLINK_MAC},romfile=`],
    ...['-netdev', `user,id=panel,net=10.0.3.0/24,restrict=on,hostfwd=tcp:127.0.0.1:${panelPort}-:${SHOWN_PORT}`],
    ...['-device', `virtio-net-pci,netdev=panel,mac=${PANEL_MAC},romfile=`],
    ...['-device', 'virtio-serial-pci', '-chardev', `socket,id=command,${listening('command')}`],
    ...['-device', 'virtserialport,chardev=command,name=tps-kit.command'],
    ...['-device', 'qemu-xhci,id=usb'],
    ...SERIAL_DEVICES.flatMap((name) => ['-chardev', `socket,id=${name},${listening(name)}`]),
    ...(clock ? ['-rtc', `base=${clock.toISOString().slice(0, 19)}`] : []),
    // Until what is soldered to it is in place.
    '-S',
    ...(from ? ['-incoming', `exec:cat '${from}'`] : []),
  ];
}

function disk(name: string, file: string, format: string): readonly string[] {
  return ['-drive', `if=none,id=${name},file=${file},format=${format}`, '-device', `virtio-blk-pci,drive=${name}`];
}
