import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { openAcceptance } from '#contract/wire/acceptance.ts';
import { ENROLMENT_STICK } from '#contract/wire/enrolment-stick.ts';
import { certificatesOf } from '#contract/wire/signature.ts';
import { isAuthority } from '#provisioning/authority/authority.ts';
import { type KeptKit, keptKits, markAccepted } from '#provisioning/authority/kit-files.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { noAuthority } from './open-authority.ts';
import { tellerOf } from './tell.ts';

const tell = tellerOf('accept');

interface Options {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision accept`: what kits have said of themselves, from the sticks that came back. */
export function acceptCommand(): Command {
  return new Command('accept')
    .description(
      'Mencatat hasil uji alat dari stik yang kembali.\nTakes down what the kits say of themselves, from the sticks that came back.',
    )
    .argument('<stick...>', 'folder stik / folders of sticks')
    .addOption(folderOption())
    .option('--dry-run', 'hanya memeriksa, tidak menulis / checks, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.look, EXIT.refused, EXIT.noInput))
    .action(async (sticks: string[], options: Options) => {
      process.exitCode = await run(sticks, options);
    });
}

interface Heard {
  readonly stick: string;
  readonly outcome: 'accepted' | 'failed' | 'refused';
  readonly kit: string | null;
  /** What does not work, or why it was refused. */
  readonly says: readonly string[];
}

async function run(sticks: readonly string[], options: Options): Promise<ExitCode> {
  const authority = join(options.folder, AUTHORITY_FOLDER);
  if (!isAuthority(authority)) return tell(EXIT.noInput, noAuthority(options.folder));
  return locked(options.folder, tell, async () => {
    const kept = await keptKits(authority);
    const heard: Heard[] = [];
    for (const stick of sticks) heard.push(await hear(authority, kept, stick, options.dryRun));
    return report(heard, options);
  });
}

async function hear(authority: string, kept: readonly KeptKit[], stick: string, dryRun: boolean): Promise<Heard> {
  const refuse = (why: string, kit: string | null = null) =>
    ({ stick, outcome: 'refused', kit, says: [why] }) satisfies Heard;
  const file = join(stick, ENROLMENT_STICK.folder, ENROLMENT_STICK.acceptance);
  const jws = await readFile(file, 'utf8').catch(() => null);
  if (jws === null) return refuse(`tidak ada hasil uji di stik (tps-kit accept) / there is no ${file}`);
  const roots = certificatesOf(await readFile(join(authority, 'root.crt'), 'utf8'));
  const opened = await openAcceptance(jws, roots, new Date());
  if (!opened.ok) return refuse(`hasil uji tidak sah / not genuine: ${opened.reason}`);
  const { kit, at, version, parts } = opened.acceptance;
  const known = kept.find(({ issued }) => issued.kit === kit && issued.thumbprint === opened.thumbprint);
  if (!known) return refuse('alat ini tidak terbit di sini / was not issued here', kit);
  if (known.revocation) return refuse(`alat ini dicabut / is revoked: ${known.revocation.reason}`, kit);
  const faults = parts.filter(({ ok }) => !ok).map(({ part, says }) => `${part}: ${says}`);
  if (!dryRun) {
    const marked = await markAccepted(authority, kit, { at, version, faults });
    if (!marked.ok) return refuse(`tidak tercatat / not taken down: ${marked.reason}`, kit);
  }
  return { stick, outcome: faults.length === 0 ? 'accepted' : 'failed', kit, says: faults };
}

function report(heard: readonly Heard[], { json, dryRun }: Options): ExitCode {
  console.log(json ? JSON.stringify({ schema: 1, dryRun, heard }, null, 2) : heard.map(words).join('\n'));
  if (heard.every(({ outcome }) => outcome === 'accepted')) return EXIT.ok;
  return heard.every(({ outcome }) => outcome === 'refused') ? EXIT.refused : EXIT.look;
}

function words({ stick, outcome, kit, says }: Heard): string {
  switch (outcome) {
    case 'accepted':
      return `${kit}: lulus`;
    case 'failed':
      return `${kit}: GAGAL: ${says.join('; ')}`;
    case 'refused':
      return `${stick}: ditolak: ${says.join('; ')}`;
  }
}
