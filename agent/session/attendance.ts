import type { FigureId, FormDefinition, FormId } from '#contract/form/definition.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';
import { figuresOf } from './draft.ts';
import type { Rulebook } from './rulebook.ts';
import { formOf } from './rulebook.ts';
import type { Draft } from './state.ts';

/** An attendance list against the result forms: as many have signed as the forms say have voted (PKPU 17/2024, users of each kind). */
export interface AttendanceView {
  readonly form: FormId;
  readonly label: string;
  /** Signatures on all its pages. */
  readonly counted: number;
  /** What the result forms say, the largest of them: a voter may be entitled to one of two ballots only. Null until one is stored. */
  readonly written: number | null;
  /** Where the two differ, the page to count again first: the one whose count the machine was least sure of. */
  readonly page: number | null;
}

/** Figures of a stored document's newest record; null where there is none. */
export type Recorded = (form: FormId) => Figures | null;

/** Compares what is about to be confirmed: an attendance list with the stored results, or results with the stored lists. */
export function attendanceOf(book: Rulebook, draft: Draft, recorded: Recorded): readonly AttendanceView[] {
  const figures = (form: FormId) => (draft.form === form ? figuresOf(formOf(book, draft), draft) : recorded(form));
  const lists = book.forms.forms.filter(({ signedFor }) => signedFor !== undefined);
  const concerned = formOf(book, draft).kind === 'hasil' ? lists : lists.filter(({ id }) => id === draft.form);
  return concerned.flatMap((list) => {
    const signed = figures(list.id);
    if (!signed) return [];
    const counted = [...signed.values()].reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const written = writtenIn(book, list, figures);
    const page = written !== null && written !== counted ? leastSure(list, draft) : null;
    return [{ form: list.id, label: list.label, counted, written, page }];
  });
}

function writtenIn(book: Rulebook, { signedFor }: FormDefinition, figures: Recorded): number | null {
  const values = book.forms.forms.map(({ id, kind }) => (kind === 'hasil' ? valueIn(figures(id), signedFor) : null));
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

function valueIn(figures: Figures | null, id: FigureId | undefined): FigureValue {
  return id === undefined ? null : (figures?.get(id) ?? null);
}

function leastSure(list: FormDefinition, draft: Draft): number | null {
  if (list.id !== draft.form) return null;
  const pages = list.pages.filter(({ number }) => draft.pages.some(({ page }) => page === number));
  const sureness = (id: FigureId) => draft.read.figures[id]?.probability ?? 0;
  const counted = pages.flatMap(({ number, figures }) => figures.map(({ id }) => ({ number, sure: sureness(id) })));
  return counted.sort((one, other) => one.sure - other.sure)[0]?.number ?? null;
}
