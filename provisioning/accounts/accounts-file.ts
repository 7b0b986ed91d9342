import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AccountsRegister } from '#contract/accounts-register.ts';
import { keepJsonFile, readJsonFile } from '#provisioning/json-file.ts';

/** For central: hashes alone. */
export const ACCOUNTS_FILE = 'akun.json';
/** The first passwords themselves, until their letters are printed. */
export const FIRST_PASSWORDS_FILE = 'sandi-awal.json';

const FirstPasswords = z
  .strictObject({ schema: z.literal(1), passwords: z.record(z.string(), z.string()).readonly() })
  .readonly();
export type FirstPasswords = z.infer<typeof FirstPasswords>;

export interface StoredAccounts {
  readonly register: AccountsRegister;
  readonly first: FirstPasswords;
}

/** Empty where none were made. Rejects where a file is damaged: a second password for an account would lock its owner out. */
export async function loadAccounts(folder: string): Promise<StoredAccounts> {
  return {
    register: (await readJsonFile(join(folder, ACCOUNTS_FILE), AccountsRegister)) ?? { schema: 1, accounts: [] },
    first: (await readJsonFile(join(folder, FIRST_PASSWORDS_FILE), FirstPasswords)) ?? { schema: 1, passwords: {} },
  };
}

/** First passwords first: a power cut between the two leaves passwords without an account, which the next run makes anew. */
export async function saveAccounts(folder: string, { register, first }: StoredAccounts): Promise<void> {
  await keepJsonFile(folder, FIRST_PASSWORDS_FILE, first);
  await keepJsonFile(folder, ACCOUNTS_FILE, register);
}

export async function forgetFirstPasswords(folder: string): Promise<void> {
  await keepJsonFile(folder, FIRST_PASSWORDS_FILE, { schema: 1, passwords: {} });
  await rm(join(folder, FIRST_PASSWORDS_FILE));
}
