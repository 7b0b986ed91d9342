import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { openByteSource } from '#contract/wire/bundle-file.ts';
import { certificatesOf } from '#contract/wire/signature.ts';
import { type Audited, auditBundle } from './audit-bundle.ts';
import { EXIT } from './exit-code.ts';

interface Options {
  readonly root: string;
  readonly on?: string;
}

/** `tps-kit audit`: whether what a kit holds is whole and unchanged, with nothing but the root certificate in hand. */
export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'Memeriksa rantai rekaman satu alat.\nVerifies the chain of a kit’s records, from bundles made by "export --all".',
    )
    .argument('<bundle...>', 'berkas .bundel / the .bundel files')
    .requiredOption('--root <file>', 'sertifikat akar / the root certificate, PEM')
    .option(
      '--on <date>',
      'tanggal berlakunya sertifikat, mis. 2024-11-27 / the day on which certificates must be valid',
    )
    .addHelpText('after', HELP)
    .action(async (files: string[], options: Options) => {
      process.exitCode = await audit(files, options);
    });
}

const HELP = `
Kode keluar / exit codes:
  0   semua utuh / everything is whole
  1   ada yang diubah, hilang atau ditukar / something was changed, removed or exchanged
  64  perintah salah / wrong command line
  66  berkas tidak dapat dibaca / a file cannot be read`;

async function audit(files: readonly string[], { root, on }: Options): Promise<number> {
  const at = on === undefined ? new Date() : new Date(on);
  if (Number.isNaN(at.getTime())) return tell(EXIT.usage, `--on ${on}: bukan tanggal / no date, as 2024-11-27`);
  const roots = rootsIn(root);
  if (roots === null) return tell(EXIT.noInput, `${root}: bukan sertifikat / no certificate`);
  let exit: number = EXIT.ok;
  for (const file of files) {
    const source = await openByteSource(file).catch(() => null);
    if (source === null) return tell(EXIT.noInput, `${file} tidak dapat dibaca / cannot be read`);
    const audited = await auditBundle(source, roots, at);
    await source.close();
    console.log(sheetOf(file, audited));
    if (!audited.ok) exit = EXIT.look;
  }
  return exit;
}

function sheetOf(file: string, audited: Audited): string {
  if (!audited.ok) {
    const where = audited.at === null ? 'berkas' : `rekaman ke-${audited.at}`;
    return `${file}: TIDAK UTUH, ${where} (${audited.code}): ${audited.reason}`;
  }
  const lines = audited.records.map(({ record, digest, pictures }) => {
    const { sequence, form, version, mode, pages } = record;
    return `  ${sequence}  ${form} versi ${version}  ${mode}  ${pictures} dari ${pages.length} gambar  ${digest}`;
  });
  return [`${file}: UTUH, ${audited.kit}, ${audited.records.length} rekaman`, ...lines].join('\n');
}

function rootsIn(file: string) {
  try {
    return certificatesOf(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit audit: ${line}`);
  return exit;
}
