import { namedInWords } from '#agent/tally/words.ts';
import type { DocumentKind, FigureId, FormDefinition, FormId, Rule } from '#contract/form/definition.ts';
import { allFigures, largestOf, ruleFigures } from '#contract/form/definition.ts';
import { isOpenEnded, isRestricted } from '#contract/form/document.ts';
import { numberWords } from '#contract/form/number-words.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { judge } from '#contract/form/rules.ts';
import type { Role } from '#contract/officers/officer-register.ts';
import type { CorrectionReason } from '#contract/wire/record.ts';
import { canReopen } from './correcting.ts';
import type { Decision } from './decision.ts';
import { answeredBy, figuresOf, isDeclared } from './draft.ts';
import { type Row, rowsOf } from './rows.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import { pageOfAsk } from './settling.ts';
import type { Ask, Draft, KeptRecord, Notice, Stage, State, StateName } from './state.ts';
import { draftOf, figureValue, stateName } from './state.ts';

/** Everything a screen needs to show one state; plain JSON, codes instead of sentences. */
export interface View {
  readonly turn: number;
  readonly state: StateName;
  readonly notice: Notice | null;
  /** What people call the forms and figures a notice names by id. */
  readonly names: Readonly<Record<string, string>>;
  readonly documents: readonly DocumentView[];
  /** The stored document that is being corrected. */
  readonly correction: { readonly form: FormId; readonly label: string; readonly reason: CorrectionReason } | null;
  /** Sheets without a tag are pages of this form now. */
  readonly byHand: { readonly form: FormId; readonly label: string } | null;
  /** Who may work with the kit, and who has logged in; nobody is asked where there are none. */
  readonly officers: readonly { readonly code: string; readonly label: string; readonly role: Role }[];
  readonly officer: string | null;
  /** The document on the stand; null before its first page and after it was stored. */
  readonly draft: DraftView | null;
  readonly ask: AskView | null;
  /** Only while konfirmasi. */
  readonly confirmation: {
    readonly sight: 'unseen' | 'seen' | 'armed';
    readonly scroll: number;
    readonly countersigned: readonly string[];
  } | null;
  /** The record just confirmed, once it is stored. */
  readonly record: (KeptRecord & { readonly label: string }) | null;
}

/** One line of the checklist. */
export interface DocumentView {
  readonly form: FormId;
  readonly label: string;
  /** null while there is no record, and while it is being corrected. */
  readonly stage: Stage | null;
  /** Its record, where one stands, and how often its slips were printed. */
  readonly record: { readonly sequence: number; readonly printed: number } | null;
  /** It is stored, and may be opened again now. */
  readonly correctable: boolean;
  /** It has as many pages as were needed. */
  readonly openEnded: boolean;
  /** Every page of the form; of an open-ended document those scanned, none once it is stored. */
  readonly pages: readonly { readonly page: number; readonly scanned: boolean }[];
}

export interface DraftView {
  readonly form: FormId;
  readonly label: string;
  readonly kind: DocumentKind;
  /** Its pages are not shown: they hold personal data. */
  readonly restricted: boolean;
  /** Scanned pages, in the order of scanning. */
  readonly pages: readonly { readonly page: number; readonly photo: string }[];
  readonly rows: readonly Row[];
  readonly figures: Readonly<Record<FigureId, FigureView>>;
  /** Rules the figures break, in the form's order. */
  readonly breaches: readonly BreachView[];
}

export interface FigureView {
  readonly label: string;
  readonly page: number;
  /** sha256 of the photo its cut-out comes from. */
  readonly photo: string;
  /** Most digits its value can have. */
  readonly digits: number;
  readonly read: FigureValue;
  readonly value: FigureValue;
  readonly by: 'machine' | 'confirmed' | 'changed';
}

export interface BreachView {
  readonly rule: string;
  readonly kind: Rule['kind'];
  readonly says: string;
  readonly severity: Rule['severity'];
  readonly declared: boolean;
  readonly figures: readonly FigureId[];
}

export type AskView =
  | (Extract<Ask, { kind: 'figure' }> & {
      /** The page it is on. */
      readonly page: number;
      /** At most two, likeliest first. */
      readonly candidates: readonly FigureValue[];
      readonly reasons: Decision['figures'][string]['reasons'];
      /** The number the words by themselves name, as it is spelt; null where they name none. */
      readonly inWords: string | null;
      /** Questions about figures that wait after this one, as far as known. */
      readonly waiting: number;
    })
  | (Extract<Ask, { kind: 'breach' }> & { readonly page: number; readonly breach: BreachView });

