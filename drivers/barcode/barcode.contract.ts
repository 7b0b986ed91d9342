import { describe, expect, it, vi } from 'vitest';
import type { BarcodeReader } from './barcode.ts';

/** A reader under test and a way to hold bytes under it, as they come from a device. */
export interface Rig {
  readonly reader: BarcodeReader;
  send(bytes: string): Promise<void>;
}

const SOON = { timeout: 3_000, interval: 10 };

export function barcodeContract(name: string, rig: () => Promise<Rig>): void {
  const heardBy = ({ reader }: Rig) => {
    const heard: string[] = [];
    return { heard, leave: reader.onScan((text) => heard.push(text)) };
  };

  describe(`${name} is a barcode reader`, () => {
    it('tells each barcode once and in order, whatever ends its line', async () => {
      const at = await rig();
      const { heard } = heardBy(at);
      for (const text of ['KPPS-1\r', 'KPPS-2\n', 'KPPS-3\r\n']) await at.send(text);
      await vi.waitFor(() => expect(heard).toEqual(['KPPS-1', 'KPPS-2', 'KPPS-3']), SOON);
      await at.reader.close();
    });

    it('tells nothing of an empty line, of control characters, or of noise without end', async () => {
      const at = await rig();
      const { heard } = heardBy(at);
      await at.send('\r\n');
      await at.send(`${'x'.repeat(3_000)}\r`);
      await at.send('\u0002KPPS-4\u0003\r');
      await vi.waitFor(() => expect(heard).toEqual(['KPPS-4']), SOON);
      await at.reader.close();
    });

    it('tells every listener, and not one that left', async () => {
      const at = await rig();
      const [stayed, left] = [heardBy(at), heardBy(at)];
      left.leave();
      await at.send('KPPS-5\r');
      await vi.waitFor(() => expect(stayed.heard).toEqual(['KPPS-5']), SOON);
      expect(left.heard).toEqual([]);
      await at.reader.close();
    });

    it('is there, and after it was closed neither there nor heard', async () => {
      const at = await rig();
      await vi.waitFor(() => expect(at.reader.isThere()).toBe(true), SOON);
      const { heard } = heardBy(at);
      await at.reader.close();
      await at.send('KPPS-6\r');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect([heard, at.reader.isThere()]).toEqual([[], false]);
    });
  });
}
