import { Command } from 'commander';
import { EXIT } from './exit-code.ts';

/** `tps-kit read`: the figures of photographed pages, as a table or as JSON. */
export function readCommand(): Command {
  return new Command('read')
    .description('Membaca angka pada foto formulir.\nReads the figures of photographed forms.')
    .argument('<photo...>', 'foto JPEG / photos, JPEG')
    .action(() => {
      console.error('tps-kit read: belum selesai / not finished yet');
      process.exitCode = EXIT.software;
    });
}
