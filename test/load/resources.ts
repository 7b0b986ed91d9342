import { execFileSync } from 'node:child_process';
import { residentMb } from '#test/bench/resident.ts';

/** Resident memory of the processes of the centre, MB; PostgreSQL's is the sum over its processes, shared pages counted each time. */
export interface Resident {
  /** ms since the night began */
  readonly at: number;
  readonly broker: number;
  readonly receivers: number;
  readonly database: number;
}

export interface Watched {
  readonly broker: () => number | undefined;
  readonly receivers: () => readonly (number | undefined)[];
  /** Folder of the database cluster, by which its processes are known. */
  readonly database: string;
}

export function residentNow({ broker, receivers, database }: Watched, at: number): Resident {
  const sum = (pids: readonly (number | undefined)[]) =>
    pids.reduce<number>((total, pid) => total + residentOf(pid), 0);
  return { at, broker: sum([broker()]), receivers: sum(receivers()), database: sum(processesOf(database)) };
}

/** 0 for one that is not running at the moment. */
function residentOf(pid: number | undefined): number {
  try {
    return pid === undefined ? 0 : residentMb(pid);
  } catch {
    return 0;
  }
}

/** The server of that folder and its children. */
function processesOf(folder: string): readonly number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const rows = lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const server = rows.find(({ command }) => command.includes('postgres') && command.includes(folder))?.pid;
  return rows.filter(({ pid, parent }) => pid === server || parent === server).map(({ pid }) => pid);
}
