import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedKit, scriptedKit } from '#agent/session/testing/scripted-kit.ts';
import type { UplinkState } from '#agent/uplink/uplink.ts';
import { shippedForms } from '#contract/forms.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { type Panel, servePanel } from './server.ts';

describe('the stream of views', () => {
  let kit: ScriptedKit;
  let panel: Panel;
  beforeEach(async () => {
    const sign = () => Promise.reject(new Error('nothing is signed here'));
    kit = await scriptedKit({ disk: powerCutDisk(), folder: '/kit', forms: shippedForms(), sheets: [], sign });
    panel = await servePanel(kit.session, { port: 0 });
  });
  afterEach(() => kit.session.close());

  function change(received: number): void {
    kit.session.hearUplink(uplinkWith(received));
  }

  it('ends with the panel, whatever changes while it closes', async () => {
    const screen = await openScreen(panel);
    const closed = panel.close();
    change(1);
    await new Promise(setImmediate);
    change(2);
    await closed;
    screen.destroy();
  });

  it('closes at once, though a browser holds a connection open for what it may ask next', async () => {
    const idle = connect(Number(new URL(panel.url).port), '127.0.0.1');
    await new Promise<void>((opened) => idle.once('connect', opened));
    await fetch(panel.url).then((answer) => answer.text());
    const ended = new Promise((resolve) => idle.once('close', resolve));
    await panel.close();
    await ended;
  });

  it('keeps nothing for a screen that has fallen asleep, and shows it the newest view when it wakes', async () => {
    const screen = await openScreen(panel);
    screen.pause();
    const before = process.memoryUsage().rss;
    for (let received = 1; received <= 20_000; received += 1) {
      change(received);
      if (received % 500 === 0) await new Promise(setImmediate);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
    screen.resume();
    await shows(screen, '"received":20000');
    screen.destroy();
    await panel.close();
  });
});

function uplinkWith(received: number): UplinkState {
  return {
    link: { kind: 'connected' },
    sentRecord: null,
    records: { waiting: 0, received, refused: 0 },
    pictures: { waiting: 0, received: 0, lost: 0 },
  };
}

async function openScreen(panel: Panel): Promise<Socket> {
  const { host, port } = new URL(panel.url);
  const screen = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  screen.write(`GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await shows(screen, 'data: ');
  return screen;
}

function shows(screen: Socket, wanted: string): Promise<void> {
  return new Promise((seen) => {
    let text = '';
    const look = (piece: string) => {
      text = text.slice(-wanted.length) + piece;
      if (!text.includes(wanted)) return;
      screen.off('data', look);
      seen();
    };
    screen.on('data', look);
  });
}

describe('the panel answers only its own page', () => {
  let at: ScriptedKit;
  let panel: Panel;
  beforeAll(async () => {
    const sign = async () => ({ jws: 'jws', digest: 'd'.repeat(64) });
    at = await scriptedKit({ disk: powerCutDisk(), folder: 'data', forms: shippedForms(), sheets: [], sign });
    panel = await servePanel(at.session, { port: 0 });
  });
  afterAll(async () => {
    await panel.close();
    await at.session.close();
  });

  const body = JSON.stringify({ turn: 0, action: { kind: 'press', button: 'PINDAI' } });
  const post = (headers: Record<string, string>) =>
    fetch(`${panel.url}act`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const own = () => ({ origin: panel.url.slice(0, -1) });

  it('an action of another page, or of no page, is refused', async () => {
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: 'http://example.org' })).status).toBe(403);
    expect((await post({ ...own(), 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(at.session.view().turn).toBe(0);
  });

  it('what is no action is refused, what is one is done', async () => {
    const bad = await fetch(`${panel.url}act`, {
      method: 'POST',
      body: JSON.stringify({ turn: 0, action: { kind: 'confirm' } }),
      headers: { 'content-type': 'application/json', ...own() },
    });
    expect(bad.status).toBe(400);
    expect(await (await post(own())).json()).toEqual({ outcome: 'done' });
    expect(await (await post(own())).json()).toEqual({ outcome: 'stale' });
  });

  it('every answer forbids what is not ours', async () => {
    const { headers } = await fetch(panel.url);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
