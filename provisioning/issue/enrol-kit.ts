import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedForms } from '#contract/forms.ts';
import type { OfficerRegister } from '#contract/officers/officer-register.ts';
import { numberOf, regionNames } from '#contract/region.ts';
import { Enrolment, formDigest, signEnrolment } from '#contract/wire/enrolment.ts';
import type { Signer } from '#contract/wire/signature.ts';
import type { IssuedKit } from '#provisioning/authority/kit-files.ts';
import type { TpsRegister } from '#provisioning/register/tps-register.ts';
import type { IssueSettings } from './settings.ts';

/** A kit's bundle: the signed enrolment (contract/wire/enrolment.ts). */
export const ENROLMENT_FILE = 'enrolment.jws';

/** What every kit of this election is given alike. */
export interface CommonParts {
  readonly settings: IssueSettings;
  readonly forms: Enrolment['forms'];
  /** PEM */
  readonly root: string;
  readonly central: Enrolment['central'];
}

export type PinnedForms =
  | { readonly ok: true; readonly forms: Enrolment['forms'] }
  | { readonly ok: false; readonly unknown: string };

/** The forms of those ids, as this release has them. */
export function pinnedForms(ids: readonly string[]): PinnedForms {
  const registry = shippedForms();
  const unknown = ids.find((id) => !registry.byId(id));
  if (unknown !== undefined) return { ok: false, unknown };
  return {
    ok: true,
    forms: ids.flatMap((id) => registry.byId(id) ?? []).map((form) => ({ id: form.id, sha256: formDigest(form) })),
  };
}

export async function readCommonParts(
  authority: string,
  settings: IssueSettings,
  forms: Enrolment['forms'],
): Promise<CommonParts> {
  const read = (name: string) => readFile(join(authority, name), 'utf8');
  const central = { certificate: await read('central-signing.crt'), sealing: await read('central-sealing.pub') };
  return { settings, forms, root: await read('root.crt'), central };
}

export interface EnrolmentOrder {
  readonly issued: IssuedKit;
  /** PEM, with its issuer's. */
  readonly certificate: string;
  readonly officers: OfficerRegister;
}

/** Throws where it would write what no kit takes: a fault of this program, found before the kit is issued. */
export function enrol(
  register: TpsRegister,
  { settings, forms, root, central }: CommonParts,
  { issued, certificate, officers }: EnrolmentOrder,
  provisioning: Signer,
): Promise<string> {
  const enrolment = Enrolment.parse({
    schema: 1,
    kit: issued.kit,
    tps: issued.tps,
    place: placeOf(register, issued.tps),
    issuedAt: issued.issuedAt,
    validUntil: issued.validUntil,
    mode: settings.mode,
    forms,
    certificate,
    broker: { url: settings.brokers, root },
    central,
    officers,
    devices: settings.devices,
  });
  return signEnrolment(enrolment, provisioning);
}

function placeOf(register: TpsRegister, tps: string): Enrolment['place'] {
  const name = regionNames(register);
  return {
    provinsi: name(tps, 'provinsi'),
    kota: name(tps, 'kota'),
    kecamatan: name(tps, 'kecamatan'),
    kelurahan: name(tps, 'kelurahan'),
    number: numberOf(tps),
  };
}
