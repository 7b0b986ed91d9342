import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { configurationFile, loadConfiguration } from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { nodeDisk, replaceFile } from '#agent/store/disk.ts';
import { AGENT } from '#agent/version.ts';
import { signAcceptance } from '#contract/wire/acceptance.ts';
import { ENROLMENT_STICK } from '#contract/wire/enrolment-stick.ts';
import { EXIT } from './exit-code.ts';
import { outcomesOf, PATIENCE_MS } from './self-test-command.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
}

/** `tps-kit accept`: the kit tests itself, and its signed word goes back to the warehouse on the stick. */
export function acceptCommand(): Command {
  return new Command('accept')
    .description(
      'Menguji alat dan menaruh hasilnya, bertanda tangan, di stik untuk gudang.\nTests the kit and puts the signed outcome on the stick, for the warehouse.',
    )
    .argument('<stick>', 'folder stik / folder of the stick')
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', HELP)
    .action(async (stick: string, options: Options) => {
      process.exitCode = await run(stick, options);
    });
}

const HELP = `
Kode keluar / exit codes:
  0   semua berfungsi, hasilnya ada di stik / everything works, the outcome is on the stick
  64  perintah salah / wrong command line
  66  alat belum disiapkan, atau stik tidak terbaca / not enrolled, or no such stick
  72  ada yang tidak berfungsi; hasilnya ada di stik / something does not work; the outcome is on the stick
  73  stik tidak dapat ditulis / the stick cannot be written`;

async function run(stick: string, { config, json }: Options): Promise<number> {
  if (!existsSync(stick)) return tell(EXIT.noInput, `${stick} tidak ada; pasang stiknya / mount the stick`);
  const loaded = loadConfiguration(config);
  if (!loaded.ok) return tell(EXIT.noInput, loaded.reason);
  const credentials = loadCredentials(loaded.configuration);
  if (!credentials.ok) return tell(EXIT.noInput, credentials.reason);
  const { kit, tps } = loaded.configuration;
  const parts = await outcomesOf(config, PATIENCE_MS);
  const acceptance = { schema: 1, kit, tps, at: new Date().toISOString(), version: AGENT, parts } as const;
  const jws = await signAcceptance(acceptance, credentials.credentials.signer);
  const folder = join(stick, ENROLMENT_STICK.folder);
  try {
    await nodeDisk.makeFolder(folder);
    await replaceFile(nodeDisk, folder, ENROLMENT_STICK.acceptance, Buffer.from(`${jws}\n`));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return tell(EXIT.notWritten, `${stick} tidak dapat ditulis / cannot be written: ${error.message}`);
  }
  const faults = parts.filter(({ ok }) => !ok);
  if (json) console.log(JSON.stringify(acceptance, null, 2));
  else if (faults.length === 0) console.log(`${kit}: semua berfungsi. Bawa stik ini kembali ke gudang.`);
  else for (const { part, says } of faults) console.log(`${kit}: ${part}: ${says}`);
  return faults.length === 0 ? EXIT.ok : EXIT.installation;
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit accept: ${line}`);
  return exit;
}
