import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '#agent/health/checks.ts';
import type { PanelView } from '#agent/panel/panel-view.ts';
import type { SessionView } from '#agent/session/session.ts';
import { type EscPosDevice, escPosDevice } from '#drivers/printer/testing/esc-pos-device.ts';
import { type Kpps, kppsAt } from '#test/kpps.ts';
import { type Machine, type MachineSetting, startMachine } from './machine.ts';
import { type SerialDevice, serialPath } from './serial-plug.ts';
import { CHAIR, paperOfTable } from './table.ts';

/** A kit as its KPPS has it before them: what can be laid, pressed, held, plugged in and switched off, and what is to be seen. */
export interface VirtualKit {
  readonly machine: Machine;
  /** Before he presses PINDAI he lays the first page down that is missing. */
  readonly kpps: Kpps;
  /** Puts the printer's plug in: what it prints from then on. It is pulled out again after so many bytes, where that is said. */
  plugPrinter(pulledAfter?: number): Promise<EscPosDevice>;
  /** Waits until the kit's log says so of a device, the last time that it says anything of it. */
  deviceIs(device: SerialDevice, how: 'there' | 'not there'): Promise<void>;
  /** Holds a badge under the reader. */
  badge(code: string): void;
  /** The chair's PIN is typed on the screen. */
  enterPin(): Promise<void>;
  /** What the agent has written to the journal. */
  journal(): Promise<string>;
}

/** In emulation a page takes minutes where a Raspberry Pi takes seconds. */
const HANDS = { patienceMs: 900_000, pollMs: 250 } as const;

export async function startKit(setting: MachineSetting): Promise<VirtualKit> {
  const machine = await startMachine(setting);
  const { written } = await paperOfTable();
  const panel = `http://127.0.0.1:${setting.panelPort}/`;
  const member = kppsAt(panel, written, { ...HANDS, press: machine.pins.press });
  const { printer } = machine.serial;
  let paper: EscPosDevice | null = null;
  let takes = 0;
  printer.onData((bytes) => {
    if (paper) printer.send(paper.hear(bytes.subarray(0, takes)));
    takes -= bytes.length;
    if (takes <= 0) void printer.unplug();
  });
  const lay = async (page: number) => void (await machine.run(`virtual-kit-camera page-${page}`));
  const kpps: Kpps = {
    ...member,
    async scan() {
      const pages = (await member.view()).documents.flatMap((document) => document.pages);
      await lay(pages.find(({ scanned }) => !scanned)?.page ?? 1);
      return member.scan();
    },
  };
  return {
    machine,
    kpps,
    async plugPrinter(pulledAfter = Number.POSITIVE_INFINITY) {
      paper = escPosDevice();
      takes = pulledAfter;
      await printer.plug();
      return paper;
    },
    async deviceIs(device, how) {
      const told = `journalctl --boot --unit=tps-kit.service | grep '${serialPath(device)} is ' | tail -n 1`;
      await machine.run(`until ${told} | grep -q ' is ${how}'; do sleep 0.3; done`);
    },
    badge: (code) => machine.serial.barcode.send(Buffer.from(`${code}\r\n`)),
    async enterPin() {
      const { origin } = new URL(panel);
      const body = JSON.stringify({ officer: CHAIR.code, pin: CHAIR.pin, as: 'log-in' });
      await fetch(`${origin}/pin`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body });
      await kpps.until('the chair to be logged in', ({ officer }) => officer === CHAIR.code);
    },
    journal: () => machine.run('journalctl --boot --no-pager --output=short-monotonic --unit=tps-kit.service'),
  };
}

/** What the kit says of its own parts; nothing before its first self-test has ended. */
export function checksOf(view: SessionView): readonly Check[] {
  return (view as PanelView).readiness?.checks ?? [];
}

/** The agent answers on its panel. */
export async function panelThere(kit: VirtualKit): Promise<void> {
  const end = Date.now() + HANDS.patienceMs;
  for (;;) {
    const view = await kit.kpps.view().catch(() => null);
    if (view) return;
    if (!kit.machine.running() || Date.now() > end) throw new Error(`no panel: ${await kit.journal()}`);
    await sleep(HANDS.pollMs);
  }
}
