import type { FormDefinition, FormId, FormPage } from './definition.ts';

/** A page of a form: what a tag on the sheet points to. */
export interface PageOfForm {
  readonly form: FormDefinition;
  readonly page: FormPage;
}

/** The forms this kit (or the centre) knows, found by id or by the tag printed on a page. */
export interface FormRegistry {
  readonly forms: readonly FormDefinition[];
  byId(id: FormId): FormDefinition | undefined;
  byTag(tag: number): PageOfForm | undefined;
}

export type RegistryResult =
  | { readonly ok: true; readonly registry: FormRegistry }
  | { readonly ok: false; readonly reason: string };

/** Two forms may share neither an id nor a tag: a tag must name one page only. */
export function registryOf(forms: readonly FormDefinition[]): RegistryResult {
  const ids = new Map<FormId, FormDefinition>();
  const tags = new Map<number, PageOfForm>();
  for (const form of forms) {
    if (ids.has(form.id)) return { ok: false, reason: `two definitions call themselves ${form.id}` };
    ids.set(form.id, form);
    for (const page of form.pages) {
      if (page.tag === null) continue;
      const other = tags.get(page.tag);
      if (other) return { ok: false, reason: `tag ${page.tag} is on ${other.form.id} and on ${form.id}` };
      tags.set(page.tag, { form, page });
    }
  }
  return { ok: true, registry: { forms, byId: (id) => ids.get(id), byTag: (tag) => tags.get(tag) } };
}
