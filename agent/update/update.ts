import type { X509Certificate } from 'node:crypto';
import { constants, copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nodeDisk, replaceFile } from '#agent/store/disk.ts';
import type { KitSystem } from './kit-system.ts';
import { checkPackage, type OfferedPackage, type PackageRefusal, packagesAt } from './offered-update.ts';
import { after, Journal, type Next } from './update-steps.ts';

/** Everything an update works with. */
export interface UpdateSetting {
  readonly system: KitSystem;
  /** The updater's own folder: packages that are or were installed, and the journal. */
  readonly folder: string;
  /** Certificates of the centre, who alone signs packages. */
  readonly central: readonly X509Certificate[];
  /** The executable that is at work now: it goes on after a power cut, since the installed one may be half of each. */
  readonly executable: string;
  /** Whether an official evening is on its way. */
  readonly isEvening: () => Promise<boolean>;
  readonly say: (line: string) => void;
}

export type UpdateOutcome =
  | { readonly kind: 'done' | 'undone' | 'stuck'; readonly from: string; readonly to: string; readonly reason: string }
  /** Nothing was to be done. */
  | { readonly kind: 'nothing' }
  | UpdateRefusal;

export type UpdateRefusal = {
  readonly kind: 'refused';
  /**
   * other-architecture: it is for other machines. not-newer: this or a newer one is installed. no-way-back: the
   * package of the installed version is neither kept nor offered. evening: results of an official evening are on
   * this kit. unfinished: an update before this one has not ended.
   */
  readonly code:
    | PackageRefusal['code']
    | 'not-installed'
    | 'other-architecture'
    | 'not-newer'
    | 'no-way-back'
    | 'evening'
    | 'unfinished';
  readonly reason: string;
};

const JOURNAL = 'journal.json';
export const UPDATER = 'updater';

/** Installs the newest package that is offered at a path, and keeps it only if it passes its test. */
export async function update(setting: UpdateSetting, path: string): Promise<UpdateOutcome> {
  const { system, folder } = setting;
  if (await readJournal(folder)) return refuse('unfinished', 'start the machine again: it is finished or undone first');
  const installed = await system.installedVersion();
  if (installed === null) return refuse('not-installed', 'the program is not installed as a package');
  const chosen = await choose(setting, path, installed);
  if (chosen.kind === 'refused') return chosen;
  if (await setting.isEvening()) return refuse('evening', 'an official evening has begun on this kit');
  const { old, fresh } = chosen;
  await nodeDisk.makeFolder(folder);
  const from = { version: installed, file: await keep(old.file, folder) };
  const to = { version: fresh.manifest.version, file: await keep(fresh.file, folder) };
  await copyDurably(setting.executable, join(folder, UPDATER));
  await writeJournal(folder, { schema: 1, step: 'install', from, to });
  return carryOn(setting);
}

/** Goes on where the power went; the kit has not been started yet. */
export async function resume(setting: UpdateSetting): Promise<UpdateOutcome> {
  const journal = await readJournal(setting.folder);
  if (!journal) return { kind: 'nothing' };
  const next = after(journal.step, 'cut');
  await writeJournal(setting.folder, { ...journal, step: stepOf(next) });
  return carryOn(setting);
}

async function carryOn(setting: UpdateSetting): Promise<UpdateOutcome> {
  let reason = '';
  for (;;) {
    const journal = await readJournal(setting.folder);
    if (!journal) throw new Error('the journal of the update is gone');
    setting.say(`${journal.step} ${journal.from.version} -> ${journal.to.version}`);
    const fault = await work(setting, journal);
    if (fault !== null) setting.say(fault);
    reason ||= fault ?? '';
    const next = after(journal.step, fault === null ? 'well' : 'badly');
    const told = { from: journal.from.version, to: journal.to.version, reason };
    switch (next) {
      case 'done':
      case 'undone':
        await endJournal(setting.folder, next === 'done' ? journal.to.file : journal.from.file, journal.from.file);
        return { kind: next, ...told };
      case 'stuck':
        return { kind: next, ...told };
      default:
        await writeJournal(setting.folder, { ...journal, step: next });
    }
  }
}

