import { replaceFile } from '#provisioning/register/replace-file.ts';
import type { OpenAuthority } from './authority.ts';
import { revocationList } from './certificate.ts';
import { keptKits, markRevoked } from './kit-files.ts';
import { writeKitRegister } from './kit-register.ts';

export type RevokeResult = { readonly ok: true } | { readonly ok: false; readonly code: 'unknown-kit' | 'revoked' };

/** Takes a kit out of service: the broker's list and central's register say so, with the reason. */
export async function revokeKit(
  authority: OpenAuthority,
  kit: string,
  { at, reason }: { readonly at: Date; readonly reason: string },
): Promise<RevokeResult> {
  const kept = (await keptKits(authority.folder)).find(({ issued }) => issued.kit === kit);
  if (!kept) return { ok: false, code: 'unknown-kit' };
  if (kept.revocation) return { ok: false, code: 'revoked' };
  const marked = await markRevoked(authority.folder, kit, { at: at.toISOString(), reason });
  if (!marked.ok) throw new Error(marked.reason);
  await writeRevocations(authority, at);
  return { ok: true };
}

/** The broker's list and central's register, made anew from what was issued and taken back. */
export async function writeRevocations(authority: OpenAuthority, at: Date): Promise<void> {
  const revoked = (await keptKits(authority.folder)).flatMap(({ issued: { serial }, revocation }) =>
    revocation ? [{ serial, at: new Date(revocation.at) }] : [],
  );
  const list = await revocationList(authority.issuing, revoked, at);
  const written = await replaceFile(authority.folder, 'revoked.crl', list);
  if (!written.ok) throw new Error(written.reason);
  await writeKitRegister(authority.folder);
}
