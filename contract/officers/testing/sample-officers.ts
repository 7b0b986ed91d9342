import type { Officer } from '../officer-register.ts';
import { badgeHash, hashPin } from '../pin.ts';

/** As cheap as the register allows: tests try many PINs. */
const CHEAP = { cost: 1_024, blockSize: 1 };

/** Badge and PIN of an officer are the code itself and these. */
export const PINS = { 'kpps-1': '111111', 'kpps-2': '222222', 'saksi-1': '333333' } as const;

/** A chair, a member, and the first pair's witness. */
export async function sampleOfficers(): Promise<readonly Officer[]> {
  const officer = async (code: keyof typeof PINS, role: Officer['role'], label: string): Promise<Officer> => {
    const pin = await hashPin(PINS[code], Buffer.from(code.padEnd(16, '.')), CHEAP);
    return { code, role, label, badge: badgeHash(code.toUpperCase()), pin };
  };
  return [
    await officer('kpps-1', 'ketua', 'Ketua KPPS'),
    await officer('kpps-2', 'anggota', 'Anggota KPPS 2'),
    await officer('saksi-1', 'saksi', 'Saksi paslon 1'),
  ];
}
