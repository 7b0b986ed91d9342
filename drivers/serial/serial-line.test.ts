import { readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LOOKING } from '../looking.ts';
import { openSerialLine, SERIAL } from './serial-line.ts';
import { ptysOfTests, SOON } from './testing/pty.ts';

const plugged = ptysOfTests();

async function rig() {
  const pty = await plugged();
  const [told, heard]: [string[], string[]] = [[], []];
  const soon = { firstMs: 30, longestMs: 60, watchMs: 30 };
  const line = openSerialLine({ ...SERIAL, ...LOOKING, ...soon, path: pty.path, tell: (text) => told.push(text) });
  onTestFinished(() => line.close());
  line.onData((bytes) => heard.push(Buffer.from(bytes).toString()));
  const isThere = (expected: boolean) => vi.waitFor(() => expect(line.isThere()).toBe(expected), SOON);
  await isThere(true);
  return { pty, line, told, heard, isThere };
}

describe('a serial line', () => {
  it('is looked for while it is away, and told when it goes and comes', async () => {
    const { pty, told, isThere } = await rig();
    await pty.unplug();
    await isThere(false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await pty.plug();
    await isThere(true);
    expect(told.map((line) => line.replace(pty.path, 'port'))).toEqual([
      'port is there',
      'port is not there: it was unplugged',
      'port is there',
    ]);
  });

  it('whose name goes while it stays silently open counts as unplugged, and is found under its name again', async () => {
    const { pty, line, heard, isThere } = await rig();
    const device = readlinkSync(pty.path);
    rmSync(pty.path);
    await isThere(false);
    expect(await line.write(Buffer.from('lost'))).toBe('gone');
    symlinkSync(device, pty.path);
    await isThere(true);
    await pty.send(Buffer.from('again'));
    await vi.waitFor(() => expect(heard.join('')).toBe('again'), SOON);
  });

  it('survives being pulled out and put in many times, in the middle of what is written', async () => {
    const { pty, line, heard, isThere } = await rig();
    for (let round = 0; round < 5; round++) {
      const written = line.write(Buffer.alloc(50_000, 0x78));
      await pty.unplug();
      expect(['gone', 'written']).toContain(await written);
      await isThere(false);
      await pty.plug();
      await isThere(true);
      await pty.send(Buffer.from(`${round}`));
      await vi.waitFor(() => expect(heard.join('')).toContain(`${round}`), SOON);
    }
  });

  it('that was never there does not keep anybody from closing it', async () => {
    const told: string[] = [];
    const setting = { ...SERIAL, ...LOOKING, path: '/dev/serial/by-id/none', tell: (text: string) => told.push(text) };
    const line = openSerialLine(setting);
    await vi.waitFor(() => expect(told).toHaveLength(1), SOON);
    expect([line.isThere(), await line.write(Buffer.from('x'))]).toEqual([false, 'gone']);
    await line.close();
  });
});
