import { Command, CommanderError } from 'commander';
import { auditCommand } from './command/audit-command.ts';
import { diagnoseCommand } from './command/diagnose-command.ts';
import { eventsCommand } from './command/events-command.ts';
import { EXIT } from './command/exit-code.ts';
import { exportCommand } from './command/export-command.ts';
import { practiceCommand } from './command/practice-command.ts';
import { readCommand } from './command/read-command.ts';
import { receiptsCommand } from './command/receipts-command.ts';
import { selfTestCommand } from './command/self-test-command.ts';
import { updateCommand } from './command/update-command.ts';

/** The command line of everything that is done by hand: `agent/tps-kit <command>`. Each command is a file in `command/`. */

const COMMANDS = [
  readCommand,
  practiceCommand,
  exportCommand,
  receiptsCommand,
  auditCommand,
  eventsCommand,
  selfTestCommand,
  diagnoseCommand,
  updateCommand,
];

const program = new Command('tps-kit')
  .description(
    'Alat formulir TPS: baca, periksa, latih.\nThe tool for forms of polling stations: read, check, practise.',
  )
  .exitOverride();
for (const command of COMMANDS) program.addCommand(command().copyInheritedSettings(program));

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
