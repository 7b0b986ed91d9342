import { z } from 'zod';
import { SecretHash } from './secret-hash.ts';

/**
 * Who may work at the centre's page: written by provisioning, read by central. An account is a region and a role;
 * it knows no name of a person.
 */

/** administrator: sees and reviews a kecamatan, and its operators. operator: sees and reviews one kecamatan or kelurahan. */
export const ACCOUNT_ROLES = ['administrator', 'operator'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

const Account = z
  .strictObject({
    /** For example admin-167101-1, operator-1671011001-2. */
    user: z
      .string()
      .max(40)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    role: z.enum(ACCOUNT_ROLES),
    /** Code of Kemendagri, with dots: a kecamatan (16.71.01) or a kelurahan (16.71.01.1001). */
    region: z.string().regex(/^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/),
    password: SecretHash,
    /** The first password was printed: at the first log-in another must be chosen. */
    mustChange: z.boolean(),
  })
  .readonly();
export type Account = z.infer<typeof Account>;

export const AccountsRegister = z
  .strictObject({ schema: z.literal(1), accounts: z.array(Account).max(10_000).readonly() })
  .superRefine(({ accounts }, context) => {
    const users = new Set(accounts.map(({ user }) => user));
    if (users.size !== accounts.length) context.addIssue({ code: 'custom', message: 'an account is there twice' });
  })
  .readonly();
export type AccountsRegister = z.infer<typeof AccountsRegister>;
