import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { simulateClock } from '#drivers/clock/simulated-clock.ts';
import { EVENT_IDS, happened } from './catalogue.ts';
import { eventsIn, openEventLog } from './event-log.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-events-'));
  folders.push(folder);
  return join(folder, 'events.jsonl');
};
const open = (file: string, run = 1) =>
  openEventLog({ file, run, clock: simulateClock(new Date('2024-11-27T13:00:00Z')) });
const read = (file: string) => eventsIn(readFileSync(file, 'utf8'));

describe('the event log', () => {
  it('writes every event down once, in order and numbered, over any number of starts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...EVENT_IDS), { maxLength: 8 }), { maxLength: 4 }),
        async (starts) => {
          const file = newFile();
          writeFileSync(file, '');
          for (const [run, ids] of starts.entries()) {
            const log = await open(file, run + 1);
            for (const id of ids) log.note(happened(id, { page: 1 }));
            await log.settled();
          }
          const { events, unreadable } = read(file);
          expect(events.map(({ id }) => id)).toEqual(starts.flat());
          expect(events.map(({ n }) => n)).toEqual(starts.flat().map((_, n) => n + 1));
          expect(unreadable).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('says of each which run, what time, and whether the clock was set', async () => {
    const file = newFile();
    const log = await open(file, 7);
    log.note(happened('page-read', { form: 'besar', page: 2 }));
    await log.settled();
    expect(read(file).events).toEqual([
      {
        ...{ n: 1, run: 7, monotonicMs: 0, wallClock: '2024-11-27T13:00:00.000Z', clockSynchronised: false },
        ...{ id: 'page-read', details: { form: 'besar', page: 2 } },
      },
    ]);
  });

  it('goes on after a line that a power cut tore, and loses no other', async () => {
    const file = newFile();
    const log = await open(file);
    log.note(happened('page-read'));
    await log.settled();
    appendFileSync(file, '{"n":2,"run":1,"mono');
    const next = await open(file, 2);
    next.note(happened('page-refused', { code: 'blurred' }));
    await next.settled();
    const { events, unreadable } = read(file);
    expect([events.map(({ id }) => id), events.at(-1)?.n, unreadable]).toEqual([['page-read', 'page-refused'], 2, 1]);
  });

  it('tells how many it could not write down, once it can again', async () => {
    const file = join(newFile(), '..', 'no-such-folder', 'events.jsonl');
    const log = await open(file);
    log.note(happened('page-read'));
    log.note(happened('page-read'));
    await log.settled();
    mkdirSync(join(file, '..'), { recursive: true });
    log.note(happened('link-up'));
    await log.settled();
    expect(read(file).events.map(({ id, details }) => [id, details])).toEqual([
      ['events-lost', { count: 2 }],
      ['link-up', {}],
    ]);
  });

  it('is not readable by everybody on the machine', async () => {
    const file = newFile();
    const log = await open(file);
    log.note(happened('link-up'));
    await log.settled();
    expect(statSync(file).mode & 0o007).toBe(0);
  });
});
