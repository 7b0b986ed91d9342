import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { PILKADA_FORMS } from '#contract/forms.ts';
import { createAuthority, isAuthority, type Passphrases } from '#provisioning/authority/authority.ts';
import { CENTRAL_FILE, centralConfigurations } from '#provisioning/authority/central-configuration.ts';
import { isStrongPassphrase } from '#provisioning/authority/locked-key.ts';
import { writeMosquitto } from '#provisioning/authority/mosquitto.ts';
import { replaceFile } from '#provisioning/durable-file.ts';
import { pinnedForms } from '#provisioning/issue/enrol-kit.ts';
import { IssueSettings, saveSettings, USUAL_DEVICES } from '#provisioning/issue/settings.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { readPassphrase } from './passphrase.ts';
import { tellerOf } from './tell.ts';
import { wholeNumber } from './whole-number.ts';

const tell = tellerOf('init');

interface Options {
  readonly folder: string;
  readonly broker: readonly string[];
  readonly host: readonly string[];
  readonly port: number;
  readonly centralPort: number;
  readonly database: string;
  readonly receivers: number;
  readonly days: number;
  readonly mode: 'resmi' | 'latihan';
  readonly forms: readonly string[];
  readonly devices?: string;
  readonly rootPassphraseFile?: string;
  readonly passphraseFile?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const DAY_MS = 86_400_000;

/** `tps-provision init`: the authority of this election, the broker's and central's certificates, and what all kits share. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'Membuat otoritas sertifikat, kunci pusat, dan pengaturan broker.\nMakes the certificate authority, the keys of the centre, and the broker’s configuration.',
    )
    .addOption(folderOption())
    .requiredOption('--broker <url...>', 'alamat broker bagi alat, mqtts://host:port, paling banyak 3 / for the kits')
    .option('--host <name...>', 'nama atau alamat lain broker, untuk sertifikatnya / further names of the broker', [])
    .option('--port <number>', 'port tempat broker mendengar / where the broker listens', wholeNumber(1, 65_535), 8883)
    .option('--central-port <number>', 'port halaman pusat / of the page of the centre', wholeNumber(1, 65_535), 8081)
    .option('--database <place>', 'basis data pusat: folder, atau postgres:// / of the centre', 'pusat/database')
    .option(
      '--receivers <number>',
      'penerima di pusat, berbagi kerja / receivers that share the work',
      wholeNumber(1, 4),
      1,
    )
    .option('--days <number>', 'hari sertifikat berlaku / days the certificates are valid', wholeNumber(1, 3_650), 180)
    .addOption(
      new Option('--mode <mode>', 'alat mulai dengan / kits begin with')
        .choices(['latihan', 'resmi'])
        .default('latihan'),
    )
    .option('--forms <id...>', 'formulir / forms', [...PILKADA_FORMS])
    .option('--devices <file>', 'JSON: camera, gpio, barcode, printer, slip, seperti di kit.json / as in kit.json')
    .option('--root-passphrase-file <file>', 'kata sandi kunci akar, baris pertama / passphrase of the root key')
    .option('--passphrase-file <file>', 'kata sandi kunci penerbit, baris pertama / passphrase of the issuing key')
    .option('--dry-run', 'hanya memeriksa, tidak menulis / checks, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.noInput, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<ExitCode> {
  const { folder } = options;
  const authority = join(folder, AUTHORITY_FOLDER);
  if (isAuthority(authority)) {
    return tell(
      EXIT.refused,
      `otoritas sudah ada di ${authority}; tidak ada yang diubah / there is an authority already`,
    );
  }
  if (options.receivers > 1 && !options.database.startsWith('postgres')) {
    return tell(
      EXIT.usage,
      'beberapa penerima butuh PostgreSQL (--database postgres://…) / several receivers need a server',
    );
  }
  const settings = await settingsOf(options);
  if (typeof settings === 'string') return tell(EXIT.refused, settings);
  const passphrases = await passphrasesOf(options);
  if (typeof passphrases === 'string') return tell(EXIT.refused, passphrases);
  if (!options.dryRun) {
    const made = await locked(folder, tell, () => makeAll(options, authority, settings, passphrases));
    if (made !== EXIT.ok) return made;
  }
  return report(options, authority, settings);
}

/** The authority last: a run that was cut short is begun again, and one with an authority is whole. */
async function makeAll(
  { folder, host, port, centralPort, database, receivers }: Options,
  authority: string,
  settings: IssueSettings,
  passphrases: Passphrases,
): Promise<ExitCode> {
  const [broker = ''] = settings.brokers;
  const central = { broker, authority: AUTHORITY_FOLDER, port: centralPort, database, receivers };
  const saved = await saveSettings(folder, settings);
  if (!saved.ok) return tell(EXIT.notWritten, saved.reason);
  for (const [name, text] of centralConfigurations(central)) {
    const written = await replaceFile(folder, name, text);
    if (!written.ok) return tell(EXIT.notWritten, written.reason);
  }
  writeMosquitto({ port, host: null, authority, folder: join(folder, 'mosquitto'), user: userInfo().username });
  const hosts = [...new Set([...settings.brokers.map(hostOf), ...host])];
  const validity = { from: new Date(Date.now() - DAY_MS), until: new Date(settings.validUntil) };
  await createAuthority({ folder: authority, brokerHosts: hosts, validity, receivers }, passphrases);
  return EXIT.ok;
}

async function settingsOf(options: Options): Promise<IssueSettings | string> {
  const pinned = pinnedForms(options.forms);
  if (!pinned.ok) return `tidak ada formulir / there is no form "${pinned.unknown}"`;
  const devices = await devicesIn(options.devices);
  if (typeof devices === 'string') return devices;
  const parsed = IssueSettings.safeParse({
    schema: 1,
    brokers: options.broker,
    mode: options.mode,
    forms: options.forms,
    validUntil: new Date(Date.now() + options.days * DAY_MS).toISOString(),
    devices: devices.parts,
  });
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
}

async function devicesIn(file: string | undefined): Promise<{ readonly parts: unknown } | string> {
  if (file === undefined) return { parts: USUAL_DEVICES };
  try {
    return { parts: JSON.parse(await readFile(file, 'utf8')) };
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : error}`;
  }
}

async function passphrasesOf(options: Options): Promise<Passphrases | string> {
  const root = await readPassphrase(options.rootPassphraseFile, 'Kata sandi kunci akar / of the root key');
  if (!root.ok) return root.says;
  const issuing = await readPassphrase(options.passphraseFile, 'Kata sandi kunci penerbit / of the issuing key');
  if (!issuing.ok) return issuing.says;
  if (![root.passphrase, issuing.passphrase].every(isStrongPassphrase)) {
    return 'kata sandi terlalu pendek: paling sedikit 20 tanda, misalnya lima kata / at least 20 characters, say five words';
  }
  if (root.passphrase === issuing.passphrase) return 'kedua kata sandi harus berbeda / the two passphrases must differ';
  return { root: root.passphrase, issuing: issuing.passphrase };
}

function report({ dryRun, json, folder }: Options, authority: string, settings: IssueSettings): ExitCode {
  const outcome = dryRun ? 'dry-run' : 'made';
  const says = dryRun
    ? 'Semua benar; tidak ada yang ditulis / all is well, nothing was written (--dry-run).'
    : `Otoritas siap di ${authority}, berlaku sampai ${settings.validUntil.slice(0, 10)}.
Broker: mosquitto -c ${join(folder, 'mosquitto', 'mosquitto.conf')}
Pusat: node central/main.ts ${join(folder, CENTRAL_FILE)}
Pindahkan ${join(authority, 'root.key')} ke dua stik, simpan di dua brankas, lalu hapus dari sini.
Move the root key to two sticks in two safes, then delete it here.`;
  console.log(json ? JSON.stringify({ schema: 1, outcome, authority, settings }, null, 2) : says);
  return EXIT.ok;
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
