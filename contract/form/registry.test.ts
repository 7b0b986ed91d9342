import { describe, expect, test } from 'vitest';
import { shippedForms } from '../forms.ts';
import type { FormDefinition } from './definition.ts';
import { registryOf } from './registry.ts';

const { forms } = shippedForms();
const formAt = (index: number): FormDefinition => {
  const form = forms[index];
  if (!form) throw new Error(`no form ${index} ships`);
  return form;
};

describe('a registry of forms', () => {
  test('finds a form by its id, and nothing by an unknown one', () => {
    const registered = registryOf(forms);
    if (!registered.ok) throw new Error(registered.reason);
    expect(registered.registry.byId('c-hasil-kwk-gubernur')?.label).toBe('C.Hasil Gubernur');
    expect(registered.registry.byId('c-hasil-kwk-bupati')).toBeUndefined();
  });

  test('finds form and page by the tag, and nothing by an unknown one', () => {
    const registered = registryOf(forms);
    if (!registered.ok) throw new Error(registered.reason);
    const found = registered.registry.byTag(102);
    expect([found?.form.id, found?.page.number]).toEqual(['c-hasil-ppwp-2024', 2]);
    expect(registered.registry.byTag(104)).toBeUndefined();
  });

  test('refuses two forms of one id', () => {
    expect(registryOf([formAt(0), formAt(0)])).toEqual({
      ok: false,
      reason: `two definitions call themselves ${formAt(0).id}`,
    });
  });

  test('refuses a tag that two forms carry, naming both', () => {
    const copy: FormDefinition = { ...formAt(0), id: 'a-copy' };
    expect(registryOf([formAt(0), copy])).toEqual({
      ok: false,
      reason: `tag 201 is on ${formAt(0).id} and on a-copy`,
    });
  });

  test('takes any number of forms without tags', () => {
    const untagged = forms.filter((form) => form.marks.by === 'squares');
    const copies = untagged.map((form): FormDefinition => ({ ...form, id: `${form.id}-copy` }));
    expect(registryOf([...untagged, ...copies]).ok).toBe(true);
  });
});
