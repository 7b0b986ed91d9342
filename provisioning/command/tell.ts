import type { ExitCode } from './exit-code.ts';

/** Says lines on standard error in a command's name, and hands on how it ends. */
export type Tell = (exit: ExitCode, ...lines: readonly string[]) => ExitCode;

export function tellerOf(command: string): Tell {
  return (exit, ...lines) => {
    for (const line of lines) console.error(`tps-provision ${command}: ${line}`);
    return exit;
  };
}
