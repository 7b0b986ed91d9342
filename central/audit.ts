import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { shippedForms } from '#contract/forms.ts';
import { type AuditedLog, auditLog } from '#contract/log/exported-log.ts';
import { type CheckedProof, checkProof, type ProofTrust, RecordProof } from '#contract/log/record-proof.ts';
import { Sha256 } from '#contract/log/tree-head.ts';
import { certificatesOf } from '#contract/wire/signature.ts';

/** For auditors, who trust nothing but the certificates in their hands: `node central/audit.ts log|receipt …`. */

const EXIT = { ok: 0, wrong: 1, usage: 64, noInput: 66, unavailable: 69 } as const;

/** What the centre says to a digest. */
const Answer = z.union([z.object({ proof: RecordProof }), z.object({ state: z.literal('pending') })]);

interface TrustOptions {
  readonly root: string;
  readonly central: string;
  readonly json: boolean;
}

const HELP = `
Exit codes:
  0   everything is as the centre and the kits signed it
  1   something is not
  64  wrong command line
  66  a file cannot be read
  69  the centre does not answer, or does not hold the record`;

const program = new Command('audit').description('Verifies what the centre publishes, offline.').exitOverride();
addTrust(program.command('log').description('Verifies an exported log: every signature, every place, the head.'))
  .argument('<log>', 'catatan.jsonl, as it was published')
  .option('--earlier <file>', 'a signed head from before: the log must continue it')
  .action(async (file: string, options: TrustOptions & { readonly earlier?: string }) => {
    process.exitCode = await auditFile(file, options);
  });
addTrust(
  program.command('receipt').description('Verifies that the centre’s log holds the record of a printed receipt.'),
)
  .argument('<digest>', 'as printed: 64 hexadecimal digits, spaces do not matter')
  .requiredOption('--from <url>', 'address of the centre')
  .action(async (digest: string, options: TrustOptions & { readonly from: string }) => {
    process.exitCode = await auditReceipt(digest, options);
  });
await program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
});

function addTrust(command: Command): Command {
  return command
    .requiredOption('--root <file>', 'root certificate of the election, PEM')
    .requiredOption('--central <file>', 'certificate with which the centre signs, PEM')
    .option('--json', 'the outcome as JSON', false)
    .addHelpText('after', HELP);
}

async function auditFile(file: string, options: TrustOptions & { readonly earlier?: string }): Promise<number> {
  const { earlier, json } = options;
  try {
    const trust = { ...trustOf(options), earlier: earlier === undefined ? null : readFileSync(earlier, 'utf8').trim() };
    const audited = await auditLog(createInterface({ input: createReadStream(file) }), trust);
    console.log(json ? JSON.stringify(jsonOf(audited), null, 2) : wordsOf(audited));
    return audited.faults.length === 0 ? EXIT.ok : EXIT.wrong;
  } catch (error) {
    return unreadable(error);
  }
}

async function auditReceipt(text: string, options: TrustOptions & { readonly from: string }): Promise<number> {
  const digest = Sha256.safeParse(text.replaceAll(/\s/g, '').toLowerCase());
  if (!digest.success) return tell(EXIT.usage, `"${text}" is no digest of 64 hexadecimal digits`);
  let trust: ProofTrust;
  try {
    trust = trustOf(options);
  } catch (error) {
    return unreadable(error);
  }
  const proof = await askFor(digest.data, options.from);
  if (typeof proof === 'string') return tell(EXIT.unavailable, proof);
  const checked = await checkProof(digest.data, proof, trust);
  console.log(options.json ? JSON.stringify({ schema: 1, ...checked }, null, 2) : receiptWords(checked, proof));
  return checked.ok ? EXIT.ok : EXIT.wrong;
}

/** The proof, or why there is none. */
async function askFor(digest: string, from: string): Promise<RecordProof | string> {
  const address = new URL(`/api/public/records/${digest}`, from);
  const response = await fetch(address).catch(() => null);
  if (!response) return `${address.origin} does not answer`;
  if (response.status === 404) return 'the centre holds no official record of that digest';
  const answer = Answer.safeParse(await response.json().catch(() => null));
  if (!answer.success) return `${address.origin} answers with what is no proof`;
  return 'proof' in answer.data ? answer.data.proof : 'the record is there, its proof in a few seconds: ask again';
}

function trustOf({ root, central }: TrustOptions): ProofTrust {
  const [roots, signers] = [root, central].map((file) => certificatesOf(readFileSync(file, 'utf8')));
  return { roots: roots ?? [], central: signers ?? [] };
}

function receiptWords(checked: CheckedProof, { position }: RecordProof): string {
  if (!checked.ok) return `NOT PROVED: ${checked.reason}`;
  const { record, head } = checked;
  const figures = record.figures.map(({ id, value }) => `  ${id.padEnd(28)} ${value ?? '–'}`);
  return [
    `${shippedForms().byId(record.form)?.label ?? record.form}, TPS ${record.tps}, version ${record.version}, kit ${record.kit}`,
    ...figures,
    `Proved: number ${position + 1} of ${head.size} in the log whose head the centre signed at ${head.at}.`,
  ].join('\n');
}

function jsonOf({ faults, records, head }: AuditedLog): object {
  return { schema: 1, faults, records: records.length, head };
}

function wordsOf({ faults, records, head }: AuditedLog): string {
  const byForm = Map.groupBy(records, ({ record }) => record.form);
  const counts = [...byForm].map(([form, own]) => {
    const stations = new Set(own.map(({ record }) => record.tps)).size;
    return `  ${form}: ${own.length} records of ${stations} TPS`;
  });
  const verdict =
    faults.length === 0
      ? `Whole: ${head?.size} records, head of ${head?.at}.`
      : `NOT WHOLE: ${faults.length} faults, ${records.length} records that kits signed.`;
  return [...faults.map(({ line, says }) => `line ${line}: ${says}`), ...counts, verdict].join('\n');
}

function unreadable(error: unknown): number {
  return tell(EXIT.noInput, error instanceof Error ? error.message : String(error));
}

function tell(exit: number, line: string): number {
  console.error(`audit: ${line}`);
  return exit;
}
