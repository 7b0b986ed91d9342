import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KitRegister } from '#contract/wire/register.ts';
import { certificatesOf, holderOf, type Signer, signerOf } from '#contract/wire/signature.ts';
import type { Configuration } from './configuration.ts';
import type { BrokerAccess } from './receiver.ts';

/** What the files that the configuration names hold: whom central is, and whom it trusts. */
export interface Credentials {
  readonly broker: BrokerAccess;
  /** Signs the receipts. */
  readonly signer: Signer;
  readonly roots: readonly X509Certificate[];
  readonly register: KitRegister;
}

/** Throws, with the field and the file, where one of them is not what it should be. */
export function readCredentials({ broker, signing, roots, register }: Configuration): Credentials {
  const { certificate, key, name: clientId } = identityOf('broker', broker);
  const ca = read('broker.ca', broker.ca, (pem) => certificatesOf(pem) && pem);
  return {
    broker: { ...broker, ca, certificate, key, clientId },
    signer: identityOf('signing', signing).signer,
    roots: read('roots', roots, certificatesOf),
    register: read('register', register, registerIn),
  };
}

/** PEM texts, the signer they make, and its name. */
interface Identity {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
  readonly signer: Signer;
}

function identityOf(field: string, files: Configuration['signing']): Identity {
  const { certificate, name } = read(`${field}.certificate`, files.certificate, (pem) => {
    const [own] = certificatesOf(pem);
    const { name, role } = own ? holderOf(own) : { name: '', role: '' };
    // Kits would take no receipt of another signer, and go on sending.
    if (role !== 'central') throw new Error(`"${name}" holds no certificate of a central`);
    return { certificate: pem, name };
  });
  return read(`${field}.key`, files.key, (key) => ({ name, certificate, key, signer: signerOf(certificate, key) }));
}

function registerIn(json: string): KitRegister {
  const parsed = KitRegister.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new Error(`this is no register of kits: ${fault?.path.join('.')}: ${fault?.message}`);
}

function read<T>(field: string, path: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`"${field}" names ${path}: ${reason}`, { cause: error });
  }
}
