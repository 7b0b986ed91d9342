import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../tps-provision', import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A technician with a folder of their own, who runs `tps-provision` in it. */
export interface Technician {
  readonly folder: string;
  provision(...args: readonly string[]): Promise<Run>;
  /** The same, with what ends it before it is done; its code is then -1. */
  begin(...args: readonly string[]): { readonly process: ChildProcess; readonly ended: Promise<Run> };
  /** Puts a file into the folder; answers its path. */
  written(name: string, text: string | Uint8Array): string;
  leave(): void;
}

export function technician(): Technician {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-provision-'));
  const begin: Technician['begin'] = (...args) => {
    let settle: (run: Run) => void;
    const ended = new Promise<Run>((resolve) => {
      settle = resolve;
    });
    const process = execFile(PROGRAM, args, { cwd: folder }, (error, out, err) => {
      settle({ code: error === null ? 0 : Number(error.code ?? -1), out, err });
    });
    return { process, ended };
  };
  return {
    folder,
    begin,
    provision: (...args) => begin(...args).ended,
    written(name, text) {
      const file = join(folder, name);
      writeFileSync(file, text);
      return file;
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  };
}
