import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { keptKits, markLoaded } from '#provisioning/authority/kit-files.ts';
import { loadStick } from '#provisioning/issue/load-stick.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { placeWords } from '#provisioning/register/summary.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { openRegister } from './open-register.ts';
import { tellerOf } from './tell.ts';

const tell = tellerOf('load');

interface Options {
  readonly tps: string;
  readonly to: string;
  readonly folder: string;
  readonly replace: boolean;
  readonly again: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision load`: the bundle of a kit onto a stick, or onto a boot partition that is mounted. */
export function loadCommand(): Command {
  return new Command('load')
    .description(
      'Mengisi stik dengan bekal alat satu TPS.\nPuts the bundle of a TPS on a stick or a mounted boot partition; the kit takes it from there.',
    )
    .requiredOption('--tps <code>', 'kode TPS, 13 angka / TPS code, 13 digits')
    .requiredOption('--to <folder>', 'folder stik / where the stick is mounted')
    .addOption(folderOption())
    .option('--replace', 'ganti bekal yang ada di stik / replace a bundle that is on it', false)
    .option('--again', 'alat yang sudah dimuat: stiknya hilang atau rusak / its first stick is lost or bad', false)
    .option('--dry-run', 'hanya memeriksa, tidak menulis / checks, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.damaged, EXIT.noInput, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<ExitCode> {
  const { folder, tps, to } = options;
  if (!/^\d{13}$/.test(tps)) return tell(EXIT.usage, `kode TPS "${tps}" salah: 13 angka / not a TPS code of 13 digits`);
  const isFolder = await stat(to)
    .then((found) => found.isDirectory())
    .catch(() => false);
  if (!isFolder) return tell(EXIT.noInput, `${to} bukan folder; pasang stiknya / is no folder: mount the stick`);
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const kept = await keptKits(join(folder, AUTHORITY_FOLDER));
  const own = kept.find(({ issued, revocation }) => issued.tps === tps && revocation === null);
  if (own === undefined) {
    return tell(EXIT.refused, `TPS ${tps} belum punya alat: tps-provision issue --tps ${tps} / has no kit yet`);
  }
  const { kit } = own.issued;
  if (own.isLoaded && !options.again) {
    return tell(
      EXIT.refused,
      `bekal ${kit} sudah pernah dimuat; dua mesin tidak boleh memakainya. Kalau stik pertama hilang atau rusak: --again`,
      'was loaded before, and no two machines may hold it; --again if the first stick is lost or bad',
    );
  }
  const place = placeWords(tps, opened.stored.register);
  if (options.dryRun) return told(options, { outcome: 'dry-run', kit, place });
  return locked(folder, tell, () => load(options, kit, place));
}

async function load(options: Options, kit: string, place: string): Promise<ExitCode> {
  const { to, replace } = options;
  const authority = join(options.folder, AUTHORITY_FOLDER);
  const label = `Bekal alat ${kit}\n${place}\nHanya untuk alat TPS ini. Setelah dipakai, hapus isi stik ini.\n`;
  try {
    const result = await loadStick(authority, { kit, label, stick: to, replace });
    if (result.ok) {
      await markLoaded(authority, kit, new Date());
      return told(options, { outcome: 'loaded', kit, place });
    }
    if (result.code === 'other') {
      return tell(EXIT.refused, `${to} sudah berisi bekal; ganti dengan --replace / holds a bundle already`);
    }
    return tell(EXIT.notWritten, `stik rusak, pakai yang lain / the stick is bad: ${result.reason}`);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return tell(EXIT.notWritten, `${to} tidak dapat ditulis / cannot be written: ${error.message}`);
  }
}

interface Told {
  readonly outcome: 'loaded' | 'dry-run';
  readonly kit: string;
  readonly place: string;
}

function told({ json, tps, to }: Options, { outcome, kit, place }: Told): ExitCode {
  const says =
    outcome === 'dry-run'
      ? `Bekal ${kit} (${place}) akan ditaruh di ${to}. Tidak ada yang ditulis / nothing was written (--dry-run).`
      : `Bekal ${kit} (${place}) ada di ${to}. Lepas stiknya dengan benar / unmount it before you pull it out.`;
  console.log(json ? JSON.stringify({ schema: 1, outcome, kit, tps, to }, null, 2) : says);
  return EXIT.ok;
}
