import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Configuration,
  copyFolder,
  type LoadedConfiguration,
  loadConfiguration,
  storeFolder,
} from './configuration.ts';
import { nodeDisk, replaceFile } from './store/disk.ts';

/**
 * Practice or official. A kit that is configured for practice becomes an official one once, on the evening, by its
 * chair: a file in its data folder says so from then on, and what was practised is gone.
 */
const OFFICIAL_MARK = 'resmi.json';

/** The configuration with the mode that counts now. What was practised before is cleared, here and on the stick, before anything is opened. */
export async function inCurrentMode(configuration: Configuration): Promise<Configuration> {
  if (configuration.mode === 'resmi' || !(await isOfficial(configuration))) return configuration;
  await clearPractice(configuration);
  return { ...configuration, mode: 'resmi' };
}

/** The same for a command that is run beside the kit, which clears nothing. */
export async function loadInCurrentMode(file: string): Promise<LoadedConfiguration> {
  const loaded = loadConfiguration(file);
  if (!loaded.ok || !(await isOfficial(loaded.configuration))) return loaded;
  return { ok: true, configuration: { ...loaded.configuration, mode: 'resmi' } };
}

async function isOfficial({ data, mode }: Configuration): Promise<boolean> {
  return mode === 'resmi' || (await nodeDisk.read(join(data, OFFICIAL_MARK))) !== null;
}

/** The next start is an official one; once this resolves, nothing leads back. Rejects where it cannot be written. */
export async function becomeOfficial(configuration: Configuration, at: Date): Promise<void> {
  await nodeDisk.makeFolder(configuration.data);
  const mark = Buffer.from(`${JSON.stringify({ since: at.toISOString() })}\n`);
  await replaceFile(nodeDisk, configuration.data, OFFICIAL_MARK, mark);
}

async function clearPractice(configuration: Configuration): Promise<void> {
  await rm(storeFolder({ ...configuration, mode: 'latihan' }), { recursive: true, force: true });
  if (configuration.copy === undefined) return;
  const copy = copyFolder(configuration.copy, configuration.kit, 'latihan');
  await rm(copy, { recursive: true, force: true }).catch(() => undefined);
}
