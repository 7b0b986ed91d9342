import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { digestOf } from '#contract/wire/signature.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { type Disk, isMountPoint, nodeDisk } from './disk.ts';
import { type CopyState, followStore, type Restoring, restoreFromCopy, type SecondCopy } from './second-copy.ts';
import { openStore, readStore, type Store } from './store.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'latihan' } as const;
const SOON = { timeout: 10_000, interval: 10 };
/** A picture of a page that is not confirmed, and how many there were. */
const Evening = z.strictObject({ pages: z.int(), photo: z.string().optional() });
type Evening = z.infer<typeof Evening>;

let folder: string;
let main: string;
let stick: string;
const copies: SecondCopy[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-copy-'));
  [main, stick] = [join(folder, 'main'), join(folder, 'stick')];
});
afterEach(async () => {
  for (const copy of copies.splice(0)) await copy.close();
  rmSync(folder, { recursive: true });
});

async function open(at = main, owner: typeof OWNER | { kit: string; tps: string; mode: 'latihan' } = OWNER) {
  const opened = await openStore({ disk: nodeDisk, folder: at, ...owner, evening: Evening, fresh: { pages: 0 } });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

async function confirm(store: Store<Evening>): Promise<void> {
  const put = await store.pictures.put(randomBytes(2_000));
  if (!put.ok) throw new Error(put.reason);
  const { sha256, bytes } = put.picture;
  const head = store.head();
  const place = { sequence: (head?.sequence ?? 0) + 1, previous: head?.digest ?? null };
  const jws = randomBytes(8).toString('hex');
  const record = sampleRecord({ ...place, pages: [{ page: 1, sha256, bytes }] });
  expect(await store.confirm(record, { jws, digest: digestOf(jws) }, () => ({ pages: 1 }))).toEqual({ ok: true });
}

function follow(store: Store<Evening>, parts: { disk?: Disk; isMounted?: () => Promise<boolean> } = {}): SecondCopy {
  const setting = { disk: nodeDisk, photosOf, isMounted: async () => true, ...parts };
  const copy = followStore({ store, folder: stick, lookEveryMs: 20, ...setting });
  copies.push(copy);
  return copy;
}

const becomes = (copy: SecondCopy, state: Partial<CopyState>) =>
  vi.waitFor(() => expect(copy.state()).toMatchObject(state), SOON);

const photosOf = (evening: unknown) => {
  const { photo } = Evening.parse(evening);
  return photo === undefined ? [] : [photo];
};

const restore = (to = main, copy = stick, owner: Restoring['owner'] = OWNER) =>
  restoreFromCopy({ disk: nodeDisk, main: to, copy, owner, photosOf });

async function digestsOn(at: string): Promise<readonly string[]> {
  const read = await readStore(nodeDisk, at);
  return read.ok ? (read.contents?.records.map(({ digest }) => digest) ?? []) : [];
}

const pathsOf = (at: string) => readdirSync(join(at, 'pictures')).sort();

describe('the second copy', () => {
  it('holds all that is confirmed, the pictures and the evening, and goes on with what comes', async () => {
    const store = await open();
    await confirm(store);
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await confirm(store);
    await store.update(() => ({ pages: 7 }));
    await becomes(copy, { kind: 'whole' });
    expect(await digestsOn(stick)).toEqual(store.records().map(({ digest }) => digest));
    expect(pathsOf(stick)).toEqual(pathsOf(main));
    expect((await open(stick)).state()).toEqual({ pages: 7 });
  });

  it('says that no stick is there, writes nothing into its place, and catches up when it is back', async () => {
    let isIn = false;
    const store = await open();
    const copy = follow(store, { isMounted: async () => isIn });
    await becomes(copy, { kind: 'absent' });
    await confirm(store);
    expect(existsSync(stick)).toBe(false);
    isIn = true;
    await becomes(copy, { kind: 'whole' });
    expect(await digestsOn(stick)).toHaveLength(1);
  });

  it('leaves the stick of another kit as it is', async () => {
    const other = await open(stick, { ...OWNER, kit: 'palembang-0002' });
    await confirm(other);
    const store = await open();
    await confirm(store);
    await becomes(follow(store), { kind: 'fault', code: 'foreign' });
    expect(await digestsOn(stick)).toEqual(other.records().map(({ digest }) => digest));
  });

  it('never stands in the way of the first: a full stick is told, and the next one is filled', async () => {
    let isFull = true;
    const create: Disk['create'] = (file) => {
      const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
      return isFull ? full() : nodeDisk.create(file);
    };
    const store = await open();
    const copy = follow(store, { disk: { ...nodeDisk, create } });
    await confirm(store);
    await becomes(copy, { kind: 'fault', code: 'disk-full' });
    await confirm(store);
    expect(store.records()).toHaveLength(2);
    isFull = false;
    await becomes(copy, { kind: 'whole' });
    expect(await digestsOn(stick)).toHaveLength(2);
  });
});

describe('what is brought back from the copy', () => {
  /** Two records on both, one more on the copy only. */
  async function cardBehindItsCopy(): Promise<void> {
    const store = await open();
    await confirm(store);
    await confirm(store);
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await copy.close();
    rmSync(main, { recursive: true });
    await nodeDisk.makeFolder(main);
    const beginning = (await readStore(nodeDisk, stick)) as { contents: { records: readonly unknown[] } };
    expect(beginning.contents.records).toHaveLength(2);
  }

  it('is everything where the card is new', async () => {
    await cardBehindItsCopy();
    expect(await restore()).toEqual({ kind: 'restored', records: 2 });
    const store = await open();
    expect(store.records()).toHaveLength(2);
    expect(store.run).toBeGreaterThan(1_000);
    expect(store.state()).toEqual({ pages: 1 });
    for (const { pictures } of store.records()) {
      for (const { sha256 } of pictures) expect((await store.pictures.read(sha256)).ok).toBe(true);
    }
    await confirm(store);
    expect(store.head()?.sequence).toBe(3);
  });

  it('is the evening in progress too, with the pictures of what is not confirmed', async () => {
    const store = await open();
    const put = await store.pictures.put(randomBytes(2_000));
    if (!put.ok) throw new Error(put.reason);
    const photo = put.picture.sha256;
    await store.update(() => ({ pages: 1, photo }));
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await copy.close();
    rmSync(main, { recursive: true });
    expect(await restore()).toEqual({ kind: 'restored', records: 0 });
    const back = await open();
    expect(back.state()).toEqual({ pages: 1, photo });
    expect((await back.pictures.read(photo)).ok).toBe(true);
  });

  it('is everything where the card is torn, and what was on it is put aside', async () => {
    const store = await open();
    await confirm(store);
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await copy.close();
    for (const slot of ['store.0.json', 'store.1.json']) truncateSync(join(main, slot), 10);
    expect(await restore()).toMatchObject({ kind: 'restored' });
    expect((await open()).records()).toHaveLength(1);
    expect(readdirSync(main)).toContain('store.0.json.damaged');
  });

  it('is everything where an older card was put in', async () => {
    const store = await open();
    await confirm(store);
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await copy.close();
    await nodeDisk.makeFolder(join(folder, 'older'));
    expect(await restore(join(folder, 'older'))).toMatchObject({ kind: 'restored' });
    const older = await open(join(folder, 'older'));
    await confirm(store);
    const again = follow(store);
    await becomes(again, { kind: 'whole' });
    await again.close();
    expect(older.records()).toHaveLength(1);
    expect(await restore(join(folder, 'older'))).toEqual({
      kind: 'restored',
      records: 2,
    });
    expect((await open(join(folder, 'older'))).records()).toHaveLength(2);
  });

  it('is nothing where the card holds as much or more, the copy is of another kit, or the two went apart', async () => {
    const store = await open();
    await confirm(store);
    const copy = follow(store);
    await becomes(copy, { kind: 'whole' });
    await copy.close();
    expect(await restore()).toEqual({ kind: 'nothing' });
    await confirm(store);
    expect(await restore()).toEqual({ kind: 'nothing' });
    expect(await restore(main, stick, { ...OWNER, kit: 'other' })).toEqual({ kind: 'nothing' });
    const apart = join(folder, 'apart');
    await confirm(await open(apart));
    expect(await restore(apart)).toEqual({ kind: 'nothing' });
    expect(await restore(main, join(folder, 'no stick'))).toEqual({ kind: 'nothing' });
  });
});

it('a mount point lies on another device than the folder above it', async () => {
  expect(await isMountPoint('/proc')).toBe(true);
  expect(await isMountPoint(folder)).toBe(false);
  expect(await isMountPoint(join(folder, 'none'))).toBe(false);
});
