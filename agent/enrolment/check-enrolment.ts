import type { X509Certificate } from 'node:crypto';
import type { FormRegistry } from '#contract/form/registry.ts';
import { claimedRoot, type Enrolment, formDigest, openEnrolment } from '#contract/wire/enrolment.ts';
import { certificatesOf, signerOf, thumbprintOf } from '#contract/wire/signature.ts';

/** What was found on a stick. */
export interface StickContents {
  /** The signed enrolment. */
  readonly jws: string;
  /** PEM; null where the stick holds none, since a kit has taken it. */
  readonly key: string | null;
}

/**
 * torn: not a whole enrolment. foreign: another authority's, or signed for another. expired: its certificates have run
 * out. no-key: a kit has taken it already. other-key: the key is another kit's. forms: this program holds other forms.
 */
export type EnrolmentRefusal = 'torn' | 'foreign' | 'expired' | 'no-key' | 'other-key' | 'forms';

export type CheckedEnrolment =
  | {
      readonly ok: true;
      readonly enrolment: Enrolment;
      readonly key: string;
      /** sha256 of the root, hex: the technician compares its beginning where the kit trusted nobody before. */
      readonly root: string;
    }
  | { readonly ok: false; readonly code: EnrolmentRefusal; readonly reason: string };

/** What a kit holds to be true before it takes one. */
export interface EnrolmentTrust {
  /** The root it was given earlier; null on a kit that trusts nobody yet. */
  readonly root: X509Certificate | null;
  readonly forms: FormRegistry;
  readonly now: Date;
}

export async function checkEnrolment({ jws, key }: StickContents, trust: EnrolmentTrust): Promise<CheckedEnrolment> {
  const root = trust.root ?? rootIn(jws);
  if (!root) return refuse('torn', 'it is no whole enrolment');
  const opened = await openEnrolment(jws.trim(), [root], trust.now);
  if (!opened.ok) return refuse(REFUSALS[opened.code], opened.reason);
  const { enrolment } = opened;
  const [named] = certificatesOf(enrolment.broker.root);
  if (!named?.raw.equals(root.raw)) return refuse('foreign', 'it names another root than the one that signed it');
  const form = enrolment.forms.find(({ id, sha256 }) => {
    const own = trust.forms.byId(id);
    return !own || formDigest(own) !== sha256;
  });
  if (form) return refuse('forms', `the form ${form.id} is another one in this program`);
  if (key === null) return refuse('no-key', 'there is no private key beside it');
  if (!belongs(enrolment.certificate, key))
    return refuse('other-key', 'the private key belongs to another certificate');
  return { ok: true, enrolment, key, root: thumbprintOf(root) };
}

const REFUSALS = {
  malformed: 'torn',
  'bad-schema': 'torn',
  'bad-signature': 'torn',
  untrusted: 'foreign',
  foreign: 'foreign',
  'out-of-date': 'expired',
  expired: 'expired',
} as const;

function rootIn(jws: string): X509Certificate | null {
  try {
    return certificatesOf(claimedRoot(jws) ?? '')[0] ?? null;
  } catch {
    return null;
  }
}

function belongs(certificate: string, key: string): boolean {
  try {
    return signerOf(certificate, key).certificates.length > 0;
  } catch {
    return false;
  }
}

function refuse(code: EnrolmentRefusal, reason: string) {
  return { ok: false, code, reason } as const;
}
