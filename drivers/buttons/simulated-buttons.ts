import type { Button, Buttons } from './buttons.ts';

export interface SimulatedButtons extends Buttons {
  press(button: Button): void;
  /** Holds the keys of the grip for their time. */
  grip(): void;
  /** Keys that stay down from now on. */
  stick(buttons: readonly Button[]): void;
}

/** Buttons pressed by a program: for the demo, tests and the kit on screen. */
export function simulateButtons(): SimulatedButtons {
  const listeners = new Set<(button: Button) => void>();
  const gripListeners = new Set<() => void>();
  let stuck: readonly Button[] = [];
  return {
    onPress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGrip(listener) {
      gripListeners.add(listener);
      return () => gripListeners.delete(listener);
    },
    grip() {
      for (const listener of [...gripListeners]) listener();
    },
    press(button) {
      for (const listener of [...listeners]) listener(button);
    },
    stick(buttons) {
      stuck = buttons;
    },
    stuck: () => stuck,
    absent: () => [],
    async close() {
      listeners.clear();
      gripListeners.clear();
    },
  };
}
