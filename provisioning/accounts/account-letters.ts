import type { AccountLetter } from '#provisioning/paper/account-letters-pdf.ts';
import type { StoredAccounts } from './accounts-file.ts';
import type { PlannedAccount } from './plan-accounts.ts';

/** The letters of those whose first password is still known. */
export function accountLetters(
  { first }: StoredAccounts,
  planned: readonly PlannedAccount[],
): readonly AccountLetter[] {
  return planned.flatMap(({ user, role, regionName }) => {
    const password = first.passwords[user];
    const office = `${role === 'administrator' ? 'Administrator' : 'Operator'}, ${regionName}`;
    return password === undefined ? [] : [{ user, office, password }];
  });
}
