import { printerContract } from './printer.contract.ts';
import { simulatePrinter } from './simulated-printer.ts';

printerContract('the simulated printer', async () => {
  const printer = simulatePrinter();
  const printed = () =>
    printer.printed().flatMap((strip) =>
      strip.map((piece) => {
        if (piece.kind === 'line') return piece.text;
        return piece.kind === 'qr' ? `[qr ${piece.text}]` : '[cut]';
      }),
    );
  return { printer, printed, become: printer.become };
});
