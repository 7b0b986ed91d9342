import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';
import type { DatabaseDriver, SqlDriver, SqlValue } from './database-driver.ts';

/**
 * PostgreSQL inside this process (PGlite), in a folder. As it comes, PGlite never calls fsync (it starts
 * PostgreSQL with `-F`, and its file layer has no fsync), so a power cut after a receipt could lose the
 * record. Here PostgreSQL syncs its log at every commit and the file layer passes that on to the disk.
 */
export async function openEmbedded(folder: string): Promise<DatabaseDriver> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true });
  const lock = await lockFolder(root);
  try {
    return await openLocked(root, lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function openLocked(root: string, lock: Server): Promise<DatabaseDriver> {
  const isNew = !existsSync(join(root, 'PG_VERSION'));
  const files = new SyncingFiles(root);
  const database = await PGlite.create({ fs: files, startParams: durableParameters() });
  if (isNew) syncTree(root);
  await refuseUnlessSyncing(database, files);
  const outside = driverOn(database);
  return {
    query: (text, values) => files.guard(() => outside.query(text, values)),
    script: (text) => files.guard(() => outside.script(text)),
    transaction: (work) => files.guard(() => database.transaction((inner) => work(driverOn(inner)))),
    listen: (channel, hear) => database.listen(channel, hear),
    async close() {
      await database.close();
      await new Promise((done) => lock.close(done));
    },
  };
}

function driverOn(database: PGlite | Transaction): SqlDriver {
  return {
    async query(text: string, values: readonly SqlValue[]) {
      const answer = await database.query(text, [...values]);
      return { rows: answer.rows, written: answer.affectedRows ?? 0 };
    },
    async script(text: string) {
      await database.exec(text);
    },
  };
}

function durableParameters(): string[] {
  // The file layer answers fdatasync without doing anything; fsync is the call that reaches it.
  return [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];
}

/** The part of the WebAssembly module's file layer that is completed here. */
const FileLayer = z.looseObject({
  NODEFS: z.looseObject({ stream_ops: z.record(z.string(), z.unknown()) }),
});

class SyncingFiles extends NodeFS {
  synced = 0;
  /** Once a sync has failed nobody knows what is on the disk: only a new start, which recovers, may go on. */
  private failure: unknown = null;

  /** PGlite swallows what its file layer throws; here it comes to light before anything is promised. */
  async guard<Result>(work: () => Promise<Result>): Promise<Result> {
    this.refuseAfterFailure();
    const result = await work();
    this.refuseAfterFailure();
    return result;
  }

  private refuseAfterFailure(): void {
    if (this.failure !== null) throw new Error('the database could not be synced to the disk', { cause: this.failure });
  }

  override async init(...parameters: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...parameters);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, (module: unknown) => this.passOn(module)] } };
  }

  private passOn(module: unknown): void {
    FileLayer.parse(module);
    (module as z.infer<typeof FileLayer>).NODEFS.stream_ops['fsync'] = (stream: { readonly nfd: number }) => {
      try {
        fsyncSync(stream.nfd);
      } catch (error) {
        this.failure = error;
        throw error;
      }
      this.synced += 1;
      return 0;
    };
  }
}

/** Another release of PGlite might be built differently: then this says so instead of promising too much. */
async function refuseUnlessSyncing(database: PGlite, files: SyncingFiles): Promise<void> {
  const before = files.synced;
  await database.exec('create table if not exists sync_probe (at timestamptz); insert into sync_probe values (now())');
  await database.exec('drop table sync_probe');
  if (files.synced === before) throw new Error('the embedded database does not sync to the disk: use a PostgreSQL URL');
}

/** Files that the first start made are not yet safe by themselves. */
function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(folder);
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/**
 * Two processes on one folder would destroy it, and PGlite does not notice. The lock is a name in the
 * kernel (an abstract socket), so it is gone with its process, however that ends.
 */
function lockFolder(root: string): Promise<Server> {
  const name = `\0tps-kit-database-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  return new Promise((hold, refuse) => {
    const server = createServer();
    server.once('error', () => refuse(new Error(`another process has the database ${root} open`)));
    server.listen(name, () => hold(server));
    server.unref();
  });
}
