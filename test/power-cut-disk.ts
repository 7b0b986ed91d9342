import type { Disk } from '#agent/store/disk.ts';

/**
 * A disk in memory that loses power. It keeps for certain only what was synced: bytes of a file by
 * the file's `sync`, names by `syncFolder`. At a cut each unsynced rename, creation or removal may
 * have reached the disk or not, and of unsynced bytes any beginning did, the rest reads as zeros.
 * After `cutAfter(n)` the n-th call from then stops halfway and so does every later one, until
 * `restart`.
 */
export interface PowerCutDisk extends Disk {
  /** Operations still done before the power goes. */
  cutAfter(operations: number): void;
  /** Answers the disk as the next start finds it. `chance` answers numbers from 0 (inclusive) to 1. */
  restart(chance: () => number): PowerCutDisk;
  /** The n-th operation from now fails once with this error code, and nothing else does. */
  failAt(operations: number, code: string): void;
  readonly names: readonly string[];
}

export class PowerCut extends Error {
  readonly code = 'POWERCUT';
}

interface Inode {
  written: Uint8Array;
  synced: Uint8Array;
}
/** One change of a name, in its order; null takes the name away. */
interface NameChange {
  readonly name: string;
  readonly inode: Inode | null;
}

export function powerCutDisk(start: ReadonlyMap<string, Uint8Array> = new Map()): PowerCutDisk {
  const inodes = [...start].map(([name, bytes]) => [name, { written: bytes, synced: bytes }] as const);
  const names = new Map<string, Inode>(inodes);
  let onDisk = new Map<string, Inode>(inodes);
  let pending: NameChange[] = [];
  let untilCut = Number.POSITIVE_INFINITY;
  let fault: { after: number; readonly code: string } | null = null;

  /** Whether the power goes in the middle of this very operation. */
  function operate(): void {
    if (untilCut <= 0) throw new PowerCut('power is off');
    untilCut -= 1;
    if (fault && fault.after-- <= 0) {
      const { code } = fault;
      fault = null;
      throw Object.assign(new Error(`${code}: simulated`), { code });
    }
  }

  function setName(name: string, inode: Inode | null): void {
    if (inode) names.set(name, inode);
    else names.delete(name);
    pending.push({ name, inode });
  }

  return {
    get names() {
      return [...names.keys()];
    },
    cutAfter(operations) {
      untilCut = operations;
    },
    failAt(operations, code) {
      fault = { after: operations, code };
    },
    restart(chance) {
      const found = new Map(onDisk);
      for (const { name, inode } of pending) {
        if (chance() < 0.5) continue;
        if (inode) found.set(name, inode);
        else found.delete(name);
      }
      return powerCutDisk(new Map([...found].map(([name, inode]) => [name, torn(inode, chance)])));
    },
    async makeFolder() {
      operate();
    },
    async read(file) {
      operate();
      return names.get(file)?.written ?? null;
    },
    async create(file) {
      operate();
      const inode: Inode = { written: new Uint8Array(), synced: new Uint8Array() };
      setName(file, inode);
      return {
        async write(bytes) {
          // What was handed over before the power went may be on the disk or not.
          inode.written = Buffer.concat([inode.written, bytes]);
          operate();
        },
        async sync() {
          operate();
          inode.synced = inode.written;
        },
        async close() {},
      };
    },
    async rename(from, to) {
      operate();
      const inode = names.get(from);
      if (!inode) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' });
      setName(to, inode);
      setName(from, null);
    },
    async remove(file) {
      operate();
      if (names.has(file)) setName(file, null);
    },
    async syncFolder() {
      operate();
      onDisk = new Map(names);
      pending = [];
    },
    async free() {
      operate();
      return Number.MAX_SAFE_INTEGER;
    },
  };
}

function torn(inode: Inode, chance: () => number): Uint8Array {
  const { written, synced } = inode;
  if (written === synced) return synced;
  const kept = synced.length + Math.floor(chance() * (written.length - synced.length + 1));
  const length = kept + Math.floor(chance() * (written.length - kept + 1));
  return Buffer.concat([written.subarray(0, kept), new Uint8Array(length - kept)]);
}
