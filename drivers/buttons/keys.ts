import { BUTTONS, type Button, GRIP, GRIP_MS } from './buttons.ts';

/**
 * From the levels of three lines to presses that a tired hand meant. Pure; times are monotonic ms. A press is told
 * once it was down for SETTLE_MS, whatever bounced before, and never again however long it is held. Two keys that
 * go down together are a hand that slipped: neither counts, until both are up. A key that stays down for STUCK_MS
 * is stuck: it is told as such, counts as up for the others, and works again once it comes up. The keys of the grip, and
 * no other, held for GRIP_MS are told once.
 */
export interface Keys {
  readonly down: Readonly<Record<Button, KeyDown | null>>;
  /** The grip that is held was told. */
  readonly gripTold: boolean;
}

interface KeyDown {
  readonly since: number;
  /** waiting: it may still bounce. told: it was a press. void: it was down together with another. stuck: for too long. */
  readonly stands: 'waiting' | 'told' | 'void' | 'stuck';
}

/** No contact bounces for so long, and nobody waits for it. */
export const SETTLE_MS = 50;
export const STUCK_MS = 15_000;

export type KeyEvent =
  /** A line changed; also every bounce. */
  | { readonly kind: 'edge'; readonly button: Button; readonly isDown: boolean; readonly at: number }
  | { readonly kind: 'tick'; readonly at: number };

export interface KeysStep {
  readonly keys: Keys;
  readonly pressed: readonly Button[];
  /** The grip was held for its time just now. */
  readonly gripped: boolean;
  /** When the next tick is due; null while nothing can change by itself. */
  readonly wakeAt: number | null;
}

export function noKeys(): Keys {
  return { down: { PINDAI: null, YA: null, ULANG: null }, gripTold: false };
}

export function stuckKeys({ down }: Keys): readonly Button[] {
  return BUTTONS.filter((button) => down[button]?.stands === 'stuck');
}

export function stepKeys(keys: Keys, event: KeyEvent): KeysStep {
  const moved = event.kind === 'edge' ? afterEdge(keys, event.button, event.isDown, event.at) : keys;
  return afterTime(moved, event.at);
}

function afterEdge(keys: Keys, button: Button, isDown: boolean, at: number): Keys {
  const before = keys.down[button];
  if (!isDown) return withKey(keys, button, null);
  // A bounce of a key that is down already begins its time anew, as long as it was not told.
  if (before && before.stands !== 'waiting') return keys;
  const others = BUTTONS.filter((other) => other !== button && isHeld(keys.down[other]));
  const slipped = others.filter((other) => keys.down[other]?.stands !== 'told');
  const together = slipped.reduce((all, other) => withStanding(all, other, 'void'), keys);
  return withKey(together, button, { since: at, stands: others.length > 0 ? 'void' : 'waiting' });
}

/** Down, and not for so long that only the key can be at fault. */
function isHeld(key: KeyDown | null): key is KeyDown {
  return key !== null && key.stands !== 'stuck';
}

function afterTime(keys: Keys, at: number): KeysStep {
  const pressed: Button[] = [];
  let next = keys;
  for (const button of BUTTONS) {
    const key = next.down[button];
    if (!key) continue;
    if (key.stands === 'waiting' && at - key.since >= SETTLE_MS) {
      pressed.push(button);
      next = withStanding(next, button, 'told');
    }
    if (key.stands !== 'stuck' && at - key.since >= STUCK_MS) next = withStanding(next, button, 'stuck');
  }
  const since = grippedSince(next);
  const gripped = since !== null && !next.gripTold && at - since >= GRIP_MS;
  next = { ...next, gripTold: since !== null && (next.gripTold || gripped) };
  return { keys: next, pressed, gripped, wakeAt: wakeAt(next) };
}

/** Since when the keys of the grip, and no other, are held; null while they are not. */
function grippedSince({ down }: Keys): number | null {
  const held = BUTTONS.filter((button) => isHeld(down[button]));
  if (held.length !== GRIP.length || !GRIP.every((button) => held.includes(button))) return null;
  return Math.max(...held.map((button) => down[button]?.since ?? 0));
}

function wakeAt(keys: Keys): number | null {
  const times = BUTTONS.flatMap((button) => {
    const key = keys.down[button];
    if (!key || key.stands === 'stuck') return [];
    return [key.since + (key.stands === 'waiting' ? SETTLE_MS : STUCK_MS)];
  });
  const since = grippedSince(keys);
  if (since !== null && !keys.gripTold) times.push(since + GRIP_MS);
  return times.length > 0 ? Math.min(...times) : null;
}

function withStanding(keys: Keys, button: Button, stands: KeyDown['stands']): Keys {
  const key = keys.down[button];
  return key ? withKey(keys, button, { ...key, stands }) : keys;
}

function withKey(keys: Keys, button: Button, key: KeyDown | null): Keys {
  return { ...keys, down: { ...keys.down, [button]: key } };
}
