import { replaceFile } from '#provisioning/durable-file.ts';
import type { OpenAuthority } from './authority.ts';
import { revocationList } from './certificate.ts';
import { keptKits, markRevoked } from './kit-files.ts';
import { writeKitRegister } from './kit-register.ts';

export type RevokeResult =
  | { readonly ok: true; readonly tps: string }
  | { readonly ok: false; readonly code: 'unknown-kit' | 'revoked' };

export interface RevokeOrder {
  readonly at: Date;
  readonly reason: string;
  /** Only says what would come of it. */
  readonly dryRun?: boolean;
}

/** Takes a kit out of service: the broker's list and central's register say so, with the reason. */
export async function revokeKit(
  authority: OpenAuthority,
  kit: string,
  { at, reason, dryRun = false }: RevokeOrder,
): Promise<RevokeResult> {
  const kept = (await keptKits(authority.folder)).find(({ issued }) => issued.kit === kit);
  if (!kept) return { ok: false, code: 'unknown-kit' };
  const { tps } = kept.issued;
  if (kept.revocation) {
    // A power cut may have come between the mark and the lists.
    if (!dryRun) await writeRevocations(authority, at);
    return { ok: false, code: 'revoked' };
  }
  if (dryRun) return { ok: true, tps };
  const marked = await markRevoked(authority.folder, kit, { at: at.toISOString(), reason });
  if (!marked.ok) throw new Error(marked.reason);
  await writeRevocations(authority, at);
  return { ok: true, tps };
}

/** The broker's list and central's register, made anew from what was issued and taken back. */
async function writeRevocations(authority: OpenAuthority, at: Date): Promise<void> {
  const kept = await keptKits(authority.folder);
  const revoked = kept.flatMap(({ issued: { serial }, revocation }) =>
    revocation ? [{ serial, at: new Date(revocation.at) }] : [],
  );
  const list = await revocationList(authority.issuing, revoked, at);
  const written = await replaceFile(authority.folder, 'revoked.crl', list);
  if (!written.ok) throw new Error(written.reason);
  await writeKitRegister(authority.folder, kept);
}
