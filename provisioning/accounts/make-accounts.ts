import type { Account } from '#contract/accounts-register.ts';
import { hashSecret, type SecretCost } from '#contract/secret-hash.ts';
import type { Chance } from '#provisioning/chance.ts';
import type { StoredAccounts } from './accounts-file.ts';
import { drawPassword } from './first-password.ts';
import type { PlannedAccount } from './plan-accounts.ts';

/** First passwords are random: nothing is gained by a higher cost, and their owners choose others at once. */
const FIRST_COST: SecretCost = { cost: 32_768, blockSize: 8 };

export function missingAccounts(
  { register }: StoredAccounts,
  planned: readonly PlannedAccount[],
): readonly PlannedAccount[] {
  const there = new Set(register.accounts.map(({ user }) => user));
  return planned.filter(({ user }) => !there.has(user));
}

/** What there was, and those accounts with a first password each. */
export async function withAccounts(
  { register, first }: StoredAccounts,
  missing: readonly PlannedAccount[],
  chance: Chance,
): Promise<StoredAccounts> {
  const drawn = missing.map((account) => ({ account, password: drawPassword(chance) }));
  const accounts = await Promise.all(drawn.map(({ account, password }) => accountOf(account, password, chance)));
  const passwords = Object.fromEntries(drawn.map(({ account: { user }, password }) => [user, password]));
  return {
    register: { schema: 1, accounts: [...register.accounts, ...accounts] },
    first: { schema: 1, passwords: { ...first.passwords, ...passwords } },
  };
}

async function accountOf({ user, role, region }: PlannedAccount, password: string, chance: Chance): Promise<Account> {
  return { user, role, region, password: await hashSecret(password, chance.bytes(16), FIRST_COST), mustChange: true };
}
