import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import { figuresOn, isRestricted, missingPages } from '#contract/form/document.ts';
import { judge, type RuleVerdict } from '#contract/form/rules.ts';
import type { Receipt } from '#contract/wire/receipt.ts';
import { ResultRecord } from '#contract/wire/record.ts';

/** A record as it came, its signature already checked. */
export interface ArrivedRecord {
  /** The kit the topic names; the broker lets a kit publish under its own name only. */
  readonly kit: string;
  /** sha256 of the compact JWS. */
  readonly digest: string;
  readonly opened: Opened;
}

export type Opened =
  /** Signed by the kit's registered certificate. */
  | { readonly kind: 'signed'; readonly payload: unknown }
  | { readonly kind: 'unknown-kit' }
  /** Taken out of service, for that reason. */
  | { readonly kind: 'revoked-kit'; readonly why: string }
  | { readonly kind: 'bad-signature'; readonly why: string };

/** What the centre already holds that bears on this record; sequence numbers are counted within the record's mode. */
export interface Known {
  /** TPS the kit is registered for. */
  readonly tps: string;
  readonly form: FormDefinition | undefined;
  readonly sameSequence: Committed | undefined;
  /** The kit's record one sequence number before. */
  readonly before: { readonly digest: string } | undefined;
  /** The kit's record one sequence number after, where that one arrived first. */
  readonly after: { readonly previous: string | null } | undefined;
  readonly superseded: DocumentVersion | undefined;
}
export interface Committed {
  readonly digest: string;
  readonly committedAt: Date;
}
export interface DocumentKey {
  readonly mode: ResultRecord['mode'];
  readonly tps: string;
  readonly form: string;
}
export interface DocumentVersion extends DocumentKey {
  readonly version: number;
}

/** What the centre noticed about a record it accepts. */
export type Flag =
  /** A blocking rule is broken and the KPPS declared that the paper itself is so. */
  | 'breach-declared'
  | 'breach-undeclared'
  /** The kit judged a rule differently than the centre. */
  | 'verdicts-differ'
  | 'figures-missing'
  | 'pages-missing'
  | 'chain-broken'
  /** Pictures that show personal data are not sealed, or others are. */
  | 'pictures-unsealed'
  /** It says it corrects a record of another document or not of the version before. */
  | 'corrects-another';

export type RefusalCode = Extract<Receipt, { kind: 'refused' }>['code'];

export type RecordOutcome =
  | {
      readonly kind: 'accept';
      readonly record: ResultRecord;
      readonly verdicts: readonly RuleVerdict[];
      readonly flags: readonly Flag[];
    }
  | { readonly kind: 'repeat'; readonly record: ResultRecord; readonly committedAt: Date }
  | Refusal;
export interface Refusal {
  readonly kind: 'refuse';
  readonly code: RefusalCode;
  /** For the kit's screen, Indonesian. */
  readonly reason: string;
  /** For the technician, where there is more to say. */
  readonly detail: string | null;
  /** As the message claims; null where even that cannot be read. */
  readonly sequence: number | null;
}
export type ParsedArrival = { readonly kind: 'record'; readonly record: ResultRecord } | Refusal;

/** Larger than any photo of a page; what is larger is no photo. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** First half: what can be said from the message alone. */
export function parseArrival(arrived: ArrivedRecord, claimedSequence: number | null): ParsedArrival {
  const refuse = (code: RefusalCode, reason: string, detail: string | null): Refusal => ({
    kind: 'refuse',
    code,
    reason,
    detail,
    sequence: claimedSequence,
  });
  switch (arrived.opened.kind) {
    case 'unknown-kit':
      return refuse('unknown-kit', 'Kit ini tidak terdaftar di pusat. Hubungi petugas teknis.', null);
    case 'revoked-kit':
      return refuse('revoked-kit', 'Alat ini sudah dicabut. Pakai alat penggantinya.', arrived.opened.why);
    case 'bad-signature':
      return refuse('bad-signature', 'Tanda tangan rekaman tidak sah. Hubungi petugas teknis.', arrived.opened.why);
    case 'signed':
      break;
  }
  const parsed = ResultRecord.safeParse(arrived.opened.payload);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return refuse('bad-schema', 'Isi rekaman tidak sesuai. Hubungi petugas teknis.', faults.join('; '));
  }
  if (parsed.data.kit !== arrived.kit) {
    const reason = 'Rekaman menyebut kit lain daripada penandatangannya. Hubungi petugas teknis.';
    return refuse('bad-signature', reason, `it names ${parsed.data.kit}`);
  }
  return { kind: 'record', record: parsed.data };
}

