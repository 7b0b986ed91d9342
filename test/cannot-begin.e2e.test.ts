import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { EVENTS_FILE, eventsIn } from '#agent/event-log/event-log.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStoreFile } from '#agent/store/store.ts';
import { digestOf } from '#contract/wire/signature.ts';
import { type Scene, setScene } from './scene.ts';

/** A kit whose memory is not what it left there begins nothing, says so on its screen, and leaves everything as it is. */
const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'resmi' } as const;
const work = mkdtempSync(join(tmpdir(), 'tps-kit-cannot-'));
const good = join(work, 'good');
let scene: Scene | null = null;

beforeAll(async () => {
  const begun = await sceneIn(good);
  await begun.startKit();
  await begun.stop();
});
afterEach(async () => {
  await scene?.stop();
});
afterAll(() => rmSync(work, { recursive: true }));

function sceneIn(folder: string): Promise<Scene> {
  return setScene({ folder, photos: work, kit: OWNER.kit, tps: OWNER.tps, forms: ['c-hasil-kwk-gubernur'] });
}

const SLOTS = ['store.0.json', 'store.1.json'];

test.each<[string, string, (store: string, folder: string) => unknown]>([
  ['full of zeros', 'Penyimpanan alat ini rusak.', (store) => eachSlot(store, zero)],
  ['torn', 'Penyimpanan alat ini rusak.', (store) => eachSlot(store, (slot) => truncateSync(slot, 100))],
  ['of another TPS', 'Kartu ini milik alat atau TPS lain.', (_, folder) => setTps(folder, '1671010001002')],
  ['for forms nobody knows', 'Alat ini belum disiapkan.', (_, folder) => setForms(folder, ['c-hasil-2099'])],
  ['changed by hand', 'Catatan di alat ini telah diubah.', addForgedRecord],
  ['of a newer program', 'Penyimpanan ini dibuat oleh program yang lebih baru.', setFormat],
])('a store that is %s', async (_, sentence, harm) => {
  const folder = join(work, randomBytes(4).toString('hex'));
  cpSync(good, folder, { recursive: true });
  const store = join(folder, 'kit', OWNER.mode);
  scene = await sceneIn(folder);
  await harm(store, folder);
  const before = contentsOf(store);
  const line = await scene.kit.start(/cannot begin, see http/);
  const page = await (await fetch(/http:\S+/.exec(line)?.[0] ?? '')).text();
  expect(page).toContain(`<h1>${sentence}</h1>`);
  expect(page).toMatch(/<p class="todo">.*Panggil teknisi/i);
  expect(contentsOf(store)).toEqual(before);
  const { events } = eventsIn(readFileSync(join(store, EVENTS_FILE), 'utf8'));
  expect(events.at(-1)).toMatchObject({ id: 'cannot-begin', run: 0 });
});

function eachSlot(store: string, harm: (slot: string) => void): void {
  for (const slot of SLOTS.filter((name) => readdirSync(store).includes(name))) harm(join(store, slot));
}

function zero(slot: string): void {
  writeFileSync(slot, Buffer.alloc(statSync(slot).size));
}

function setTps(folder: string, tps: string): void {
  change(folder, { tps });
}

function setForms(folder: string, forms: readonly string[]): void {
  change(folder, { forms });
}

function change(folder: string, changes: object): void {
  const file = join(folder, 'kit.json');
  const configuration = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...configuration, ...changes }));
}

/** Whole by its checksum, but no record of the kit's. */
async function addForgedRecord(store: string): Promise<void> {
  const opened = await openStoreFile(nodeDisk, store);
  const contents = opened.ok ? await opened.file.adapter.read() : null;
  if (!opened.ok || !contents) throw new Error('there is no store');
  const jws = 'eyJhbGciOiJFZERTQSJ9.e30.AAAA';
  const place = { sequence: 1, digest: digestOf(jws), jws, form: 'c-hasil-kwk-gubernur', version: 1 };
  const forged = { ...place, pictures: [], answer: { kind: 'waiting' } } as const;
  await opened.file.adapter.write({ ...contents, records: [forged] });
}

/** As a later version may write it. */
async function setFormat(store: string): Promise<void> {
  const opened = await openStoreFile(nodeDisk, store);
  const contents = opened.ok ? await opened.file.adapter.read() : null;
  if (!opened.ok || !contents) throw new Error('there is no store');
  const later = { ...contents, schema: 2, ballots: [] };
  await opened.file.adapter.write(later as unknown as typeof contents);
}

/** But for the start counted, which is written before the records are looked at. */
function contentsOf(store: string): readonly string[] {
  return readdirSync(store).sort();
}
