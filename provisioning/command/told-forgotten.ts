import { EXIT, type ExitCode } from './exit-code.ts';

export interface Forgotten {
  /** "PIN alat", "kata sandi pertama". */
  readonly what: string;
  readonly count: number;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Says how many secrets were erased, or would be. */
export function toldForgotten({ what, count, dryRun, json }: Forgotten): ExitCode {
  const outcome = dryRun ? 'dry-run' : 'forgotten';
  const says = dryRun
    ? `${count} ${what} akan dihapus. Tidak ada yang ditulis / nothing was written (--dry-run).`
    : `${count} ${what} dihapus; suratnya tidak dapat dicetak lagi.`;
  console.log(json ? JSON.stringify({ schema: 1, outcome, count }, null, 2) : says);
  return EXIT.ok;
}
