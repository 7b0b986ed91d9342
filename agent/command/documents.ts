import type { PageReading } from '#agent/read/reading.ts';
import type { FormDefinition, FormPage } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { RepeatedPage } from './report.ts';

/** A page that was read, with the name of its photo. */
export interface ReadPage {
  readonly photo: string;
  readonly reading: Pick<PageReading, 'form' | 'page' | 'evidence'>;
}

/** Pages of one form that belong together: no page is there twice. */
export interface ReadDocument {
  readonly form: FormDefinition;
  /** In the form's order. */
  readonly pages: readonly { readonly page: FormPage; readonly from: ReadPage }[];
}

export interface Grouping {
  readonly documents: readonly ReadDocument[];
  readonly repeated: readonly RepeatedPage[];
}

/** Which pages are decided together: those of one form, or every photo by itself. */
export type Company = 'form' | 'none';

/**
 * Puts the pages of each form together. Where a page is there twice, nothing tells which photos are of
 * one polling station: then every photo of that form stands by itself, and the page is named.
 */
export function documentsOf(forms: FormRegistry, read: readonly ReadPage[], company: Company): Grouping {
  if (company === 'none') return { documents: read.map((page) => documentOf(forms, [page])), repeated: [] };
  const byForm = [...Map.groupBy(read, ({ reading }) => reading.form).values()];
  const grouped = byForm.map((pages) => ({ pages, repeated: repeatedIn(pages) }));
  return {
    documents: grouped.flatMap(({ pages, repeated }) =>
      repeated.length === 0 ? [documentOf(forms, pages)] : pages.map((page) => documentOf(forms, [page])),
    ),
    repeated: grouped.flatMap(({ repeated }) => repeated),
  };
}

function repeatedIn(pages: readonly ReadPage[]): readonly RepeatedPage[] {
  const byNumber = Map.groupBy(pages, ({ reading }) => reading.page);
  return [...byNumber].flatMap(([page, same]) => {
    const [first, ...others] = same;
    if (!first || others.length === 0) return [];
    return [{ form: first.reading.form, page, photos: same.map(({ photo }) => photo) }];
  });
}

function documentOf(forms: FormRegistry, read: readonly ReadPage[]): ReadDocument {
  const form = forms.byId(read[0]?.reading.form ?? '');
  if (!form) throw new Error('the reader names a form that does not ship');
  const pages = form.pages.flatMap((page) => {
    const from = read.find(({ reading }) => reading.page === page.number);
    return from ? [{ page, from }] : [];
  });
  return { form, pages };
}
