import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitRegister, type RegisteredKit } from '#contract/wire/register.ts';
import { certificatesOf, thumbprintOf } from '#contract/wire/signature.ts';
import { createRoot, type Issued, issueCertificate, type Validity } from './certificate.ts';

/**
 * A folder that vouches for broker, central and kits:
 *
 *     root.crt root.key                   what all of them trust, and the key that makes it so
 *     broker.crt broker.key               Mosquitto's
 *     central.crt central.key             central's way through the broker
 *     central-signing.crt …key            signs receipts; kits hold the certificate
 *     central-sealing.pub …key            opens pictures with personal data; kits hold the public half
 *     kits/<kit>/{kit.crt,kit.key}        one key for TLS and for records
 *     register.json                       which kit counts for which TPS (contract/wire/register.ts)
 */
export interface AuthoritySetting {
  readonly folder: string;
  /** Names and addresses under which kits reach the broker. */
  readonly brokerHosts: readonly string[];
  readonly validity: Validity;
}

export interface KitFiles {
  readonly certificate: string;
  readonly key: string;
}

export type KitResult =
  | { readonly ok: true; readonly files: KitFiles; readonly registered: RegisteredKit }
  | { readonly ok: false; readonly code: 'kit-exists' | 'bad-kit-id' | 'bad-tps'; readonly reason: string };

/** Makes root, broker and central in an empty folder; a folder that has a root already is left as it is. */
export async function openAuthority(setting: AuthoritySetting): Promise<void> {
  const { folder, validity } = setting;
  if (existsSync(join(folder, 'root.crt'))) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const root = await createRoot('tps-kit root', validity);
  const [host = 'localhost'] = setting.brokerHosts;
  const broker = await issueCertificate(root, { role: 'broker', name: host, hosts: setting.brokerHosts }, validity);
  const central = await issueCertificate(root, { role: 'central', name: 'central' }, validity);
  const signing = await issueCertificate(root, { role: 'central', name: 'central-signing' }, validity);
  writeIssued(join(folder, 'broker'), broker);
  writeIssued(join(folder, 'central'), central);
  writeIssued(join(folder, 'central-signing'), signing);
  writeSealingKeys(join(folder, 'central-sealing'));
  writeRegister(folder, []);
  writeIssued(join(folder, 'root'), root);
}

/** Issues a kit's key and certificate and enters the kit in the register; nothing is issued twice. */
export async function issueKit(setting: AuthoritySetting, kit: string, tps: string): Promise<KitResult> {
  const { folder, validity } = setting;
  if (!/^[a-z0-9-]{3,40}$/.test(kit) || kit.startsWith('central')) {
    return {
      ok: false,
      code: 'bad-kit-id',
      reason: `"${kit}" is no kit id: 3 to 40 lower-case letters, digits, dashes`,
    };
  }
  if (!/^[0-9]{13}$/.test(tps)) return { ok: false, code: 'bad-tps', reason: `"${tps}" is no TPS code of 13 digits` };
  const register = readRegister(folder);
  if (register.some((entry) => entry.kit === kit)) {
    return { ok: false, code: 'kit-exists', reason: `${kit} has a certificate already` };
  }
  const issued = await issueCertificate(readIssued(join(folder, 'root')), { role: 'kit', name: kit }, validity);
  const path = join(folder, 'kits', kit, 'kit');
  writeIssued(path, issued);
  const [certificate] = certificatesOf(issued.certificate);
  if (!certificate) throw new Error('a certificate was issued that cannot be read');
  const registered: RegisteredKit = { kit, tps, thumbprint: thumbprintOf(certificate) };
  writeRegister(folder, [...register, registered]);
  return { ok: true, files: { certificate: `${path}.crt`, key: `${path}.key` }, registered };
}

export function readRegister(folder: string): KitRegister['kits'] {
  return KitRegister.parse(JSON.parse(readFileSync(join(folder, 'register.json'), 'utf8'))).kits;
}

/** X25519, for contract/wire/sealed-picture.ts. */
function writeSealingKeys(path: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  writeFileSync(`${path}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(`${path}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
}

/** Replaced whole: a power cut or a full disk must not cost the kits that are in it already. */
function writeRegister(folder: string, kits: KitRegister['kits']): void {
  const temporary = join(folder, 'register.json.writing');
  writeFileSync(temporary, `${JSON.stringify({ schema: 1, kits }, null, 2)}\n`, { flush: true });
  renameSync(temporary, join(folder, 'register.json'));
}

function writeIssued(path: string, issued: Issued): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.key`, issued.key, { mode: 0o600 });
  writeFileSync(`${path}.crt`, issued.certificate);
}

function readIssued(path: string): Issued {
  return { certificate: readFileSync(`${path}.crt`, 'utf8'), key: readFileSync(`${path}.key`, 'utf8') };
}
