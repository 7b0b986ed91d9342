import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kppsAt } from '#test/kpps.ts';
import { type CleanRoot, openCleanRoot } from './clean-root.ts';
import { installedScene } from './installed-scene.ts';
import { packageOf } from './packages.ts';

/** No library in the kit phones home: every address its processes connect or bind to is seen by strace. */
let root: CleanRoot;
beforeAll(() => {
  root = openCleanRoot('amd64');
  root.install(packageOf('amd64'));
  root.run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'strace');
});
afterAll(() => root?.remove());

describe('the kit’s program', () => {
  it('connects to its broker alone, and listens for its panel on this machine alone', async () => {
    const log = '/root/network.log';
    const watched = ['strace', '-D', '-f', '-qq', '-e', 'trace=connect,bind', '-o', log];
    const scene = await installedScene(root, watched);
    try {
      await scene.broker.start();
      await scene.startCentral();
      const kpps = kppsAt(await scene.startKit(), scene.tray.written);
      await kpps.until('the link', ({ uplink }) => uplink?.link.kind === 'connected');
      for (const page of [1, 2, 3]) expect([page, (await kpps.scan()).notice]).toEqual([page, null]);
      await kpps.settle();
      await kpps.proofread();
      await kpps.confirm();
      await kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
      // Whoever phones home may take its time.
      await sleep(30_000);
    } finally {
      await scene.stop();
    }
    const calls = internetCalls(readFileSync(join(root.folder, log), 'utf8'));
    console.log([...new Set(calls)].join('\n'));
    const broker = new URL(scene.broker.url).port;
    expect(calls.filter((call) => call === `connect ${broker}`).length).toBeGreaterThan(0);
    expect(new Set(calls.filter((call) => call !== `connect ${broker}`))).toEqual(new Set(['bind 127.0.0.1']));
  });
});

/** `bind <address>` or `connect <port>`, for every address that is not this machine’s files. */
function internetCalls(log: string): readonly string[] {
  return log.split('\n').flatMap((line) => {
    const [, call, family] = /\b(connect|bind)\(\d+, \{sa_family=(\w+)/.exec(line) ?? [];
    if (!call || family === 'AF_UNIX' || family === 'AF_NETLINK') return [];
    const port = /port=htons\((\d+)\)/.exec(line)?.[1] ?? '?';
    const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line)?.slice(1).find(Boolean) ?? '?';
    return [call === 'bind' ? `bind ${address}` : `connect ${port}`];
  });
}
