import { Command, CommanderError } from 'commander';
import { EXIT } from './command/exit-code.ts';
import { tellerOf } from './command/tell.ts';
import { DamagedFile, UnwritableFile } from './json-file.ts';

/** The technicians' command line in the warehouse: `provisioning/tps-provision <command>`. Each command is a file in `command/`. */

/** Loaded when they are asked for: some of them need much. */
const COMMANDS: Readonly<Record<string, () => Promise<() => Command>>> = {
  init: async () => (await import('./command/init-command.ts')).initCommand,
  import: async () => (await import('./command/import-command.ts')).importCommand,
  example: async () => (await import('./command/example-command.ts')).exampleCommand,
  issue: async () => (await import('./command/issue-command.ts')).issueCommand,
  load: async () => (await import('./command/load-command.ts')).loadCommand,
  accounts: async () => (await import('./command/accounts-command.ts')).accountsCommand,
  card: async () => (await import('./command/card-command.ts')).cardCommand,
  labels: async () => (await import('./command/labels-command.ts')).labelsCommand,
  letters: async () => (await import('./command/letters-command.ts')).lettersCommand,
  rehearse: async () => (await import('./command/rehearse-command.ts')).rehearseCommand,
  report: async () => (await import('./command/report-command.ts')).reportCommand,
  accept: async () => (await import('./command/accept-command.ts')).acceptCommand,
  revoke: async () => (await import('./command/revoke-command.ts')).revokeCommand,
  status: async () => (await import('./command/status-command.ts')).statusCommand,
};

const tell = tellerOf(process.argv[2] ?? '');
const program = new Command('tps-provision')
  .description(
    'Menyiapkan alat TPS di gudang; tidak perlu jaringan.\nPrepares the kits in the warehouse; needs no network.',
  )
  .exitOverride();
const named = COMMANDS[process.argv[2] ?? ''];
for (const load of named ? [named] : Object.values(COMMANDS)) {
  program.addCommand((await load())().copyInheritedSettings(program));
}

process.stdout.on('error', endQuietly);
await program.parseAsync().catch(fail);

/** Who reads the output may stop reading (`| head`). */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** What the disk refuses, wherever it was met. */
const NOT_WRITTEN = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);

/** A wrong command line was explained already; what is neither that nor the disk's doing is a fault of the program. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (error instanceof DamagedFile) {
    process.exitCode = tell(EXIT.damaged, `berkas rusak; ambil cadangannya / restore the copy: ${error.message}`);
  } else if (error instanceof UnwritableFile || isRefusedByDisk(error)) {
    process.exitCode = tell(EXIT.notWritten, `tidak dapat menulis / cannot write: ${error.message}`);
  } else {
    process.exitCode = tell(EXIT.software, `kesalahan program / a fault of the program: ${error}`);
  }
}

function isRefusedByDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && NOT_WRITTEN.has(String(error.code));
}
