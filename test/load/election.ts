import { join } from 'node:path';
import { createAuthority, type OpenAuthority, unlockAuthority } from '#provisioning/authority/authority.ts';
import { issueKit } from '#provisioning/authority/issue-kit.ts';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { writeKitRegister } from '#provisioning/authority/kit-register.ts';
import { TEST_PASSPHRASES } from '#test/mosquitto.ts';
import type { KitNight } from './night.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 4;

/** An authority with a certificate for every kit, in a folder of the given one; answers that folder. */
export async function prepareElection(folder: string, kits: readonly KitNight[], receivers: number): Promise<string> {
  const authority = join(folder, 'authority');
  const validity = { from: new Date(Date.now() - DAY_MS), until: new Date(Date.now() + 30 * DAY_MS) };
  const setting = { folder: authority, brokerHosts: ['localhost', '127.0.0.1'], validity, receivers };
  await createAuthority(setting, TEST_PASSPHRASES);
  const unlocked = unlockAuthority(authority, TEST_PASSPHRASES.issuing);
  if (!unlocked.ok) throw new Error(unlocked.code);
  const open: OpenAuthority = unlocked.authority;
  const waiting = [...kits];
  const issueAll = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const issued = await issueKit(open, { kit: next.kit, tps: next.tps, validity, at: new Date() });
      if (!issued.ok) throw new Error(issued.reason);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, issueAll));
  await writeKitRegister(authority, await keptKits(authority));
  return authority;
}
