import { describe, expect, it, vi } from 'vitest';
import { type ChildOrder, startChild } from './child.ts';
import { leftOver, standIns } from './testing/stand-in.ts';

const at = standIns();
const SOON = { timeout: 5_000, interval: 20 };

function run(script: string, order: Partial<ChildOrder> = {}) {
  const program = at.program('program', script);
  const stop = new AbortController();
  const limits = { limitMs: 20_000, maxBytes: 100_000, stop: stop.signal };
  return { ...startChild({ program, args: [], ...limits, ...order }), stop: () => stop.abort() };
}

/** The group a script told of itself before it went on. */
async function groupOf(name: string): Promise<number> {
  // The file is there before the number is in it.
  await vi.waitFor(() => expect(at.lines(name)).toEqual([expect.stringMatching(/^[0-9]+$/)]), SOON);
  return Number(at.lines(name)[0]);
}

const nothingLeft = (group: number) =>
  vi.waitFor(() => expect(leftOver(group)).toEqual({ running: [], zombies: [] }), SOON);

describe('a child process within limits', () => {
  it('gives its output byte for byte, its exit status and the end of what it said', async () => {
    const child = run('echo begun >&2; cat; printf "\\377\\330"; exit 3');
    expect(await child.end).toEqual({ kind: 'ended', code: 3, output: Buffer.of(0xff, 0xd8), says: 'begun\n' });
    expect(child.isGone()).toBe(true);
  });

  it('is given its arguments as they are, by no shell', async () => {
    const end = await run('printf "%s|" "$@"', { args: ['a b', '$(id)', ';', ''] }).end;
    expect(end).toMatchObject({ kind: 'ended', code: 0 });
    if (end.kind === 'ended') expect(end.output.toString()).toBe('a b|$(id)|;||');
  });

  it('is none where there is no such program, or it may not be run', async () => {
    for (const program of ['/no/such/program', 'no-such-program-anywhere', at.file('plain', 'echo')]) {
      expect(await run('', { program }).end).toMatchObject({ kind: 'no-program' });
    }
  });

  it.each(['exec sleep 600', 'trap "" TERM INT HUP; sleep 600 & sleep 600; sleep 600'])(
    'is killed with all it started when its time is over: %s',
    async (hang) => {
      const child = run(`echo $$ > group; ${hang}`, { limitMs: 2_000 });
      const group = await groupOf('group');
      expect(await child.end).toMatchObject({ kind: 'timed-out' });
      await nothingLeft(group);
      at.remove('group');
    },
  );

  it('leaves nothing behind that it started, though it ended well', async () => {
    const child = run('echo $$ > group; sleep 600 & echo done');
    expect(await child.end).toMatchObject({ kind: 'ended', code: 0, output: Buffer.from('done\n') });
    await nothingLeft(await groupOf('group'));
    at.remove('group');
  });

  it('is killed when it gives more than was asked for, and when it never stops', async () => {
    const child = run('echo $$ > group; exec cat /dev/zero');
    expect(await child.end).toMatchObject({ kind: 'flooded' });
    await nothingLeft(await groupOf('group'));
    at.remove('group');
  });

  it('is remembered for the last it said, however much that was', async () => {
    const { says } = await run('yes noise | head -c 300000 >&2; echo last >&2').end;
    expect([says.length <= 2_000, says.endsWith('last\n')]).toEqual([true, true]);
  });

  it('is killed when it is stopped', async () => {
    const child = run('echo $$ > group; sleep 600');
    const group = await groupOf('group');
    child.stop();
    expect(await child.end).toMatchObject({ kind: 'stopped' });
    await nothingLeft(group);
    at.remove('group');
  });
});
