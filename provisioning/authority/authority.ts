import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Signer, signerOf } from '#contract/wire/signature.ts';
import {
  createIssuing,
  createRoot,
  type Issued,
  issueCertificate,
  revocationList,
  type Validity,
} from './certificate.ts';
import { KIT_REGISTER, writeKitRegister } from './kit-register.ts';
import { LISTENER } from './listener.ts';
import { lockKey, unlockKey } from './locked-key.ts';
import { RECEIVERS } from './receivers.ts';

/**
 * A folder that vouches for broker, central and kits:
 *
 *     root.crt root.key                   what all of them trust, and the key that makes it so: under a passphrase,
 *                                         and after the ceremony no longer in this folder
 *     issuing.crt issuing.key             signs all certificates below, for the root; under a passphrase
 *     provisioning.crt provisioning.key   signs what a kit is given; under the same passphrase
 *     broker.crt broker.key               Mosquitto's
 *     central.crt central.key             central's way through the broker; central-2 and so on, one for each receiver
 *     central-signing.crt …key            signs receipts; kits hold the certificate
 *     central-uji.crt central-uji.key     the warehouse's, to see at the broker which kits are there
 *     central-sealing.pub …key            opens pictures with personal data; kits hold the public half
 *     revoked.crl                         certificates that count no more, for the broker
 *     kits/<kit>/                         what was issued for one kit (kit-files.ts)
 *     register.json                       which kit counts for which TPS (contract/wire/register.ts)
 *
 * Certificates of programs are followed by that of the issuing key, so that who holds the root alone can verify them.
 */
export interface AuthoritySetting {
  readonly folder: string;
  /** Names and addresses under which kits reach the broker. */
  readonly brokerHosts: readonly string[];
  readonly validity: Validity;
  /** How many receivers central is to have, at most RECEIVERS. */
  readonly receivers: number;
}

export interface Passphrases {
  readonly root: string;
  readonly issuing: string;
}

/** The keys of an authority, open. */
export interface OpenAuthority {
  readonly folder: string;
  readonly issuing: Issued;
  readonly provisioning: Signer;
}

export type UnlockedAuthority =
  | { readonly ok: true; readonly authority: OpenAuthority }
  | { readonly ok: false; readonly code: 'no-authority' | 'wrong-passphrase' };

export function isAuthority(folder: string): boolean {
  return existsSync(join(folder, KIT_REGISTER));
}

/** Makes root, issuing key, broker and central in a folder; one that is an authority already is left as it is. */
export async function createAuthority(setting: AuthoritySetting, passphrases: Passphrases): Promise<void> {
  const { folder, validity } = setting;
  if (isAuthority(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  const root = await createRoot('tps-kit root', validity);
  const issuing = await createIssuing(root, 'tps-kit issuing', validity);
  const locked = ({ certificate, key }: Issued, passphrase: string) => ({ certificate, key: lockKey(key, passphrase) });
  const [host = 'localhost'] = setting.brokerHosts;
  const broker = await issueCertificate(issuing, { role: 'broker', name: host, hosts: setting.brokerHosts }, validity);
  const signing = await issueCertificate(issuing, { role: 'central', name: 'central-signing' }, validity);
  const listener = await issueCertificate(issuing, { role: 'central', name: LISTENER }, validity);
  const provisioning = await issueCertificate(issuing, { role: 'provisioning', name: 'provisioning' }, validity);
  writeIssued(at('broker'), withIssuer(broker, issuing));
  for (const name of RECEIVERS.slice(0, setting.receivers)) {
    const receiver = await issueCertificate(issuing, { role: 'central', name }, validity);
    writeIssued(at(name), withIssuer(receiver, issuing));
  }
  writeIssued(at(LISTENER), withIssuer(listener, issuing));
  // Kits know this one by itself; an issuer beside it would be a second certificate that they take receipts from.
  writeIssued(at('central-signing'), signing);
  writeSealingKeys(at('central-sealing'));
  writeIssued(at('provisioning'), locked(withIssuer(provisioning, issuing), passphrases.issuing));
  writeFileSync(at('revoked.crl'), await revocationList(issuing, [], validity.from));
  writeIssued(at('issuing'), locked(issuing, passphrases.issuing));
  writeIssued(at('root'), locked(root, passphrases.root));
  await writeKitRegister(folder, []);
}

/** Opens the issuing key; the root's is not needed for it. */
export function unlockAuthority(folder: string, passphrase: string): UnlockedAuthority {
  if (!isAuthority(folder)) return { ok: false, code: 'no-authority' };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const issuing = unlockKey(read('issuing.key'), passphrase);
  const provisioning = unlockKey(read('provisioning.key'), passphrase);
  if (!issuing.ok || !provisioning.ok) return { ok: false, code: 'wrong-passphrase' };
  return {
    ok: true,
    authority: {
      folder,
      issuing: { certificate: read('issuing.crt'), key: issuing.key },
      provisioning: signerOf(read('provisioning.crt'), provisioning.key),
    },
  };
}

/** The same key with the certificates of a program: its own, then its issuer's. */
export function withIssuer({ certificate, key }: Issued, issuing: Issued): Issued {
  return { certificate: `${certificate}${issuing.certificate}`, key };
}

/** X25519, for contract/wire/sealed-picture.ts. */
function writeSealingKeys(path: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  writeFileSync(`${path}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(`${path}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
}

function writeIssued(path: string, issued: Issued): void {
  writeFileSync(`${path}.key`, issued.key, { mode: 0o600 });
  writeFileSync(`${path}.crt`, issued.certificate);
}
