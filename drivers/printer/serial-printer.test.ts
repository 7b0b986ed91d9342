import { describe, expect, it, vi } from 'vitest';
import { LOOKING } from '../looking.ts';
import { SERIAL } from '../serial/serial-line.ts';
import { ptysOfTests, SOON } from '../serial/testing/pty.ts';
import { printerContract } from './printer.contract.ts';
import { openSerialPrinter } from './serial-printer.ts';
import { escPosDevice } from './testing/esc-pos-device.ts';

const plugged = ptysOfTests();
const SOON_AGAIN = { ...LOOKING, firstMs: 30, tell: () => undefined };

/** The real driver on a real line, and a printer at its other end. */
async function rig({ printMs }: { readonly printMs: number } = { printMs: 500 }) {
  const pty = await plugged();
  const device = escPosDevice();
  let pullsAt: string | null = null;
  pty.onData((bytes) => {
    if (pullsAt === null || !Buffer.from(bytes).includes(pullsAt)) return void pty.send(device.hear(bytes));
    pullsAt = null;
    void pty.unplug();
  });
  /** Somebody pulls the plug while these words are on the line; nothing of them is printed. */
  const pullAt = (words: string) => {
    pullsAt = words;
  };
  const printer = openSerialPrinter({ ...SERIAL, path: pty.path, ...SOON_AGAIN, answerMs: 200, printMs });
  await vi.waitFor(async () => expect(await printer.state()).toBe('ready'), SOON);
  return { pty, pullAt, device, printer, printed: device.printed, become: device.become };
}

printerContract('the serial printer', () => rig());

const STRIP = [{ kind: 'line', text: 'Angka', bold: false, align: 'left' }] as const;

describe('the serial printer', () => {
  it('does not say printed where the paper ends in the middle of a strip', async () => {
    const { printer, become, pty } = await rig();
    pty.onData((bytes) => {
      if (Buffer.from(bytes).includes('Angka')) become('no-paper');
    });
    expect(await printer.print(STRIP)).toBe('no-paper');
    await printer.close();
  });

  it('is gone while it is unplugged, and prints when it is back', async () => {
    const { printer, pty, device } = await rig();
    await pty.unplug();
    expect(await printer.print(STRIP)).toBe('gone');
    await pty.plug();
    await vi.waitFor(async () => expect(await printer.state()).toBe('ready'), SOON);
    expect([await printer.print(STRIP), device.printed()]).toEqual(['printed', ['Angka']]);
    await printer.close();
  });

  it('says so at once where it is pulled out in the middle of a strip, and prints the whole strip when it is back', async () => {
    const { printer, pty, pullAt, device } = await rig({ printMs: 600_000 });
    pullAt('Angka');
    expect(await printer.print(STRIP)).toBe('gone');
    await pty.plug();
    await vi.waitFor(async () => expect(await printer.state()).toBe('ready'), SOON);
    expect([await printer.print(STRIP), device.printed()]).toEqual(['printed', ['Angka']]);
    await printer.close();
  });

  it('sends nothing that is not printable ASCII but its own commands', async () => {
    const { printer, device } = await rig();
    expect(await printer.print([{ ...STRIP[0], text: 'Kelurahan \u001b@Ilir–Timur ✓' }])).toBe('printed');
    expect(device.printed()).toEqual(['Kelurahan ?@Ilir?Timur ?']);
    await printer.close();
  });
});
