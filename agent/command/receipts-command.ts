import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Configuration, configurationFile, storeFolder } from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { loadInCurrentMode } from '#agent/mode.ts';
import { firstState, State } from '#agent/session/state.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { lockFolder } from '#agent/store/folder-lock.ts';
import { openStore } from '#agent/store/store.ts';
import { openReceipt } from '#contract/wire/envelope.ts';
import { EXIT } from './exit-code.ts';

/** `tps-kit receipts`: gives the kit the answers of the centre that came by hand. */
export function receiptsCommand(): Command {
  return new Command('receipts')
    .description(
      'Memasukkan tanda terima pusat dari stik USB.\nGives the kit the receipts of the centre that came on a USB stick.',
    )
    .argument('<file>', 'berkas .kuitansi / the .kuitansi file')
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .addHelpText('after', HELP)
    .action(async (file: string, { config }: { readonly config: string }) => {
      process.exitCode = await take(file, config);
    });
}

const HELP = `
Matikan dulu program alat. / Stop the kit's program before.

Kode keluar / exit codes:
  0   semua tanda terima masuk / every receipt was taken
  1   ada yang bukan tanda terima untuk alat ini / some are no receipts for this kit
  66  berkas, konfigurasi atau simpanan tidak dapat dibaca / file, configuration or store cannot be read
  73  simpanan alat tidak dapat ditulisi / the store cannot be written`;

async function take(file: string, config: string): Promise<number> {
  const loaded = await loadInCurrentMode(config);
  if (!loaded.ok) return tell(EXIT.noInput, loaded.reason);
  const lines = linesOf(file);
  if (lines === null) return tell(EXIT.noInput, `${file} tidak dapat dibaca / cannot be read`);
  const credentials = loadCredentials(loaded.configuration);
  if (!credentials.ok) return tell(EXIT.noInput, credentials.reason);
  const folder = storeFolder(loaded.configuration);
  const lock = await lockFolder(folder);
  if (!lock.ok) return tell(EXIT.noInput, `matikan program alat dulu / stop the kit's program: ${lock.reason}`);
  try {
    return await keep(lines, folder, loaded.configuration, credentials.credentials.central);
  } finally {
    await lock.release();
  }
}

async function keep(
  lines: readonly string[],
  folder: string,
  { kit, tps, mode }: Configuration,
  central: Parameters<typeof openReceipt>[1],
): Promise<number> {
  const setting = { disk: nodeDisk, folder, kit, tps, mode, evening: State, fresh: firstState() };
  const opened = await openStore(setting);
  if (!opened.ok) return tell(EXIT.noInput, `simpanan alat tidak terbaca / the store cannot be read: ${opened.reason}`);
  let foreign = 0;
  for (const [n, jws] of lines.entries()) {
    const receipt = await openReceipt(jws, central, kit);
    if (!receipt.ok) {
      foreign += 1;
      tell(EXIT.look, `baris ${n + 1} bukan tanda terima untuk alat ini / line ${n + 1} (${receipt.code})`);
      continue;
    }
    const kept = await opened.store.keepReceipt(receipt.receipt, jws);
    if (!kept.ok)
      return tell(EXIT.notWritten, `simpanan tidak dapat ditulisi, coba lagi / not written: ${kept.reason}`);
  }
  const waiting = opened.store.records().filter(({ answer }) => answer.kind !== 'received').length;
  console.log(`${lines.length - foreign} tanda terima masuk; ${waiting} rekaman masih menunggu pusat.`);
  return foreign > 0 ? EXIT.look : EXIT.ok;
}

function linesOf(file: string): readonly string[] | null {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return null;
  }
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit receipts: ${line}`);
  return exit;
}