export function viewOf(book: Rulebook, state: State): View {
  const { phase } = state;
  const draft = draftOf(phase);
  const form = draft && formOf(book, draft);
  const kept = phase.name === 'selesai' && state.records.find(({ sequence }) => sequence === phase.sequence);
  return {
    turn: state.turn,
    state: stateName(state),
    notice: phase.name === 'menunggu' || phase.name === 'konfirmasi' ? phase.notice : null,
    names: namesIn(book),
    documents: book.forms.forms.map((known) => documentView(known, state, draft)),
    correction: correctionView(book, state),
    byHand: state.byHand === null ? null : { form: state.byHand, label: labelOf(book, state.byHand) },
    officers: book.officers.map(({ code, label, role }) => ({ code, label, role })),
    officer: state.officer,
    draft: draft && form && draftView(form, draft),
    ask: phase.name === 'periksa' && form ? askView(form, phase.draft, phase.ask) : null,
    confirmation:
      phase.name === 'konfirmasi'
        ? { sight: phase.sight, scroll: phase.scroll, countersigned: phase.draft.countersigned }
        : null,
    record: kept ? { ...kept, label: labelOf(book, kept.form) } : null,
  };
}

function correctionView(book: Rulebook, { correction }: State): View['correction'] {
  if (!correction) return null;
  const { form, reason } = correction;
  return { form, label: labelOf(book, form), reason };
}

function labelOf(book: Rulebook, form: FormId): string {
  return book.forms.byId(form)?.label ?? form;
}

function namesIn(book: Rulebook): Readonly<Record<string, string>> {
  const { forms } = book.forms;
  const figures = forms.flatMap(allFigures).map(({ id, label }) => [id, label]);
  return Object.fromEntries([...figures, ...forms.map(({ id, label }) => [id, label])]);
}

function documentView(form: FormDefinition, state: State, draft: Draft | null): DocumentView {
  const isOpen = state.correction?.form === form.id;
  const record = isOpen ? undefined : state.records.findLast((kept) => kept.form === form.id);
  const scanned = (page: number) =>
    record !== undefined || (draft?.form === form.id && draft.pages.some((scan) => scan.page === page));
  const pages = form.pages
    .map(({ number }) => ({ page: number, scanned: scanned(number) }))
    .filter((page) => !isOpenEnded(form) || (page.scanned && record === undefined));
  return {
    form: form.id,
    label: form.label,
    stage: record?.stage ?? null,
    record: record ? { sequence: record.sequence, printed: state.printed[record.sequence] ?? 0 } : null,
    correctable: record !== undefined && canReopen(state),
    openEnded: isOpenEnded(form),
    pages,
  };
}

function draftView(form: FormDefinition, draft: Draft): DraftView {
  const rows = rowsOf(form).filter((row) => draft.pages.some(({ page }) => page === row.page));
  const figures = form.pages.flatMap((page) => {
    const photo = draft.pages.find((scanned) => scanned.page === page.number)?.photo.sha256;
    if (photo === undefined) return [];
    return page.figures.map((figure): [FigureId, FigureView] => {
      const { id, label } = figure;
      const digits = String(largestOf(figure)).length;
      const read = draft.read.figures[id]?.value ?? null;
      const value = figureValue(draft, id);
      return [id, { label, page: page.number, photo, digits, read, value, by: answeredBy(draft, id) }];
    });
  });
  return {
    form: form.id,
    label: form.label,
    kind: form.kind,
    restricted: isRestricted(form),
    pages: draft.pages.map(({ page, photo }) => ({ page, photo: photo.sha256 })),
    rows,
    figures: Object.fromEntries(figures),
    breaches: judge(form, figuresOf(form, draft)).flatMap(({ rule, verdict }) =>
      verdict === 'broken' ? [breachView(draft, rule)] : [],
    ),
  };
}

function breachView(draft: Draft, rule: Rule): BreachView {
  const { id, kind, says, severity } = rule;
  return { rule: id, kind, says, severity, declared: isDeclared(draft, rule), figures: ruleFigures(rule) };
}

function askView(form: FormDefinition, draft: Draft, ask: Ask): AskView | null {
  const page = pageOfAsk(form, ask);
  if (page === undefined) return null;
  if (ask.kind === 'figure') {
    // A person who corrects is offered what the machine read by itself, not his own answer.
    const figure = (ask.why === 'chosen' ? draft.read : draft.decided).figures[ask.figure];
    const open = draft.decided.ask.filter((id) => id !== ask.figure && !Object.hasOwn(draft.answers, id));
    const read = figure?.candidates ?? [];
    return {
      ...ask,
      page,
      // Most evenings have none: it is offered whatever was read.
      candidates: form.kind === 'kejadian-khusus' && !read.includes(0) ? [...read, 0] : read,
      reasons: figure?.reasons ?? [],
      inWords: inWords(form, draft, ask.figure),
      waiting: open.length,
    };
  }
  const rule = form.rules.find(({ id }) => id === ask.rule);
  return rule ? { ...ask, page, breach: breachView(draft, rule) } : null;
}

function inWords(form: FormDefinition, draft: Draft, id: FigureId): string | null {
  const figure = allFigures(form).find((known) => known.id === id);
  const evidence = draft.pages.map((page) => page.evidence[id]).find((seen) => seen !== undefined);
  const value = figure && evidence?.words ? namedInWords(evidence.words, figure.boxes.length) : null;
  return value === null ? null : numberWords(value);
}
