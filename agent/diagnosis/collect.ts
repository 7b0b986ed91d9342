import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Configuration, type LoadedConfiguration, storeFolder } from '#agent/configuration.ts';
import { EVENTS_FILE, eventsIn, type LoggedEvent } from '#agent/event-log/event-log.ts';
import { MODEL_FILE, WORDS_MODEL_FILE } from '#agent/read/model-file.ts';
import { type Disk, nodeDisk } from '#agent/store/disk.ts';
import { shippedForms } from '#contract/forms.ts';
import { Mode } from '#contract/wire/record.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import { certificateFacts } from './certificates.ts';
import type { Diagnosis, Finding, Versions } from './diagnosis.ts';
import { cleaned, journalLines } from './journal.ts';
import { settingsOf } from './kit-settings.ts';
import { machineFacts } from './machine.ts';
import { storeFacts } from './store-facts.ts';

export interface DiagnosisOrder {
  readonly loaded: LoadedConfiguration;
  readonly agent: string;
  readonly clock: Clock;
  /** What was found by looking now. */
  readonly now: readonly Finding[];
  /** Reads the system's journal. */
  readonly journal?: () => Promise<readonly string[]>;
  readonly disk?: Disk;
}

/** An evening has some hundreds. */
const MAX_EVENTS = 5_000;
const MAX_PICTURES = 100;

/** Gathers all of it, beside the kit that may be at work. What is missing or broken is said, and the rest is there. */
export async function collectDiagnosis(order: DiagnosisOrder): Promise<Diagnosis> {
  const { loaded, agent, clock, now, journal = journalLines, disk = nodeDisk } = order;
  const configuration = loaded.ok ? loaded.configuration : null;
  const { events, unreadable } = configuration ? await eventsOf(configuration) : { events: [], unreadable: 0 };
  const stores = configuration
    ? await Promise.all(Mode.options.map((mode) => storeFacts(configuration, mode, disk)))
    : [];
  return {
    schema: 1,
    at: clock.wall().toISOString(),
    versions: await versionsOf(agent),
    machine: await machineFacts(clock.setBy()),
    kit: configuration && settingsOf(configuration),
    why: loaded.ok ? null : cleaned(loaded.reason),
    certificates: configuration ? await certificateFacts(configuration) : [],
    stores: stores.filter((facts) => facts !== null),
    health: {
      lastReadiness: events.findLast(({ id }) => id === 'readiness-checked') ?? null,
      now: now.map(({ part, says }) => ({ part, says: cleaned(says) })),
    },
    pictures: events.filter(({ id }) => id === 'picture-judged').slice(-MAX_PICTURES),
    events: events.slice(-MAX_EVENTS),
    unreadableEvents: unreadable,
    journal: await journal(),
  };
}

/** Practice's first, as it was; each log counts its own. */
async function eventsOf(configuration: Configuration): Promise<{ events: readonly LoggedEvent[]; unreadable: number }> {
  const logs = await Promise.all(
    Mode.options.map(async (mode) => {
      const file = join(storeFolder({ ...configuration, mode }), EVENTS_FILE);
      return eventsIn(await readFile(file, 'utf8').catch(() => ''));
    }),
  );
  return {
    events: logs.flatMap(({ events }) => events),
    unreadable: logs.reduce((sum, { unreadable }) => sum + unreadable, 0),
  };
}

async function versionsOf(agent: string): Promise<Versions> {
  const [digits, words] = await Promise.all([MODEL_FILE, WORDS_MODEL_FILE].map(digestOf));
  return {
    agent,
    runtime: { ...process.versions },
    models: { digits: digits ?? null, words: words ?? null },
    forms: shippedForms().forms.map(({ id }) => id),
  };
}

async function digestOf(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch(() => null);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