/** Does one step; answers why it failed, null where it did not. */
async function work({ system, folder }: UpdateSetting, { step, from, to }: Journal): Promise<string | null> {
  switch (step) {
    case 'install':
      return firstFault([() => system.stop(), () => system.install(join(folder, to.file))]);
    case 'test':
      return firstFault([() => system.selfTest(), () => system.start()]);
    case 'undo':
      return firstFault([
        () => system.stop(),
        () => system.install(join(folder, from.file)),
        () => system.undoMigrations().then(() => ({ ok: true }) as const),
        () => system.start(),
      ]);
  }
}

type Attempt = () => ReturnType<KitSystem['stop']>;

async function firstFault(attempts: readonly Attempt[]): Promise<string | null> {
  for (const attempt of attempts) {
    const did = await attempt().catch((error: unknown) => ({ ok: false, reason: String(error) }) as const);
    if (!did.ok) return did.reason;
  }
  return null;
}

interface Chosen {
  readonly kind: 'chosen';
  readonly old: OfferedPackage;
  readonly fresh: OfferedPackage;
}

async function choose(setting: UpdateSetting, path: string, installed: string): Promise<Chosen | UpdateRefusal> {
  const { system, central, folder } = setting;
  const architecture = await system.architecture();
  let refusal = refuse('none', `no package tps-kit_….deb lies at ${path}`);
  let fresh: OfferedPackage | null = null;
  for (const file of await packagesAt(path)) {
    const checked = await checkPackage(file, central);
    if (!checked.ok) refusal = refuse(checked.code, checked.reason);
    else if (checked.offered.manifest.architecture !== architecture)
      refusal = refuse('other-architecture', `${file} is for ${checked.offered.manifest.architecture}`);
    else if (!(await system.isNewer(checked.offered.manifest.version, fresh?.manifest.version ?? installed)))
      refusal = refuse('not-newer', `${file} is not newer than ${installed}, which is installed`);
    else fresh = checked.offered;
  }
  if (!fresh) return refusal;
  for (const place of [folder, path]) {
    for (const file of await packagesAt(place)) {
      const checked = await checkPackage(file, central);
      if (!checked.ok) continue;
      const { manifest } = checked.offered;
      if (manifest.version === installed && manifest.architecture === architecture)
        return { kind: 'chosen', old: checked.offered, fresh };
    }
  }
  return refuse('no-way-back', `lay tps-kit_${installed}_${architecture}.deb and its .jws beside the new package`);
}

function refuse(code: UpdateRefusal['code'], reason: string): UpdateRefusal {
  return { kind: 'refused', code, reason };
}

function stepOf(next: Next): Journal['step'] {
  if (next === 'done' || next === 'undone' || next === 'stuck') throw new Error(`a power cut leads to no ${next}`);
  return next;
}

/** Lays a package and what was signed of it into the updater's folder; answers its name there. */
async function keep(file: string, folder: string): Promise<string> {
  const name = basename(file);
  if (join(folder, name) === file) return name;
  await copyDurably(file, join(folder, name));
  await copyDurably(`${file}.jws`, join(folder, `${name}.jws`));
  return name;
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.writing`, constants.COPYFILE_FICLONE);
  const handle = await open(`${to}.writing`, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${to}.writing`, to);
  await nodeDisk.syncFolder(join(to, '..'));
}

async function readJournal(folder: string): Promise<Journal | null> {
  const text = await readFile(join(folder, JOURNAL), 'utf8').catch(() => null);
  return text === null ? null : Journal.parse(JSON.parse(text));
}

async function writeJournal(folder: string, journal: Journal): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replaceFile(nodeDisk, folder, JOURNAL, Buffer.from(`${JSON.stringify(journal)}\n`));
}

/** What is installed now and what was before stay; older packages go. */
async function endJournal(folder: string, ...kept: readonly string[]): Promise<void> {
  await rm(join(folder, JOURNAL), { force: true });
  await nodeDisk.syncFolder(folder);
  await rm(join(folder, UPDATER), { force: true });
  for (const name of await readdir(folder)) {
    if (name.includes('.deb') && !kept.some((file) => name === file || name === `${file}.jws`))
      await rm(join(folder, name));
  }
}
