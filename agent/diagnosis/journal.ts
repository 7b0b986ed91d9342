import { startChild } from '#drivers/child/child.ts';

const LIMIT_MS = 15_000;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What the kit's program and its updates wrote, and what the system says of the kit's units. The screen's own output
 * stays out: it shows what persons see.
 */
const OF_THE_KIT = [
  ...['tps-kit.service', 'tps-kit-update.service'].flatMap((unit) => [`_SYSTEMD_UNIT=${unit}`, `UNIT=${unit}`]),
  'UNIT=tps-kit-kiosk.service',
];
/** A cable, the supply, the card. */
const OF_THE_KERNEL = ['_TRANSPORT=kernel'];

/** The last lines of the system's journal, or one that says why there are none. `program` reads it: journalctl. */
export async function journalLines(program = 'journalctl'): Promise<readonly string[]> {
  return [...(await linesOf(program, OF_THE_KIT, 2_000)), ...(await linesOf(program, OF_THE_KERNEL, 1_000))];
}

async function linesOf(program: string, fields: readonly string[], last: number): Promise<readonly string[]> {
  const matches = fields.flatMap((field, n) => (n === 0 ? [field] : ['+', field]));
  const args = ['--no-pager', '--quiet', '--output=short-iso', `--lines=${last}`, ...matches];
  const stop = new AbortController().signal;
  const end = await startChild({ program, args, limitMs: LIMIT_MS, maxBytes: MAX_BYTES, stop }).end;
  if (end.kind !== 'ended') return [`(journal: ${end.kind}: ${cleaned(end.says.trim())})`];
  const lines = end.output
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return lines.length > 0 ? lines.map(cleaned) : [`(journal: nothing that may be read: ${cleaned(end.says.trim())})`];
}

/** A NIK has 16 digits. No line of ours has one, but these are also lines of others; a digest is not taken for one. */
export function cleaned(line: string): string {
  return line.replace(/(?<![0-9A-Za-z])\d{15,}(?![0-9A-Za-z])/g, '[number]');
}
