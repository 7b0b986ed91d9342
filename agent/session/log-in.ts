import type { Officer } from '#contract/officers/officer-register.ts';
import { badgeHash, isPin } from '#contract/officers/pin.ts';
import { waitAfter } from './officers.ts';

/** Checks badges and PINs. A PIN never becomes part of a state, an event or a log. */
export interface LogIn {
  /** Checks one PIN after another; those that come too early are not looked at. */
  check(code: string, pin: string): Promise<'right' | 'wrong' | 'wait' | 'unknown'>;
  /** How long the next PIN of this officer must wait, ms. */
  waitMs(code: string): number;
  /** Whose badge this text is; null for a stranger's. */
  holderOf(badge: string): string | null;
}

export interface LogInSetting {
  readonly officers: readonly Officer[];
  /** Wrong PINs in a row, as the state remembers them. */
  wrong(code: string): number;
  monotonicMs(): number;
}

/** After a start every wait begins anew: a kit that was switched off has no clock to tell how long. */
export function logIn({ officers, wrong, monotonicMs }: LogInSetting): LogIn {
  const since = new Map<string, number>(officers.map(({ code }) => [code, monotonicMs()]));
  let last: Promise<unknown> = Promise.resolve();

  function waitMs(code: string): number {
    return Math.max(0, (since.get(code) ?? 0) + waitAfter(wrong(code)) - monotonicMs());
  }

  async function checkNow(code: string, pin: string): Promise<'right' | 'wrong' | 'wait' | 'unknown'> {
    const officer = officers.find((known) => known.code === code);
    if (!officer) return 'unknown';
    if (waitMs(code) > 0) return 'wait';
    if (await isPin(officer.pin, pin)) return 'right';
    since.set(code, monotonicMs());
    return 'wrong';
  }

  return {
    waitMs,
    check(code, pin) {
      const checked = last.then(() => checkNow(code, pin));
      last = checked.catch(() => undefined);
      return checked;
    },
    holderOf: (badge) => officers.find((officer) => officer.badge === badgeHash(badge))?.code ?? null,
  };
}