/** Second half: the record against what is known. The first record under a sequence number stays, whatever comes later. */
export function judgeRecord(record: ResultRecord, digest: string, known: Known): RecordOutcome {
  const refuse = (code: RefusalCode, reason: string): Refusal => ({
    kind: 'refuse',
    code,
    reason,
    detail: null,
    sequence: record.sequence,
  });
  if (known.sameSequence?.digest === digest) {
    return { kind: 'repeat', record, committedAt: known.sameSequence.committedAt };
  }
  if (known.sameSequence) {
    return refuse(
      'sequence-conflict',
      `Nomor urut ${record.sequence} sudah dipakai rekaman lain. Hubungi petugas teknis.`,
    );
  }
  if (record.tps !== known.tps) {
    return refuse('wrong-tps', `Kit ini terdaftar untuk TPS ${known.tps}, bukan ${record.tps}.`);
  }
  if (!known.form) return refuse('unknown-form', `Formulir ${record.form} tidak dikenal di pusat.`);
  const misfit = misfitOf(record, known.form);
  if (misfit) return refuse('bad-schema', misfit);

  const verdicts = judge(known.form, new Map(record.figures.map((figure) => [figure.id, figure.value])));
  return { kind: 'accept', record, verdicts, flags: flagsOf(record, digest, known.form, verdicts, known) };
}

/** Why the record cannot belong to this form; null where it can. */
function misfitOf(record: ResultRecord, form: FormDefinition): string | null {
  const onForm = new Set(allFigures(form).map((figure) => figure.id));
  const figures = record.figures.map((figure) => figure.id);
  const stranger = figures.find((id) => !onForm.has(id));
  if (stranger !== undefined) return `Angka ${stranger} tidak ada pada formulir ${form.id}.`;
  if (new Set(figures).size !== figures.length) return 'Satu angka tercatat dua kali.';
  if (form.kind === 'hasil' && figures.length === 0) return 'Rekaman hasil tanpa satu angka pun.';
  const pages = record.pages.map((page) => page.page);
  if (pages.some((page) => page > form.pages.length)) return `Formulir ${form.id} hanya ${form.pages.length} halaman.`;
  if (new Set(pages).size !== pages.length) return 'Satu halaman tercatat dua kali.';
  if (record.pages.some((page) => page.bytes > MAX_PICTURE_BYTES)) return 'Gambar terlalu besar.';
  if ((record.version === 1) !== (record.supersedes === null)) return 'Nomor versi tidak cocok dengan yang dikoreksi.';
  if (record.kind !== form.kind) return `Formulir ${form.id} bukan dokumen ${record.kind}.`;
  if (record.version === 1 && record.correction) return 'Versi pertama tidak mengoreksi apa pun.';
  if ((record.sequence === 1) !== (record.previous === null)) return 'Nomor urut tidak cocok dengan rantai rekaman.';
  return null;
}

function flagsOf(
  record: ResultRecord,
  digest: string,
  form: FormDefinition,
  verdicts: readonly RuleVerdict[],
  known: Known,
): readonly Flag[] {
  const flags: Flag[] = [];
  if (verdicts.some(({ rule, verdict }) => rule.severity === 'blocking' && verdict === 'broken')) {
    flags.push(record.paperBreaksRules ? 'breach-declared' : 'breach-undeclared');
  }
  const claimed = new Map(record.verdicts.map((claim) => [claim.rule, claim.verdict]));
  if (verdicts.some(({ rule, verdict }) => claimed.get(rule.id) !== verdict)) flags.push('verdicts-differ');
  flags.push(...incompleteness(record, form));
  if (record.pages.some(({ restricted = false }) => restricted !== isRestricted(form))) flags.push('pictures-unsealed');
  const breaksBefore = known.before !== undefined && known.before.digest !== record.previous;
  const breaksAfter = known.after !== undefined && known.after.previous !== digest;
  if (breaksBefore || breaksAfter) flags.push('chain-broken');
  if (known.superseded && !follows(record, known.superseded)) flags.push('corrects-another');
  return flags;
}

/** Pages and figures the document must have. A form whose every page is needed has all its figures, whatever pages came. */
function incompleteness(record: ResultRecord, form: FormDefinition): readonly Flag[] {
  const pages = record.pages.map(({ page }) => page);
  const missing = missingPages(form, pages);
  const figures = figuresOn(form, [...pages, ...missing]);
  return [
    ...(record.figures.length < figures.length ? (['figures-missing'] as const) : []),
    ...(missing.length > 0 ? (['pages-missing'] as const) : []),
  ];
}

function follows(record: ResultRecord, before: DocumentVersion): boolean {
  const sameDocument = before.mode === record.mode && before.tps === record.tps && before.form === record.form;
  return sameDocument && before.version === record.version - 1;
}
