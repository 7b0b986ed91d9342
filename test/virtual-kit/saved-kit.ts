import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { branchOf, type Disks, newDisks } from './disks.ts';
import { paperDisk } from './paper.ts';
import { provision } from './provisioning.ts';
import { PANEL_PORT, paperOfTable, setTable } from './table.ts';
import { checksOf, panelThere, startKit, type VirtualKit } from './virtual-kit.ts';

/** Moments of an evening at which the machine was saved, and from which a case begins. */
export const MOMENTS = ['ready', 'last-page', 'confirming'] as const;
/** ready: nothing was done yet. last-page: all but one page are read. confirming: every figure is right, nobody has confirmed. */
export type Moment = (typeof MOMENTS)[number];

export interface SavedKit {
  readonly image: string;
  readonly paper: string;
  /** Of the scene at the first moment: certificates, nothing else. */
  readonly table: string;
  readonly moments: Readonly<Record<Moment, { readonly disks: Disks; readonly state: string }>>;
}

const PAGES = [1, 2, 3];
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** What a saved machine depends on beside its disk. */
const SOURCES = ['saved-kit.ts', 'machine.ts', 'provisioning.ts', 'paper.ts', 'table.ts'];

/** The kit of that package, or the newest, from its first start to the question whether the figures are right; kept for the next run. */
export async function savedKit(say: (line: string) => void, deb?: string): Promise<SavedKit> {
  const image = builtImage(deb);
  const sources = SOURCES.map((file) => readFileSync(join(HERE, file)));
  const key = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 8);
  const folder = join(image, `saved-${key}`);
  const whole = join(folder, 'whole.json');
  if (!existsSync(whole)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const saved = await save(image, folder, say);
    writeFileSync(`${whole}.part`, JSON.stringify(saved));
    renameSync(`${whole}.part`, whole);
  }
  return JSON.parse(readFileSync(whole, 'utf8'));
}

/** The machine's disk with that package, or the newest, as `build` makes it. */
export function builtImage(deb?: string): string {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return execFileSync(join(HERE, 'build'), deb ? [deb] : [], { encoding: 'utf8', stdio: [...stdio] }).trim();
}

/** The disk that holds the photos of the table's form. */
export async function tablePaper(folder: string): Promise<string> {
  const { folder: photos } = await paperOfTable();
  return paperDisk(folder, Object.fromEntries(PAGES.map((n) => [`page-${n}`, join(photos, `page-${n}.jpg`)])));
}

/** From the first boot to a kit that has tested itself. */
export async function firstStart(kit: VirtualKit, table: string, tell: (line: string) => void): Promise<void> {
  await kit.machine.run('until [ "$(systemctl is-active multi-user.target)" = active ]; do sleep 0.2; done');
  tell('booted');
  await provision(kit.machine, table);
  await kit.machine.run('sync; systemctl start --no-block tps-kit.service');
  await panelThere(kit);
  tell('panel');
  await kit.kpps.until('the self-test', (view) => checksOf(view).length > 0);
}

async function save(image: string, folder: string, say: (line: string) => void): Promise<SavedKit> {
  const begun = performance.now();
  const tell = (line: string) => say(`${((performance.now() - begun) / 1000).toFixed(0)} s: ${line}`);
  const paper = await tablePaper(folder);
  const table = join(folder, 'table');
  const scene = await setTable(table);
  await scene.broker.start();
  const moments: Partial<Record<Moment, { disks: Disks; state: string }>> = {};
  let disks = newDisks(join(folder, 'new'), image);
  const start = (from?: string) => {
    const setting = { image, disks, paper, folder: join(folder, 'machine'), panelPort: PANEL_PORT };
    return startKit(from ? { ...setting, from } : setting);
  };
  let kit = await start();

  /** Saves the machine, and goes on with what it was. */
  async function keep(moment: Moment): Promise<VirtualKit> {
    const state = join(folder, `${moment}.state`);
    await kit.machine.save(state);
    moments[moment] = { disks, state };
    tell(moment);
    disks = branchOf(disks, join(folder, moment));
    return start(state);
  }

  await firstStart(kit, table, tell);
  kit = await keep('ready');
  await kit.enterPin();
  for (const page of PAGES) {
    if (page === PAGES.at(-1)) kit = await keep('last-page');
    await kit.kpps.scan();
    tell(`page ${page} is read`);
  }
  await kit.kpps.settle();
  await kit.kpps.proofread();
  kit = await keep('confirming');
  await kit.machine.kill();
  await scene.stop();
  const { ready, 'last-page': last, confirming } = moments;
  if (!ready || !last || !confirming) throw new Error('a moment was not saved');
  return { image, paper, table, moments: { ready, 'last-page': last, confirming } };
}
