import { z } from 'zod';
import { SecretHash } from '#contract/secret-hash.ts';

/**
 * Who may work with the kit of one TPS: written by provisioning, read by the kit. An officer is a code and a
 * role; the register knows no names. Records, receipts and the event log name the code.
 */

/** ketua: the chair, who confirms. anggota: a member of the KPPS. saksi: a pair's witness. pengawas: the TPS supervisor. */
export const ROLES = ['ketua', 'anggota', 'saksi', 'pengawas'] as const;
export type Role = (typeof ROLES)[number];

/** As badges, records and receipts have it: lower-case words joined by dashes. */
export const OFFICER_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const Officer = z
  .strictObject({
    /** For example kpps-1, saksi-2. */
    code: z.string().max(40).regex(OFFICER_CODE, 'lower-case words joined by dashes'),
    role: z.enum(ROLES),
    /** What the panel calls the officer, in Indonesian: "Ketua KPPS". */
    label: z.string().min(1).max(40),
    /** sha256 of the text of the badge's barcode, lower-case hex; null where there is no badge. */
    badge: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    pin: SecretHash,
  })
  .readonly();
export type Officer = z.infer<typeof Officer>;

export const OfficerRegister = z
  .strictObject({
    schema: z.literal(1),
    tps: z.string().regex(/^[0-9]{13}$/, 'a TPS code of 13 digits'),
    officers: z.array(Officer).min(1).max(30).readonly(),
  })
  .superRefine(({ officers }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['officers'], message });
    const codes = officers.map(({ code }) => code);
    if (new Set(codes).size !== codes.length) refuse('two officers have one code');
    const badges = officers.flatMap(({ badge }) => (badge === null ? [] : [badge]));
    if (new Set(badges).size !== badges.length) refuse('two officers have one badge');
    if (!officers.some(({ role }) => role === 'ketua')) refuse('there is no ketua, who alone confirms');
  })
  .readonly();
export type OfficerRegister = z.infer<typeof OfficerRegister>;

/** A PIN is digits: what the keypad on the screen can enter, and nobody writes down wrongly. */
export const PIN = /^[0-9]{6,10}$/;
