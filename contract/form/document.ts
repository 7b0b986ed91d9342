import type { Figure, FormDefinition } from './definition.ts';

/** What a form says of the document that is made on it: how many pages it has, who may see them, which figures it holds. */

/** Whether the document has as many pages as were needed, and a person must say that these are all. */
export function isOpenEnded({ kind }: FormDefinition): boolean {
  return kind !== 'hasil';
}

/** Whether pictures of the document show personal data and are for the central office alone. */
export function isRestricted({ kind }: FormDefinition): boolean {
  return kind === 'daftar-hadir';
}

/** Pages that lack beside the given ones: every page of the form, or those before the last given of an open-ended one. */
export function missingPages(form: FormDefinition, given: readonly number[]): readonly number[] {
  const last = isOpenEnded(form) ? Math.max(1, ...given) : form.pages.length;
  return form.pages.map(({ number }) => number).filter((number) => number <= last && !given.includes(number));
}

/** The figures a document of these pages must have. */
export function figuresOn(form: FormDefinition, pages: readonly number[]): readonly Figure[] {
  return form.pages.filter(({ number }) => pages.includes(number)).flatMap(({ figures }) => figures);
}
