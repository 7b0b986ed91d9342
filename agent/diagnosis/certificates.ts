import { readFile } from 'node:fs/promises';
import type { Configuration } from '#agent/configuration.ts';
import { certificatesOf, holderOf } from '#contract/wire/signature.ts';

/** Whose a certificate is and how long it holds; or why it cannot be read. Keys are never opened. */
export type CertificateFacts =
  | { readonly field: string; readonly holder: string; readonly from: string; readonly to: string }
  | { readonly field: string; readonly fault: string };

export async function certificateFacts(configuration: Configuration): Promise<readonly CertificateFacts[]> {
  const { broker, signing, central } = configuration;
  const named = [
    ['broker.ca', broker.ca],
    ['broker.certificate', broker.certificate],
    ['signing.certificate', signing.certificate],
    ['central.certificate', central.certificate],
  ] as const;
  const facts = await Promise.all(named.map(([field, file]) => factsIn(field, file)));
  return facts.flat();
}

async function factsIn(field: string, file: string): Promise<readonly CertificateFacts[]> {
  try {
    return certificatesOf(await readFile(file, 'utf8')).map((certificate) => ({
      field,
      holder: holderOf(certificate).name || certificate.subject,
      from: certificate.validFromDate.toISOString(),
      to: certificate.validToDate.toISOString(),
    }));
  } catch (error) {
    return [{ field, fault: error instanceof Error ? error.message : String(error) }];
  }
}
