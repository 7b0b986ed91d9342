import { appendFile, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '#drivers/clock/clock.ts';
import { EVENT_IDS, type Happened, happened } from './catalogue.ts';

/** The kit's own account of an evening: one line of JSON an event, only ever added to. */
export interface EventLog {
  /** Writes down what happened, in order. Never fails: what cannot be written is counted, and told by the next line that can. */
  note(happened: Happened): void;
  /** Resolves when everything noted so far is on the disk, or is lost. */
  settled(): Promise<void>;
}

const LoggedEvent = z
  .strictObject({
    /** From 1; a gap means that lines were removed. */
    n: z.int().positive(),
    /** Which start of the program; 0 where its store could not be opened to tell. */
    run: z.int().nonnegative(),
    monotonicMs: z.number().nonnegative(),
    wallClock: z.iso.datetime(),
    clockSynchronised: z.boolean(),
    id: z.enum(EVENT_IDS),
    details: z.record(z.string(), z.union([z.string().max(200), z.number()])),
  })
  .readonly();
export type LoggedEvent = z.infer<typeof LoggedEvent>;

/** Name of the file beside the store. */
export const EVENTS_FILE = 'events.jsonl';

export interface EventLogSetting {
  readonly file: string;
  readonly run: number;
  readonly clock: Clock;
}

/** Goes on after the last whole line; one that a power cut tore is ended, so that it spoils no other. */
export async function openEventLog({ file, run, clock }: EventLogSetting): Promise<EventLog> {
  const text = await readFile(file, 'utf8').catch(() => '');
  let n = eventsIn(text).events.at(-1)?.n ?? 0;
  let torn = text !== '' && !text.endsWith('\n');
  let lost = 0;
  let last: Promise<void> = Promise.resolve();

  function lineOf({ id, details }: Happened): string {
    n += 1;
    const time = { monotonicMs: clock.monotonicMs(), wallClock: clock.wall().toISOString() };
    const event: LoggedEvent = { n, run, ...time, clockSynchronised: clock.isSynchronised(), id, details };
    return `${JSON.stringify(event)}\n`;
  }

  async function write(happenedNow: Happened): Promise<void> {
    const before = n;
    const lines = (lost > 0 ? lineOf(happened('events-lost', { count: lost })) : '') + lineOf(happenedNow);
    try {
      await append(file, torn ? `\n${lines}` : lines);
      [torn, lost] = [false, 0];
    } catch {
      // A part may have been written: what comes next must not be joined to it.
      [torn, lost, n] = [true, lost + 1, before];
    }
  }

  return {
    note(happenedNow) {
      last = last.then(() => write(happenedNow));
    },
    settled: () => last,
  };
}

/** What a log says, and how many of its lines are none (torn by a power cut, or tampered with). */
export function eventsIn(text: string): { readonly events: readonly LoggedEvent[]; readonly unreadable: number } {
  const lines = text.split('\n').filter((line) => line !== '');
  const events = lines.flatMap((line) => {
    const parsed = LoggedEvent.safeParse(jsonIn(line));
    return parsed.success ? [parsed.data] : [];
  });
  return { events, unreadable: lines.length - events.length };
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function append(file: string, lines: string): Promise<void> {
  await appendFile(file, lines, { mode: 0o640 });
  const handle = await open(file, 'r');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
