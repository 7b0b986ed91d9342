import { barcodeContract } from './barcode.contract.ts';
import { simulateBarcodeReader } from './simulated-barcode.ts';

barcodeContract('the simulated reader', async () => {
  const reader = simulateBarcodeReader();
  const send = async (bytes: string) => {
    for (const line of bytes.split(/[\r\n]+/)) reader.scan(line);
  };
  return { reader, send };
});
