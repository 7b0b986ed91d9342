import { startChild } from '#drivers/child/child.ts';

const LINES = 2_000;
const LIMIT_MS = 15_000;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What the kit's program and its updates wrote, what the system says of the kit's units, and the kernel (a cable, the
 * supply, the card). The screen's own output stays out: it shows what persons see.
 */
const UNITS = ['tps-kit.service', 'tps-kit-update.service'];
const FIELDS = [
  ...UNITS.flatMap((unit) => [`_SYSTEMD_UNIT=${unit}`, `UNIT=${unit}`]),
  'UNIT=tps-kit-kiosk.service',
  '_TRANSPORT=kernel',
];

/** The last lines of the system's journal, or one that says why there are none. `program` reads it: journalctl. */
export async function journalLines(program = 'journalctl'): Promise<readonly string[]> {
  const matches = FIELDS.flatMap((field, n) => (n === 0 ? [field] : ['+', field]));
  const args = ['--no-pager', '--quiet', '--output=short-iso', `--lines=${LINES}`, ...matches];
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
