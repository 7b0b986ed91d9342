import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTable } from '#test/bench/table.ts';
import { newDisks } from './disks.ts';
import { builtImage, firstStart, tablePaper } from './saved-kit.ts';
import { PANEL_PORT, setTable } from './table.ts';
import { startKit } from './virtual-kit.ts';

/**
 * How many instructions the installed kit takes, and how long a Raspberry Pi 4 would: in a machine whose clock counts
 * instructions. As root, after `make deb`: `node test/virtual-kit/instructions.bench.ts` (docs/virtual-kit.md).
 */

/** A Raspberry Pi 4's Cortex-A72, and what programs of this kind get out of it: instructions a cycle, at worst and at best. */
const PI4 = { hz: 1.5e9, perCycle: [0.8, 1.4] } as const;

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-instructions-'));
const table = join(folder, 'table');
const scene = await setTable(table);
await scene.broker.start();
const image = builtImage(process.argv[2]);
const kit = await startKit({
  ...{ image, disks: newDisks(join(folder, 'disks'), image), paper: await tablePaper(folder) },
  ...{ folder: join(folder, 'machine'), panelPort: PANEL_PORT, pace: 'instructions' },
});
const rows: (readonly [string, string, string])[] = [];
let before = 0;

/** Processor time of all the unit's processes so far, ns, which is instructions here. */
async function counted(): Promise<number> {
  return Number((await kit.machine.run('systemctl show --value --property=CPUUsageNSec tps-kit.service')).trim());
}

async function note(what: string): Promise<void> {
  const now = await counted();
  const taken = now - before;
  const [least, most] = PI4.perCycle;
  const seconds = (perCycle: number) => (taken / PI4.hz / perCycle).toFixed(1);
  rows.push([what, (taken / 1e9).toFixed(2), `${seconds(most)} to ${seconds(least)}`]);
  console.log(rows.at(-1)?.join('  '));
  before = now;
}

try {
  await firstStart(kit, table, console.log);
  await note('start to SIAP, self-test and known page');
  await kit.enterPin();
  before = await counted();
  for (const page of [1, 2, 3]) {
    const { notice } = await kit.kpps.scan();
    if (notice) throw new Error(`page ${page} was not read: ${JSON.stringify(notice)}`);
    await note(`page ${page}, pressed and read`);
  }
  printTable('the kit, in instructions', ['what', '10⁹ instructions', 'Raspberry Pi 4, one core, s'], rows);
} finally {
  await kit.machine.kill();
  await scene.stop();
  rmSync(folder, { recursive: true, force: true });
}
