import { basename } from 'node:path';
import { type ChildEnd, type StartedChild, startChild } from '../child/child.ts';
import { inTurn } from '../in-turn.ts';
import { type Camera, type Capture, type CaptureFault, noPicture } from './camera.ts';

/** One run of the program; more output than `maxBytes` is not what was asked for. */
export interface Run {
  readonly args: readonly string[];
  readonly limitMs: number;
  readonly maxBytes: number;
}
export type Runs = (run: Run) => Promise<ChildEnd>;

export interface ProgramCameraSetting {
  /** A path, or a name that is looked for on PATH. */
  readonly program: string;
  /** Hears in one line why there is no picture, for the log. */
  readonly tell: (line: string) => void;
}

export interface ProgramCamera {
  capture(runs: Runs): Promise<Capture>;
  isThere(runs: Runs): Promise<boolean>;
  remeasure(): void;
}

/** A camera behind a program that is run anew for every picture: what crashes, hangs or floods is the program, never the kit. */
export function openProgramCamera({ program, tell }: ProgramCameraSetting, camera: ProgramCamera): Camera {
  const queue = inTurn();
  const closing = new AbortController();
  let last: StartedChild | null = null;

  const runs: Runs = async (run) => {
    // Killed, and still in the hands of a device that hangs in the kernel: one more would hang beside it.
    if (last && !last.isGone()) return { kind: 'timed-out', says: 'an earlier one is held by the device' };
    last = startChild({ program, ...run, stop: closing.signal });
    const end = await last.end;
    if (faultOf(end) !== null) tell(`${basename(program)}: ${lineOf(end)}`);
    return end;
  };

  return {
    capture: () =>
      queue(async () => {
        const taken = closing.signal.aborted ? noPicture('disconnected') : await camera.capture(runs);
        return closing.signal.aborted ? noPicture('disconnected') : taken;
      }),
    isThere: () => queue(async () => !closing.signal.aborted && (await camera.isThere(runs))),
    remeasure: camera.remeasure,
    async close() {
      closing.abort();
      await queue(async () => undefined);
    },
  };
}

/** What a run that went wrong means for the picture; null where it went well. */
export function faultOf(end: ChildEnd): CaptureFault | null {
  switch (end.kind) {
    case 'ended':
      // Its own words say more, in the log; for a person at the kit no camera answers.
      return end.code === 0 ? null : 'disconnected';
    case 'no-program':
    case 'stopped':
      return 'disconnected';
    case 'timed-out':
      return 'timed-out';
    case 'flooded':
      return 'bad-picture';
  }
}

function lineOf(end: ChildEnd): string {
  const how = end.kind === 'ended' ? `exit status ${end.code}` : end.kind;
  const says = end.says
    .trim()
    .split(/\s*\n\s*/)
    .slice(-3);
  return [how, ...says].join(' | ');
}
