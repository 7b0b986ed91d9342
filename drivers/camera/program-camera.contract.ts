import { afterEach, describe, expect, it, vi } from 'vitest';
import { leftOver, type StandIns } from '../child/testing/stand-in.ts';
import type { Camera } from './camera.ts';

/** A camera whose program is a stand-in, and a way to say what that does when a picture is asked of it. */
export interface Rig {
  readonly camera: Camera;
  readonly at: StandIns;
  /** Lines of a shell script; null: what a program does that works. */
  behave(script: string | null): void;
  /** Takes the program itself away, or brings it back. */
  install(isThere: boolean): void;
  /** What was told for the log. */
  readonly told: readonly string[];
}

/** A hanging program is given up after this; one that works on a busy machine has the other. */
const [SHORT_MS, PATIENCE_MS] = [1_500, 20_000];
const SOON = { timeout: 8_000, interval: 20 };
/** Of a hanging program: longer than any test waits. */
const HANG = 'echo $$ > group; trap "" TERM INT HUP; sleep 600 & sleep 600; sleep 600';

/** What every camera behind a program must do when that program misbehaves: say so, and take the next picture. */
export function programCameraContract(name: string, make: (limitMs: number) => Rig): void {
  const rigs: Rig[] = [];
  const rig = (limitMs = PATIENCE_MS) => {
    const made = make(limitMs);
    made.at.remove('group');
    made.behave(null);
    made.install(true);
    rigs.push(made);
    return made;
  };
  afterEach(async () => {
    for (const { camera } of rigs.splice(0)) await camera.close();
  });
  const groupOf = ({ at }: Rig) =>
    vi.waitFor(() => {
      expect(at.lines('group')).toHaveLength(1);
      return Number(at.lines('group')[0]);
    }, SOON);
  const nothingLeft = (group: number) =>
    vi.waitFor(() => expect(leftOver(group)).toEqual({ running: [], zombies: [] }), SOON);

  describe(`${name}, whose program misbehaves`, () => {
    it.each([
      ['ends with a fault', 'echo "no cameras available" >&2; exit 255', 'disconnected'],
      ['ends with a fault after half a picture', 'head -c 50 sheet.jpg; exit 1', 'disconnected'],
      ['dies of a signal', 'kill -SEGV $$', 'disconnected'],
      ['gives nothing', 'exit 0', 'disconnected'],
      ['gives something else', 'echo "<html>no picture</html>"', 'bad-picture'],
      ['gives a picture that breaks off', 'head -c 50 sheet.jpg', 'bad-picture'],
      ['floods', 'exec cat /dev/zero', 'bad-picture'],
      ['hangs', HANG, 'timed-out'],
    ] as const)('that %s is answered, and the next picture is taken', async (_name, script, code) => {
      const { camera, behave } = rig(script === HANG ? SHORT_MS : PATIENCE_MS);
      behave(script);
      expect(await camera.capture()).toEqual({ kind: 'no-picture', code });
      behave(null);
      expect(await camera.capture()).toMatchObject({ kind: 'picture' });
    });

    it('that is not installed is answered, and told for the log', async () => {
      const { camera, install, told } = rig();
      install(false);
      expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'disconnected' });
      expect(told.at(-1)).toMatch(/no-program .*ENOENT/);
      install(true);
      expect(await camera.capture()).toMatchObject({ kind: 'picture' });
    });

    it('that hangs leaves no process behind, whatever it started', async () => {
      const made = rig(SHORT_MS);
      made.behave(HANG);
      const [taken, group] = await Promise.all([made.camera.capture(), groupOf(made)]);
      expect(taken).toEqual({ kind: 'no-picture', code: 'timed-out' });
      await nothingLeft(group);
    });

    it('that hangs does not keep the kit from closing', async () => {
      const made = rig();
      made.behave(HANG);
      const taken = made.camera.capture();
      const group = await groupOf(made);
      await made.camera.close();
      expect(await taken).toEqual({ kind: 'no-picture', code: 'disconnected' });
      await nothingLeft(group);
    });
  });
}
