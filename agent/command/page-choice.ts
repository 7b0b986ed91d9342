import type { PageChoice } from '#agent/read/reading.ts';
import type { FormRegistry } from '#contract/form/registry.ts';

export type ChosenPage =
  | { readonly ok: true; readonly choice: PageChoice | null }
  | { readonly ok: false; readonly says: string };

/** What --form and --page mean. Only a sheet without a tag is known by choice: a tag is never overruled. */
export function choosePage(forms: FormRegistry, form: string | undefined, page: number | undefined): ChosenPage {
  if (form === undefined) {
    return page === undefined ? { ok: true, choice: null } : no('--page: sebut juga --form / name --form as well');
  }
  const tagless = forms.forms.filter(({ marks }) => marks.by === 'squares').map(({ id }) => id);
  const chosen = forms.byId(form);
  if (!chosen) return no(`--form ${form}: tidak dikenal, pilih / unknown, choose: ${tagless.join(', ')}`);
  if (!tagless.includes(form)) {
    return no(`--form ${form}: formulir ini dikenali dari tandanya / is known by its tag: leave --form out`);
  }
  const numbers = chosen.pages.map(({ number }) => number);
  const [only, ...others] = numbers;
  const wanted = page ?? (others.length === 0 ? only : undefined);
  if (wanted !== undefined && numbers.includes(wanted)) return { ok: true, choice: { form, page: wanted } };
  return no(`--page: pilih halaman / choose a page of ${form}: ${numbers.join(', ')}`);
}

function no(says: string): ChosenPage {
  return { ok: false, says };
}
