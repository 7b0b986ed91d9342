import { vi } from 'vitest';
import { type Button, GRIP, GRIP_MS } from '../buttons.ts';

/** Holds the keys of the grip on lines that a test moves, in a time that passes at once. */
export async function gripOf(move: (button: Button, isDown: boolean) => void): Promise<void> {
  vi.useFakeTimers();
  try {
    for (const button of GRIP) move(button, true);
    await vi.advanceTimersByTimeAsync(GRIP_MS + 100);
    for (const button of GRIP) move(button, false);
  } finally {
    vi.useRealTimers();
  }
}
