import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
