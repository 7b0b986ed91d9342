import { type FormDefinition, type FormId, parseDefinition } from './form/definition.ts';
import { type FormRegistry, registryOf } from './form/registry.ts';
import cHasilKwkGubernur from './forms/c-hasil-kwk-gubernur.json' with { type: 'json' };
import cHasilKwkWalikota from './forms/c-hasil-kwk-walikota.json' with { type: 'json' };
import cHasilPpwp2024 from './forms/c-hasil-ppwp-2024.json' with { type: 'json' };
import c1Ppwp2019 from './forms/c1-ppwp-2019.json' with { type: 'json' };
import daftarHadirDpphKwk from './forms/daftar-hadir-dpph-kwk.json' with { type: 'json' };
import daftarHadirDptKwk from './forms/daftar-hadir-dpt-kwk.json' with { type: 'json' };
import daftarHadirDptbKwk from './forms/daftar-hadir-dptb-kwk.json' with { type: 'json' };
import kejadianKhususKwk from './forms/kejadian-khusus-kwk.json' with { type: 'json' };

/** The definitions of `contract/forms/`; a new form is a new file there and a line here. */
const DEFINITIONS: readonly unknown[] = [
  cHasilKwkGubernur,
  cHasilKwkWalikota,
  kejadianKhususKwk,
  daftarHadirDptKwk,
  daftarHadirDpphKwk,
  daftarHadirDptbKwk,
  cHasilPpwp2024,
  c1Ppwp2019,
];

/** The documents of a Pilkada night, C.Hasil-KWK of the Governor and the Mayor among them. */
export const PILKADA_FORMS: readonly FormId[] = [
  'c-hasil-kwk-gubernur',
  'c-hasil-kwk-walikota',
  'kejadian-khusus-kwk',
  'daftar-hadir-dpt-kwk',
  'daftar-hadir-dpph-kwk',
  'daftar-hadir-dptb-kwk',
];

/**
 * The forms that ship with this release, the same for kit, centre and printer. They are part of the
 * program, so one that does not parse is a bug and throws, naming the place and the reason.
 */
export function shippedForms(): FormRegistry {
  const registered = registryOf(DEFINITIONS.map(shippedForm));
  if (!registered.ok) throw new Error(`contract/forms: ${registered.reason}`);
  return registered.registry;
}

function shippedForm(json: unknown): FormDefinition {
  const parsed = parseDefinition(json);
  if (parsed.ok) return parsed.form;
  const faults = parsed.refusals.map(({ path, reason }) => `${path}: ${reason}`);
  throw new Error(`contract/forms holds a bad definition\n${faults.join('\n')}`);
}
