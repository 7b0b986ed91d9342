import { create } from 'qrcode';
import { BLACK, type Sheet } from './sheet.ts';

/** Quiet zone around a code, in modules: ISO/IEC 18004. */
const QUIET = 4;

/** Draws a text as a QR code that fills a square of that size, its quiet zone included; mm from the sheet's corner. */
export function drawQr(sheet: Sheet, text: string, [x, y]: readonly [number, number], size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = size / (modules.size + 2 * QUIET);
  const at = (module: number) => (module + QUIET) * side;
  for (let row = 0; row < modules.size; row += 1) {
    for (const [from, to] of darkRuns(modules.data.subarray(row * modules.size, (row + 1) * modules.size))) {
      sheet.rect(x + at(from), y + at(row), (to - from) * side, side);
    }
  }
  sheet.fill(BLACK);
}

/** Dark modules that touch are drawn as one: a seam between them would be a white line on some printers. */
function darkRuns(row: Uint8Array): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (const [n, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark === 0) continue;
    if (last?.[1] === n) last[1] = n + 1;
    else runs.push([n, n + 1]);
  }
  return runs;
}
