import { allFigures, type FormDefinition, ruleFigures } from '#contract/form/definition.ts';
import type { Verdict } from '#contract/form/rules.ts';
import type { CorrectionReason, RecordedFigure, ResultRecord } from '#contract/wire/record.ts';
import { breachInNumbers } from './breach.ts';
import type { DocumentKey, Flag } from './judge-record.ts';
import { type Standing, standingOf, type Version } from './versions.ts';

/** What the page and other programs are shown of a document. All of it JSON; dates as ISO text. */

/**
 * branched: two records claim to be the newest. forerunner-missing: a correction without what it corrects.
 * breach: a blocking rule is broken. pictures-missing: the figures are in, the pictures not all.
 * warning: only a warning rule is broken. clean: in, whole, and every rule holds.
 */
export type DocumentState = 'branched' | 'forerunner-missing' | 'breach' | 'pictures-missing' | 'warning' | 'clean';

/** The judgement of one record, counted. */
export interface RecordCounts {
  readonly breaches: number;
  readonly warnings: number;
  /** Figures a person changed. */
  readonly changed: number;
  readonly pictures: number;
  readonly picturesWhole: number;
}

export interface DocumentSummary extends DocumentKey, RecordCounts {
  readonly formLabel: string;
  readonly state: DocumentState;
  readonly version: number;
  readonly committedAt: string;
}

export interface SummaryRecord extends DocumentKey, Version, RecordCounts {}

export function summaryOf(records: readonly SummaryRecord[], form: FormDefinition | undefined): DocumentSummary | null {
  const standing = standingOf(records);
  if (!standing) return null;
  const { current } = standing;
  const { mode, tps, version, breaches, warnings, changed, pictures, picturesWhole } = current;
  return {
    mode,
    tps,
    form: current.form,
    formLabel: form?.label ?? current.form,
    state: stateOf(standing),
    version,
    committedAt: current.committedAt.toISOString(),
    breaches,
    warnings,
    changed,
    pictures,
    picturesWhole,
  };
}

export function stateOf(standing: Standing<SummaryRecord>): DocumentState {
  const { current } = standing;
  if (standing.branched) return 'branched';
  if (standing.forerunnerMissing) return 'forerunner-missing';
  if (current.breaches > 0) return 'breach';
  if (current.picturesWhole < current.pictures) return 'pictures-missing';
  return current.warnings > 0 ? 'warning' : 'clean';
}

/** A whole record as stored. */
export interface StoredRecord extends SummaryRecord {
  readonly kit: string;
  readonly sequence: number;
  readonly correction: CorrectionReason | null;
  readonly figures: readonly RecordedFigure[];
  readonly verdicts: readonly { readonly rule: string; readonly verdict: Verdict }[];
  readonly flags: readonly Flag[];
  readonly pages: ResultRecord['pages'];
  readonly wholePictures: readonly string[];
  readonly wallClock: Date;
  readonly clockSynchronised: boolean;
  readonly agent: string;
}

export interface FigureView extends RecordedFigure {
  readonly label: string;
  readonly page: number;
  /** Rules broken in which this figure stands. */
  readonly broken: readonly string[];
}
export interface BreachView {
  readonly rule: string;
  readonly severity: 'blocking' | 'warning';
  readonly says: string;
  readonly inNumbers: string;
}
export interface PictureView {
  readonly page: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly whole: boolean;
  /** It shows personal data: the page does not offer it. */
  readonly restricted: boolean;
}
export interface VersionView {
  readonly version: number;
  readonly digest: string;
  readonly kit: string;
  readonly committedAt: string;
  readonly wallClock: string;
  readonly clockSynchronised: boolean;
  readonly counts: boolean;
  /** Why it corrects the version before; null where the kit did not say. */
  readonly correction: CorrectionReason | null;
  /** Against the version before, where that one is here. */
  readonly changes: readonly { readonly label: string; readonly from: number | null; readonly to: number | null }[];
}
export interface DocumentDetail extends DocumentSummary {
  readonly kit: string;
  readonly digest: string;
  readonly agent: string;
  readonly flags: readonly Flag[];
  readonly figures: readonly FigureView[];
  readonly breaksRules: readonly BreachView[];
  readonly rulesHeld: number;
  readonly rulesIncomplete: number;
  readonly pictureViews: readonly PictureView[];
  readonly history: readonly VersionView[];
}

/** The whole of a document, figures in the form's order, whether the record names them or not. */
export function detailOf(records: readonly StoredRecord[], form: FormDefinition): DocumentDetail | null {
  const standing = standingOf(records);
  const summary = summaryOf(records, form);
  if (!standing || !summary) return null;
  const { current } = standing;
  const breaksRules = breachesOf(current, form);
  return {
    ...summary,
    kit: current.kit,
    digest: current.digest,
    agent: current.agent,
    flags: current.flags,
    figures: figuresOf(current, form, new Set(breaksRules.map((breach) => breach.rule))),
    breaksRules,
    rulesHeld: current.verdicts.filter(({ verdict }) => verdict === 'holds').length,
    rulesIncomplete: current.verdicts.filter(({ verdict }) => verdict === 'incomplete').length,
    pictureViews: current.pages.map(({ restricted = false, ...page }) => {
      return { ...page, restricted, whole: current.wholePictures.includes(page.sha256) };
    }),
    history: standing.history.map((record) => versionOf(record, standing, form)),
  };
}

function breachesOf(record: StoredRecord, form: FormDefinition): readonly BreachView[] {
  const values = new Map(record.figures.map((figure) => [figure.id, figure.value]));
  const broken = new Set(record.verdicts.filter(({ verdict }) => verdict === 'broken').map(({ rule }) => rule));
  return form.rules
    .filter((rule) => broken.has(rule.id))
    .map((rule) => ({
      rule: rule.id,
      severity: rule.severity,
      says: rule.says,
      inNumbers: breachInNumbers(rule, values),
    }));
}

function figuresOf(record: StoredRecord, form: FormDefinition, broken: ReadonlySet<string>): readonly FigureView[] {
  const recorded = new Map(record.figures.map((figure) => [figure.id, figure]));
  return form.pages.flatMap((page) =>
    page.figures.flatMap(({ id, label }) => {
      const figure = recorded.get(id);
      if (!figure) return [];
      const rules = form.rules.filter((rule) => broken.has(rule.id) && ruleFigures(rule).includes(id));
      return [{ ...figure, label, page: page.number, broken: rules.map((rule) => rule.id) }];
    }),
  );
}

function versionOf(record: StoredRecord, standing: Standing<StoredRecord>, form: FormDefinition): VersionView {
  const before = standing.history.find((other) => other.digest === record.supersedes);
  return {
    version: record.version,
    digest: record.digest,
    kit: record.kit,
    committedAt: record.committedAt.toISOString(),
    wallClock: record.wallClock.toISOString(),
    clockSynchronised: record.clockSynchronised,
    counts: record === standing.current,
    correction: record.correction,
    changes: before ? changesBetween(before, record, form) : [],
  };
}

function changesBetween(before: StoredRecord, after: StoredRecord, form: FormDefinition): VersionView['changes'] {
  const valueIn = (record: StoredRecord, id: string) =>
    record.figures.find((figure) => figure.id === id)?.value ?? null;
  return allFigures(form)
    .map(({ id, label }) => ({ label, from: valueIn(before, id), to: valueIn(after, id) }))
    .filter(({ from, to }) => from !== to);
}
