/**
 * How a command ends, for scripts; numbers from 64 on are those of sysexits.h. Below 64 and with
 * `software` the report is on standard output; with the others nothing was read.
 */
export const EXIT = {
  /** Everything was read and there is nothing to ask. */
  ok: 0,
  /** Everything was read, but a person must look at something. */
  look: 1,
  /** A photo was refused. */
  refused: 2,
  /** The command line is wrong. */
  usage: 64,
  /** A file named is missing or cannot be read. */
  noInput: 66,
  /** The seeing process died, or the program has a fault. */
  software: 70,
  /** A part of the installation is missing. */
  installation: 72,
  /** A file could not be written. */
  notWritten: 73,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
