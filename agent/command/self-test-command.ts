import { Command, InvalidArgumentError } from 'commander';
import { type Configuration, loadConfiguration, storeFolder } from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { readKnownPage } from '#agent/health/known-page.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { startReader } from '#agent/read/reader-process.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { shippedForms } from '#contract/forms.ts';
import { EXIT } from './exit-code.ts';

/** `tps-kit self-test`: whether the program works on this machine; asked after installing and updating, and by hand. */
export function selfTestCommand(): Command {
  return new Command('self-test')
    .description(
      'Memeriksa apakah program alat berfungsi di mesin ini.\nTests whether the kit’s program works on this machine.',
    )
    .option('--config <file>', "periksa juga konfigurasi alat / test the kit's configuration too")
    .option('--limit <seconds>', 'batas waktu membaca halaman uji / time limit for reading the test page', secondsOf)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', HELP)
    .action(async ({ config, limit, json }: { config?: string; limit?: number; json: boolean }) => {
      const outcomes = await outcomesOf(config, limit ?? PATIENCE_MS);
      process.stdout.write(json ? `${JSON.stringify({ schema: 1, outcomes }, null, 2)}\n` : tableOf(outcomes));
      process.exitCode = outcomes.every(({ ok }) => ok) ? EXIT.ok : EXIT.installation;
    });
}

const HELP = `
Alat yang sedang bekerja tidak terganggu. / A kit at work is not disturbed.

Kode keluar / exit codes:
  0   semua berfungsi / everything works
  64  perintah salah / wrong command line
  72  ada yang tidak berfungsi / something does not work`;

/** Who tests a machine wants to know that it reads, however slow it is; how long it took is told. */
export const PATIENCE_MS = 120_000;

/** One thing that was tried, and in a few words why it does not work. */
export interface Outcome {
  readonly part: string;
  readonly ok: boolean;
  readonly says: string;
}

export async function outcomesOf(config: string | undefined, limitMs: number): Promise<readonly Outcome[]> {
  const program = [
    await tried('formulir / forms', async () => `${shippedForms().forms.length} formulir`),
    await tried('pembaca angka / reader', () => knownPage(limitMs)),
    await tried('kabel serial / serial lines', async () => (await import('serialport')) && 'ada'),
    await tried('tombol dan lampu / keys and lamps', async () => (await import('onoff')) && 'ada'),
  ];
  return config === undefined ? program : [...program, ...(await settings(config))];
}

async function settings(file: string): Promise<readonly Outcome[]> {
  const loaded = loadConfiguration(file);
  const part = 'konfigurasi / configuration';
  if (!loaded.ok) return [{ part, ok: false, says: loaded.reason }];
  const { configuration } = loaded;
  const says = `alat ${configuration.kit}, TPS ${configuration.tps}`;
  return [
    { part, ok: true, says },
    await tried('sertifikat dan kunci / certificates and keys', async () => credentialsOf(configuration)),
    await tried('penyimpanan / disk', async () => {
      const free = await nodeDisk.free(storeFolder(configuration)).catch(() => nodeDisk.free(configuration.data));
      return `${(free / 1e9).toFixed(1)} GB bebas / free`;
    }),
  ];
}

function credentialsOf(configuration: Configuration): string {
  const loaded = loadCredentials(configuration);
  if (!loaded.ok) throw new Error(loaded.reason);
  const [own] = loaded.credentials.signer.certificates;
  return `berlaku sampai / valid until ${own?.validToDate.toISOString().slice(0, 10)}`;
}

async function knownPage(limitMs: number): Promise<string> {
  const reader = await startReader({ modelFile: MODEL_FILE, limitMs });
  try {
    const begun = performance.now();
    const outcome = await readKnownPage(reader);
    if (outcome !== 'right') throw new Error(outcome === 'dead' ? 'mati / died' : 'salah membaca / misread the page');
    return `halaman uji benar, ${((performance.now() - begun) / 1000).toFixed(1)} s`;
  } finally {
    await reader.close();
  }
}

async function tried(part: string, attempt: () => Promise<string>): Promise<Outcome> {
  try {
    return { part, ok: true, says: await attempt() };
  } catch (error) {
    return { part, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

function tableOf(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ part }) => part.length));
  const lines = outcomes.map(({ part, ok, says }) => `${ok ? '✓' : '✗'} ${part.padEnd(width)}  ${says}`);
  return `${lines.join('\n')}\n`;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new InvalidArgumentError('sekian detik / a number of seconds');
  return seconds * 1000;
}
