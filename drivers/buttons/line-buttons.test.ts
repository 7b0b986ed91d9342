import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { buttonsContract } from './buttons.contract.ts';
import type { Button } from './buttons.ts';
import { SETTLE_MS } from './keys.ts';
import { watchLines } from './line-buttons.ts';
import { gripOf } from './testing/grip-of.ts';

/** Lines a test moves by hand. */
function handLines() {
  const listeners = new Set<(button: Button, isDown: boolean) => void>();
  const move = (button: Button, isDown: boolean) => {
    for (const listener of [...listeners]) listener(button, isDown);
  };
  const lines = {
    onEdge(listener: (button: Button, isDown: boolean) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    absent: () => [],
    async close() {},
  };
  return { lines, move };
}

buttonsContract('buttons behind lines', async () => {
  const { lines, move } = handLines();
  const push = async (button: Button) => {
    for (const isDown of [true, false, true]) move(button, isDown);
    await sleep(SETTLE_MS + 20);
    move(button, false);
    await sleep(5);
  };
  return { buttons: watchLines(lines), push, grip: () => gripOf(move) };
});

describe('buttons behind lines', () => {
  it('are heard within a tenth of a second', async () => {
    const { lines, move } = handLines();
    const buttons = watchLines(lines);
    const begun = performance.now();
    const heard = new Promise<number>((resolve) => buttons.onPress(() => resolve(performance.now() - begun)));
    move('YA', true);
    expect(await heard).toBeGreaterThanOrEqual(SETTLE_MS - 2);
    expect(buttons.stuck()).toEqual([]);
    await buttons.close();
  });
});
