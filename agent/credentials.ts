import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Officer, OfficerRegister } from '#contract/officers/officer-register.ts';
import { certificatesOf, holderOf, type Signer, type SignerRole, signerOf } from '#contract/wire/signature.ts';
import type { Configuration } from './configuration.ts';
import type { BrokerAddress } from './uplink/connection.ts';

/** Keys and certificates of one kit and who may work with it, read from the files its configuration names. */
export interface Credentials {
  readonly signer: Signer;
  readonly broker: BrokerAddress;
  /** Central's certificates: receipts with no other signature count. */
  readonly central: readonly X509Certificate[];
  /** The public half of central's key for pictures with personal data, X25519. */
  readonly sealing: KeyObject;
  /** Who may work with the kit; empty where the configuration names no register. */
  readonly officers: readonly Officer[];
}

export type LoadedCredentials =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly reason: string };

/**
 * Refuses, with the field and the file, what would let the evening go on and central refuse its records:
 * a certificate of another kit, a key of another certificate, a receipt's signer that is not central.
 */
export function loadCredentials({ kit, tps, broker, signing, central, officers }: Configuration): LoadedCredentials {
  try {
    const { certificate, key } = identityOf('broker', broker, kit);
    const ca = read('broker.ca', broker.ca, (pem) => certificatesOf(pem) && pem);
    return {
      ok: true,
      credentials: {
        signer: identityOf('signing', signing, kit).signer,
        broker: { urls: broker.url, ca, certificate, key },
        central: read('central.certificate', central.certificate, (pem) => heldBy('central', certificatesOf(pem))),
        sealing: read('central.sealing', central.sealing, sealingKey),
        officers: officers === undefined ? [] : read('officers', officers, (text) => officersOf(text, tps)),
      },
    };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}

/**
 * The way to the broker as its files say now: they may be renewed while the kit runs, and count with the
 * next link. What cannot be used leaves the last good ones in force, and `tell` hears why. Records stay
 * signed as they were: the certificate that signs is the one the register names, read at the start.
 */
export function renewedBroker(
  configuration: Configuration,
  first: BrokerAddress,
  tell: (reason: string) => void,
): () => BrokerAddress {
  let last = first;
  return () => {
    const loaded = loadCredentials(configuration);
    if (loaded.ok) last = loaded.credentials.broker;
    else tell(loaded.reason);
    return last;
  };
}

/** PEM texts, and the signer they make. */
interface Identity {
  readonly certificate: string;
  readonly key: string;
  readonly signer: Signer;
}

function identityOf(field: string, files: Pick<Identity, 'certificate' | 'key'>, kit: string): Identity {
  const certificate = read(`${field}.certificate`, files.certificate, (pem) => {
    const [own] = heldBy('kit', certificatesOf(pem));
    const name = own && holderOf(own).name;
    if (name !== kit) throw new Error(`this is the certificate of "${name}", and "kit" says "${kit}"`);
    return pem;
  });
  return read(`${field}.key`, files.key, (key) => ({ certificate, key, signer: signerOf(certificate, key) }));
}

function officersOf(text: string, tps: string): readonly Officer[] {
  const parsed = OfficerRegister.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  if (parsed.data.tps !== tps) throw new Error(`these are the officers of TPS ${parsed.data.tps}, not ${tps}`);
  return parsed.data.officers;
}

function sealingKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'x25519') throw new Error(`this is a key for ${key.asymmetricKeyType}, not X25519`);
  return key;
}

/** The same certificates, the first of them one of that role. */
function heldBy(role: SignerRole, certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  const [first] = certificates;
  const { name, role: found } = first ? holderOf(first) : { name: '', role: '' };
  if (found !== role) throw new Error(`"${name}" holds no certificate of a ${role}`);
  return certificates;
}

function read<T>(field: string, path: string, parse: (pem: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`"${field}" names ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
