import { describe, expect, it, vi } from 'vitest';
import { LOOKING } from '../looking.ts';
import { SERIAL } from '../serial/serial-line.ts';
import { ptysOfTests, SOON } from '../serial/testing/pty.ts';
import { barcodeContract } from './barcode.contract.ts';
import { openSerialBarcodeReader } from './serial-barcode.ts';

const plugged = ptysOfTests();
const SOON_AGAIN = { ...LOOKING, firstMs: 30, tell: () => undefined };

async function rig() {
  const pty = await plugged();
  const reader = openSerialBarcodeReader({ ...SERIAL, path: pty.path, ...SOON_AGAIN });
  await vi.waitFor(() => expect(reader.isThere()).toBe(true), SOON);
  return { pty, reader, send: (bytes: string) => pty.send(Buffer.from(bytes, 'latin1')) };
}

barcodeContract('the serial reader', rig);

describe('the serial reader', () => {
  it('puts a barcode together that comes in pieces', async () => {
    const { reader, send } = await rig();
    const heard: string[] = [];
    reader.onScan((text) => heard.push(text));
    for (const piece of ['KP', 'PS-', '7', '\r']) await send(piece);
    await vi.waitFor(() => expect(heard).toEqual(['KPPS-7']), SOON);
    await reader.close();
  });

  it('forgets a barcode that was cut off by pulling it out', async () => {
    const { pty, reader, send } = await rig();
    const heard: string[] = [];
    reader.onScan((text) => heard.push(text));
    await send('KPPS-99');
    await pty.unplug();
    await vi.waitFor(() => expect(reader.isThere()).toBe(false), SOON);
    await pty.plug();
    await vi.waitFor(() => expect(reader.isThere()).toBe(true), SOON);
    await send('KPPS-1\r');
    await vi.waitFor(() => expect(heard).toEqual(['KPPS-1']), SOON);
    await reader.close();
  });

  it('notices that it was pulled out, and reads on when it is back', async () => {
    const { pty, reader, send } = await rig();
    const heard: string[] = [];
    reader.onScan((text) => heard.push(text));
    await pty.unplug();
    await vi.waitFor(() => expect(reader.isThere()).toBe(false), SOON);
    await pty.plug();
    await vi.waitFor(() => expect(reader.isThere()).toBe(true), SOON);
    await send('KPPS-8\r');
    await vi.waitFor(() => expect(heard).toEqual(['KPPS-8']), SOON);
    await reader.close();
  });
});
