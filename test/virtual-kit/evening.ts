import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Scene } from '#test/scene.ts';
import { branchOf } from './disks.ts';
import type { MachineSetting } from './machine.ts';
import type { Moment, SavedKit } from './saved-kit.ts';
import { PANEL_PORT, setTable } from './table.ts';
import { panelThere, startKit, type VirtualKit } from './virtual-kit.ts';

/** One evening with a virtual kit, its broker and its centre, from a saved moment on. */
export interface Evening {
  /** The machine that is on now. */
  kit(): VirtualKit;
  readonly scene: Scene;
  /** Pulls the plug. */
  cutPower(): Promise<void>;
  /** Switches it on again, and waits for its panel. */
  switchOn(how?: Pick<MachineSetting, 'clock' | 'isOnline'>): Promise<VirtualKit>;
  /** What the centre has. */
  results(): Promise<Results>;
  alarms(): Promise<unknown>;
  end(): Promise<void>;
}

const Results = z.object({
  documents: z.array(
    z.object({
      tps: z.string(),
      form: z.string(),
      digest: z.string(),
      version: z.number(),
      picturesWhole: z.number(),
      figures: z.record(z.string(), z.number().nullable()),
    }),
  ),
});
export type Results = z.infer<typeof Results>['documents'];

/** Goes on with the machine as it was saved; 'off': with its disks alone, to be switched on. */
export async function evening(saved: SavedKit, moment: Moment, machine: 'on' | 'off' = 'on'): Promise<Evening> {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-virtual-'));
  cpSync(saved.table, join(folder, 'table'), { recursive: true });
  const { disks: before, state } = saved.moments[moment];
  const disks = branchOf(before, folder);
  const scene = await setTable(join(folder, 'table'));
  const setting = { image: saved.image, paper: saved.paper, disks, folder, panelPort: PANEL_PORT };
  let kit: VirtualKit | null = null;
  await scene.broker.start();
  const central = await scene.startCentral();
  if (machine === 'on') kit = await startKit({ ...setting, from: state });

  const get = async (path: string): Promise<unknown> => (await fetch(`${central}api/${path}`)).json();
  return {
    kit() {
      if (!kit) throw new Error('the machine is off');
      return kit;
    },
    scene,
    async cutPower() {
      await kit?.machine.kill();
      kit = null;
    },
    async switchOn(how = {}) {
      kit = await startKit({ ...setting, ...how });
      await panelThere(kit);
      return kit;
    },
    results: async () => Results.parse(await get('results?mode=resmi')).documents,
    alarms: () => get('alarms'),
    async end() {
      await kit?.machine.kill();
      await scene.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
