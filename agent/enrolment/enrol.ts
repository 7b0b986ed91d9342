import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfiguration } from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Enrolment } from '#contract/wire/enrolment.ts';
import { ENROLMENT_STICK } from '#contract/wire/enrolment-stick.ts';
import { certificatesOf } from '#contract/wire/signature.ts';
import { checkEnrolment, type EnrolmentRefusal, type StickContents } from './check-enrolment.ts';
import { CONFIGURATION_FILE, type KitFiles, kitFiles, ROOT_FILE } from './configuration-folder.ts';

/** What a technician is asked before a machine becomes the kit of a TPS. */
export interface EnrolmentQuestion {
  readonly enrolment: Enrolment;
  /** sha256 of the authority's root, hex; null where the kit knows it already. */
  readonly newRoot: string | null;
}

export interface EnrolOrder {
  /** Folder where the stick is mounted. */
  readonly stick: string;
  /** Folder of the kit's configuration, /etc/tps-kit. */
  readonly folder: string;
  readonly forms: FormRegistry;
  readonly now: Date;
  readonly confirm: (question: EnrolmentQuestion) => Promise<boolean>;
}

/**
 * none: no bundle on the stick. enrolled: the machine is a kit already, and another than this one. declined: the
 * technician said no. setting: the configuration in it cannot be used.
 */
export type EnrolOutcome =
  | { readonly ok: true; readonly enrolment: Enrolment }
  | {
      readonly ok: false;
      readonly code: EnrolmentRefusal | 'none' | 'enrolled' | 'declined' | 'setting';
      readonly reason: string;
    };

/**
 * Makes this machine the kit of the TPS on the stick. Nothing is changed unless everything is right and the technician
 * agrees; the private key leaves the stick only when it is on the kit's disk. A power cut at any moment leaves a kit that
 * is enrolled, or one that can be enrolled again from the same stick.
 */
export async function enrol(order: EnrolOrder): Promise<EnrolOutcome> {
  const { stick, folder, forms, now } = order;
  const found = await readStick(stick).catch((error: unknown) => refuse('torn', String(error)));
  if (found && 'ok' in found) return found;
  if (!found) return refuse('none', `there is no ${ENROLMENT_STICK.folder}/${ENROLMENT_STICK.enrolment} on it`);
  const root = trustedRoot(folder);
  const checked = await checkEnrolment(found, { root, forms, now });
  if (!checked.ok) return checked;
  const { enrolment, key } = checked;
  const files = kitFiles(enrolment, key);
  const before = enrolledAs(folder);
  if (before !== null && before !== configurationIn(files)) return refuse('enrolled', 'this machine is a kit already');
  if (before === null) {
    const staged = await stage(folder, files);
    if (staged !== null) return refuse('setting', staged);
    if (!(await order.confirm({ enrolment, newRoot: root ? null : checked.root }))) {
      await rm(stagingOf(folder), { recursive: true, force: true });
      return refuse('declined', 'the technician did not agree');
    }
    await putInPlace(folder, files);
  }
  await eraseKey(join(stick, ENROLMENT_STICK.folder));
  return { ok: true, enrolment };
}

async function readStick(stick: string): Promise<StickContents | null> {
  const read = async (name: string) => {
    const found = await nodeDisk.read(join(stick, ENROLMENT_STICK.folder, name));
    return found === null ? null : Buffer.from(found).toString('utf8');
  };
  const jws = await read(ENROLMENT_STICK.enrolment);
  return jws === null ? null : { jws, key: await read(ENROLMENT_STICK.key) };
}

function trustedRoot(folder: string) {
  const file = join(folder, ROOT_FILE);
  return existsSync(file) ? (certificatesOf(readFileSync(file, 'utf8'))[0] ?? null) : null;
}

function enrolledAs(folder: string): string | null {
  const file = join(folder, CONFIGURATION_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function configurationIn(files: KitFiles): string {
  return files.find(([name]) => name === CONFIGURATION_FILE)?.[1] ?? '';
}

function stagingOf(folder: string): string {
  return join(folder, '.pemasangan');
}

/** Writes everything beside its place and reads it as the agent will; answers what the agent would not take. */
async function stage(folder: string, files: KitFiles): Promise<string | null> {
  const staging = stagingOf(folder);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o750 });
  const { uid, gid } = await stat(folder);
  await chown(staging, uid, gid);
  for (const [name, text] of files) {
    const file = await open(join(staging, name), 'w', 0o640);
    await file.chown(uid, gid);
    await file.writeFile(text);
    await file.sync();
    await file.close();
  }
  const loaded = loadConfiguration(join(staging, CONFIGURATION_FILE));
  const credentials = loaded.ok ? loadCredentials(loaded.configuration) : loaded;
  if (credentials.ok) return null;
  await rm(staging, { recursive: true, force: true });
  return credentials.reason;
}

async function putInPlace(folder: string, files: KitFiles): Promise<void> {
  const staging = stagingOf(folder);
  for (const [name] of files) {
    // What it names must be there before the configuration is.
    if (name === CONFIGURATION_FILE) await nodeDisk.syncFolder(folder);
    await rename(join(staging, name), join(folder, name));
  }
  await nodeDisk.syncFolder(folder);
  await rm(staging, { recursive: true, force: true });
}

/** Overwrites the key before it is removed. A stick's own controller may keep an old copy: it is not lent out afterwards. */
async function eraseKey(folder: string): Promise<void> {
  const file = join(folder, ENROLMENT_STICK.key);
  await chmod(file, 0o600).catch(() => undefined);
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(file);
  await nodeDisk.syncFolder(folder);
}

function refuse<Code extends string>(code: Code, reason: string) {
  return { ok: false, code, reason } as const;
}
