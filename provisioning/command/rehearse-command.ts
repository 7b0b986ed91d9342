import { join } from 'node:path';
import { Command } from 'commander';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { type SelectedKit, selectedKits } from '#provisioning/issue/selected-kits.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { listen } from '#provisioning/rehearsal/listen.ts';
import { type Present, presenceOf } from '#provisioning/rehearsal/roll-call.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption } from './folder.ts';
import { openSettings } from './open-authority.ts';
import { openRegister } from './open-register.ts';
import { addSelection, type SelectionOptions, selectionOf } from './selection.ts';
import { tellerOf } from './tell.ts';
import { textTable } from './text-table.ts';
import { wholeNumber } from './whole-number.ts';

const tell = tellerOf('rehearse');

interface Options extends SelectionOptions {
  readonly folder: string;
  readonly broker?: string;
  readonly seconds: number;
  readonly json: boolean;
}

/** `tps-provision rehearse`: the dress rehearsal ("uji beban"): which kits call in, and which do not. */
export function rehearseCommand(): Command {
  return addSelection(
    new Command('rehearse')
      .description(
        'Gladi bersih: alat mana yang tersambung ke broker, dan mana yang belum pernah.\nThe dress rehearsal: which kits are at the broker, and which have never called in. Writes nothing.',
      )
      .addOption(folderOption()),
  )
    .option('--broker <url>', 'alamat broker; yang pertama di pengaturan / the first of the settings')
    .option('--seconds <number>', 'mendengarkan selama / listens so long', wholeNumber(1, 3_600), 10)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.look, EXIT.refused, EXIT.damaged, EXIT.noInput))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

interface Answer extends Present {
  readonly where: SelectedKit;
}

async function run(options: Options): Promise<ExitCode> {
  const { folder } = options;
  const selection = selectionOf(options);
  if (typeof selection === 'string') return tell(EXIT.usage, selection);
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const shared = await openSettings(folder);
  if (!shared.ok) return tell(shared.exit, shared.says);
  const authority = join(folder, AUTHORITY_FOLDER);
  const kits = selectedKits(opened.stored.register, await keptKits(authority), selection);
  if (kits.length === 0) return tell(EXIT.refused, 'belum ada alat yang terbit untuk itu / no kit was issued for that');
  const broker = options.broker ?? shared.settings.brokers[0] ?? '';
  const listened = await listen({ authority, broker, forMs: options.seconds * 1_000 });
  if (!listened.ok) return tell(EXIT.refused, `broker ${broker} tidak dapat dihubungi / no broker: ${listened.reason}`);
  const answers = kits.map((where) => ({ ...presenceOf(listened.call, where.kit), where }));
  console.log(options.json ? JSON.stringify(jsonOf(answers), null, 2) : wordsOf(answers));
  return answers.every(({ presence, wanting }) => presence === 'online' && wanting.length === 0) ? EXIT.ok : EXIT.look;
}

function jsonOf(answers: readonly Answer[]): object {
  return { schema: 1, kits: answers.map(({ where: { tps }, ...present }) => ({ tps, ...present })) };
}

function wordsOf(answers: readonly Answer[]): string {
  const count = (of: readonly Answer[], which: Present['presence']) =>
    String(of.filter(({ presence }) => presence === which).length);
  const row = (name: string, of: readonly Answer[]) => [
    name,
    ...[String(of.length), count(of, 'online'), count(of, 'offline'), count(of, 'silent')],
  ];
  const byKecamatan = Map.groupBy(answers, ({ where }) => where.kecamatan);
  const table = textTable([
    ['Kecamatan', 'Alat', 'Tersambung', 'Terputus', 'Belum pernah'],
    ...[...byKecamatan].map(([name, own]) => row(name, own)),
    row('Jumlah', answers),
  ]);
  const lines = answers.flatMap(({ kit, presence, wanting, where }) => {
    const says = [...(presence === 'online' ? [] : [PRESENCE[presence]]), ...wanting];
    return says.length === 0 ? [] : [`${kit} (${where.name} ${where.kelurahan}): ${says.join('; ')}`];
  });
  return [table, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n');
}

const PRESENCE = { offline: 'terputus / offline', silent: 'belum pernah / has never called in' } as const;
