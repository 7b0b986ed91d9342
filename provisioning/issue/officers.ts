import type { Officer, OfficerRegister, Role } from '#contract/officers/officer-register.ts';
import { badgeHash, hashPin } from '#contract/officers/pin.ts';
import type { SecretCost } from '#contract/secret-hash.ts';
import type { Chance } from '#provisioning/chance.ts';
import type { RegisteredTps } from '#provisioning/register/tps-register.ts';

export interface IssuedPin {
  readonly code: string;
  readonly role: Role;
  readonly pin: string;
}

/**
 * A quarter of what a PIN costs that is set on the kit: twelve officers of 2,272 TPS are hashed in one morning. A PIN of
 * six digits withstands no search by who holds the card, at either cost; what protects it is the lock after wrong ones.
 */
export const WAREHOUSE_PIN_COST: SecretCost = { cost: 4_096, blockSize: 8 };

const PIN_DIGITS = 6;

/** Draws a PIN for each officer of a TPS: what the kit keeps of them, and the PINs themselves for the letters. */
export async function drawOfficers(
  { tps, officers }: RegisteredTps,
  chance: Chance,
  cost: SecretCost = WAREHOUSE_PIN_COST,
): Promise<{ readonly register: OfficerRegister; readonly pins: readonly IssuedPin[] }> {
  const drawn = drawPins(officers.length, chance);
  const pins = officers.map((officer, n) => ({ ...officer, pin: drawn[n] ?? '' }));
  const kept = await Promise.all(
    pins.map(async ({ code, role, pin }): Promise<Officer> => {
      const hash = await hashPin(pin, chance.bytes(16), cost);
      return { code, role, label: labelOf(code, role), badge: badgeHash(badgeText(tps, code)), pin: hash };
    }),
  );
  return { register: { schema: 1, tps, officers: kept }, pins };
}

/** What the barcode of an officer's badge says. It names him, and proves nothing: the PIN does. */
export function badgeText(tps: string, code: string): string {
  return `${tps}-${code}`.toUpperCase();
}

/** What the panel calls an officer. */
export function labelOf(code: string, role: Role): string {
  // The first number is his place at the table; what follows may be his own.
  const number = /-(\d+)/.exec(code)?.[1] ?? '';
  switch (role) {
    case 'ketua':
      return 'Ketua KPPS';
    case 'anggota':
      return `Anggota KPPS ${number}`.trim();
    case 'saksi':
      return `Saksi paslon ${number}`.trim();
    case 'pengawas':
      return `Pengawas TPS ${number}`.trim();
  }
}

function drawPins(count: number, chance: Chance): readonly string[] {
  const pins = new Set<string>();
  while (pins.size < count) {
    const pin = String(chance.below(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0');
    if (!isGuessable(pin)) pins.add(pin);
  }
  return [...pins];
}

/** 111111, 123456, 765432, 121212: what is tried first. */
function isGuessable(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, n) => Number(digit) - Number(pin[n]));
  const [first] = steps;
  return (Math.abs(first ?? 0) <= 1 && steps.every((step) => step === first)) || new Set(pin).size <= 2;
}
