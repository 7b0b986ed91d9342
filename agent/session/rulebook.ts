import type { FormDefinition, FormId } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Officer } from '#contract/officers/officer-register.ts';
import type { Delays } from './delays.ts';

/** What the machine knows besides its state; it never changes while the kit runs. */
export interface Rulebook {
  /** The forms this TPS fills, and no others. */
  readonly forms: FormRegistry;
  /** Who may work with the kit; empty where nobody is asked. */
  readonly officers: readonly Officer[];
  readonly delays: Delays;
}

/** The form of a draft. A draft is only begun for, and only resumed with, a form of the rulebook. */
export function formOf(book: Rulebook, draft: { readonly form: FormId }): FormDefinition {
  const form = book.forms.byId(draft.form);
  if (!form) throw new Error(`the draft's form ${draft.form} is not in the rulebook`);
  return form;
}
