/** How a command of `tps-provision` ends, for scripts; numbers from 64 on are those of sysexits.h. */
export const EXIT = {
  /** Everything was done, or there was nothing to do. */
  ok: 0,
  /** It was done, but a person must look: bad lines were left out. */
  look: 1,
  /** Nothing was done: something is wrong, or it needs another word of the technician. */
  refused: 2,
  /** The command line is wrong. */
  usage: 64,
  /** What is kept in the folder is damaged, or another version of the program wrote it. */
  damaged: 65,
  /** A file that was named is missing or cannot be read, or nothing was imported yet. */
  noInput: 66,
  /** A fault of the program. */
  software: 70,
  /** A file cannot be written. */
  notWritten: 73,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const WORDS: Readonly<Record<ExitCode, string>> = {
  0: 'selesai, atau tidak ada yang perlu / done, or nothing was to be done',
  1: 'selesai, tetapi ada yang harus dilihat orang / done, but a person must look',
  2: 'ditolak, tidak ada yang berubah / refused, nothing was changed',
  64: 'perintah salah / wrong command line',
  65: 'isi folder rusak atau dari versi lain / what the folder holds is damaged or of another version',
  66: 'berkas tidak ada atau tidak terbaca / a file is missing or unreadable',
  70: 'program salah / a fault of the program',
  73: 'tidak dapat menulis / cannot write',
};

/** The part of a command's help that says how it may end. */
export function exitHelp(...codes: readonly ExitCode[]): string {
  const all = [...codes, EXIT.usage, EXIT.software].toSorted((a, b) => a - b);
  return `\nKode keluar / exit codes:\n${all.map((code) => `  ${String(code).padEnd(3)} ${WORDS[code]}`).join('\n')}`;
}
