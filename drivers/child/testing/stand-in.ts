import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of programs that stand in for those of a device, written by a test and gone after its file. */
export interface StandIns {
  /** Writes the program `name`, a shell script, in place of the one it was before; answers its path. */
  program(name: string, script: string): string;
  /** A file beside the programs. */
  file(name: string, bytes: Uint8Array | string): string;
  /** Takes a file or program away. */
  remove(name: string): void;
  /** What the programs appended to a file beside them, line by line. */
  lines(name: string): readonly string[];
  readonly folder: string;
}

export function standIns(): StandIns {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-stand-in-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  return {
    folder,
    file,
    program(name, script) {
      const path = file(name, `#!/bin/sh\ncd '${folder}'\n${script}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    remove: (name) => rmSync(join(folder, name), { force: true }),
    lines(name) {
      try {
        return readFileSync(join(folder, name), 'utf8').trim().split('\n');
      } catch {
        return [];
      }
    },
  };
}

/** The processes of a group that still run, and the children of this process that nobody waited for. */
export function leftOver(group: number): { readonly running: readonly number[]; readonly zombies: readonly number[] } {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = all.flatMap((pid) => {
    try {
      const [, state = '', parent, pgrp] =
        /^\d+ \(.*\) (\S) (\d+) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return [{ pid: Number(pid), state, parent: Number(parent), pgrp: Number(pgrp) }];
    } catch {
      return []; // It ended while it was looked at.
    }
  });
  return {
    running: stats.filter(({ pgrp, state }) => pgrp === group && state !== 'Z').map(({ pid }) => pid),
    zombies: stats.filter(({ parent, state }) => parent === process.pid && state === 'Z').map(({ pid }) => pid),
  };
}
