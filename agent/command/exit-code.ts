/**
 * How a command ends, for scripts; numbers from 64 on are those of sysexits.h. With `usage`, `noInput`
 * and `installation` nothing was read and standard output is empty; with the others the report is there.
 */
export const EXIT = {
  /** Everything was read and there is nothing to ask. */
  ok: 0,
  /** Everything was read, but a person must look: a figure is asked, a rule broken, a page there twice. */
  look: 1,
  /** A photo was refused. */
  refused: 2,
  /** The command line is wrong. */
  usage: 64,
  /** A file that was named is missing or cannot be read. */
  noInput: 66,
  /** The seeing process died on a photo, or the program has a fault. */
  software: 70,
  /** A part of the installation is missing, as the model. */
  installation: 72,
  /** A picture could not be drawn or written; the report is complete all the same. */
  notWritten: 73,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Kode keluar / exit codes:
  0   semua terbaca, tidak ada yang perlu ditanyakan / all read, nothing to ask
  1   terbaca, tetapi orang harus melihat kertasnya / read, but a person must look
  2   ada foto yang ditolak / a photo was refused
  64  perintah salah / wrong command line
  66  berkas tidak ada atau tidak dapat dibaca / a file is missing or unreadable
  70  pembaca mati atau program salah / the reader died, or a fault of the program
  72  pemasangan tidak lengkap (model) / the installation is incomplete (model)
  73  gambar --debug tidak dapat ditulis / a --debug picture cannot be written`;
