import { randomBytes } from 'node:crypto';
import type { Store } from '#agent/store/store.ts';
import { CONSISTENT, figuresOf as figuresOfForm } from '#central/testing/records.ts';
import type { FormId } from '#contract/form/definition.ts';
import { isRestricted } from '#contract/form/document.ts';
import { judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import type { RecordedFigure, ResultRecord } from '#contract/wire/record.ts';
import type { Signer } from '#contract/wire/signature.ts';
import { sampleRecord } from '#test/sample-record.ts';
import type { KitNight } from './night.ts';

/** The documents of a TPS, in the order in which they are confirmed, and how many pages each has. */
export const DOCUMENTS: readonly (readonly [form: FormId, pages: number])[] = [
  ['c-hasil-kwk-gubernur', 3],
  ['c-hasil-kwk-walikota', 3],
  ['kejadian-khusus-kwk', 1],
  ['daftar-hadir-dpt-kwk', 3],
];

export const PICTURES_A_KIT = DOCUMENTS.reduce((sum, [, pages]) => sum + pages, 0);

export interface Confirmed {
  readonly digest: string;
  readonly form: FormId;
}

/** Keeps the pictures of a document and confirms its record, as the session of a kit does. */
export async function confirmDocument(
  store: Store<null>,
  signer: Signer,
  { kit, tps }: KitNight,
  which: number,
  pictureBytes: number,
): Promise<Confirmed> {
  const [form, count] = DOCUMENTS[which] ?? ['', 0];
  const definition = shippedForms().byId(form);
  if (!definition) throw new Error(`no form ${form}`);
  const restricted = isRestricted(definition) ? ({ restricted: true } as const) : {};
  const pages: ResultRecord['pages'][number][] = [];
  for (let page = 1; page <= count; page += 1) {
    const put = await store.pictures.put(randomBytes(pictureBytes));
    if (!put.ok) throw new Error(put.reason);
    pages.push({ page, sha256: put.picture.sha256, bytes: pictureBytes, ...restricted });
  }
  const figures = figuresOf(form, count, kit);
  const verdicts = judge(definition, new Map(figures.map(({ id, value }) => [id, value])));
  const head = store.head();
  const record = sampleRecord({
    ...{ mode: 'resmi', kind: definition.kind, form, kit, tps, figures, pages },
    verdicts: verdicts.map(({ rule, verdict }) => ({ rule: rule.id, verdict, severity: rule.severity })),
    ...{ sequence: (head?.sequence ?? 0) + 1, previous: head?.digest ?? null },
    wallClock: new Date().toISOString(),
  });
  const signed = await signRecord(record, signer);
  const kept = await store.confirm(record, signed, (evening) => evening);
  if (!kept.ok) throw new Error(kept.reason);
  return { digest: signed.digest, form };
}

/** Figures that obey the form's rules; the votes differ from kit to kit. */
function figuresOf(form: FormId, pages: number, kit: string): readonly RecordedFigure[] {
  if (form.startsWith('c-hasil')) return figuresOfForm(movedVotes(kit));
  const counted = (id: string, value: number): RecordedFigure => ({
    ...{ id, value, read: value, probability: 0.999, by: 'machine', officer: null },
  });
  if (form.startsWith('kejadian')) return [counted('kejadian', 0)];
  return Array.from({ length: pages }, (_, n) => counted(`tanda-tangan.${n + 1}`, 20));
}

/** The votes that a kit's paper has: some of the second paslon's go to the first. */
export function movedVotes(kit: string): Readonly<Record<string, number>> {
  const moved = Number(kit.slice(-4)) % 100;
  const { 'paslon-1': one = 0, 'paslon-2': two = 0 } = CONSISTENT;
  return { ...CONSISTENT, 'paslon-1': one + moved, 'paslon-2': two - moved };
}
