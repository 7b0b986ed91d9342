import { Command, CommanderError } from 'commander';
import { EXIT } from './command/exit-code.ts';

/** The command line of everything that is done by hand: `agent/tps-kit <command>`. Each command is a file in `command/`. */

/** Loaded when they are asked for: the updater must run where the rest of the program is half of two versions. */
const COMMANDS: Readonly<Record<string, () => Promise<() => Command>>> = {
  read: async () => (await import('./command/read-command.ts')).readCommand,
  practice: async () => (await import('./command/practice-command.ts')).practiceCommand,
  export: async () => (await import('./command/export-command.ts')).exportCommand,
  receipts: async () => (await import('./command/receipts-command.ts')).receiptsCommand,
  audit: async () => (await import('./command/audit-command.ts')).auditCommand,
  events: async () => (await import('./command/events-command.ts')).eventsCommand,
  'self-test': async () => (await import('./command/self-test-command.ts')).selfTestCommand,
  diagnose: async () => (await import('./command/diagnose-command.ts')).diagnoseCommand,
  enrol: async () => (await import('./command/enrol-command.ts')).enrolCommand,
  accept: async () => (await import('./command/accept-command.ts')).acceptCommand,
  update: async () => (await import('./command/update-command.ts')).updateCommand,
};

const program = new Command('tps-kit')
  .description(
    'Alat formulir TPS: baca, periksa, latih.\nThe tool for forms of polling stations: read, check, practise.',
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

/** A wrong command line was explained already; anything else is a fault of the program. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    console.error(`tps-kit: kesalahan program / a fault of the program: ${error}`);
    process.exitCode = EXIT.software;
  }
}
