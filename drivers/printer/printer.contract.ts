import { describe, expect, it } from 'vitest';
import { PRINTER_FAULTS, type Printer, type PrinterState, type Strip } from './printer.ts';

/** A printer under test, what came out of it, and a way to open its cover. */
export interface Rig {
  readonly printer: Printer;
  /** Lines printed, QR codes as [qr …], cuts as [cut]. */
  printed(): readonly string[];
  become(state: PrinterState): void;
}

const line = (text: string) => ({ kind: 'line', text, bold: false, align: 'left' }) as const;
const STRIP: Strip = [
  { kind: 'line', text: 'TANDA TERIMA', bold: true, align: 'centre' },
  line('Paslon 1                     123'),
  { kind: 'qr', text: 'https://contoh.test/periksa/abc' },
  { kind: 'cut' },
];
const OUT = ['TANDA TERIMA', 'Paslon 1                     123', '[qr https://contoh.test/periksa/abc]', '[cut]'];

export function printerContract(name: string, rig: () => Promise<Rig>): void {
  describe(`${name} is a printer`, () => {
    it('prints a strip from top to bottom and says when it has', async () => {
      const { printer, printed } = await rig();
      expect(await printer.print(STRIP)).toBe('printed');
      expect(printed()).toEqual(OUT);
      await printer.close();
    });

    it('prints strips asked for at once one after the other', async () => {
      const { printer, printed } = await rig();
      const strips = ['satu', 'dua', 'tiga'].map((text): Strip => [line(text), { kind: 'cut' }]);
      expect(await Promise.all(strips.map((strip) => printer.print(strip)))).toEqual(['printed', 'printed', 'printed']);
      expect(printed()).toEqual(['satu', '[cut]', 'dua', '[cut]', 'tiga', '[cut]']);
      await printer.close();
    });

    it.each(PRINTER_FAULTS)('says %s, prints nothing, and prints again once that is mended', async (fault) => {
      const { printer, printed, become } = await rig();
      become(fault);
      expect([await printer.state(), await printer.print(STRIP), printed()]).toEqual([fault, fault, []]);
      become('ready');
      expect([await printer.state(), await printer.print(STRIP), printed()]).toEqual(['ready', 'printed', OUT]);
      await printer.close();
    });

    it('prints with little paper left, and says so', async () => {
      const { printer, become } = await rig();
      become('paper-low');
      expect([await printer.state(), await printer.print(STRIP)]).toEqual(['paper-low', 'printed']);
      await printer.close();
    });

    it('is gone after it was closed', async () => {
      const { printer } = await rig();
      await printer.close();
      expect([await printer.state(), await printer.print(STRIP)]).toEqual(['gone', 'gone']);
    });
  });
}
