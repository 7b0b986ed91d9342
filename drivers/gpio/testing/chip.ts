import type { Button } from '../../buttons/buttons.ts';
import { type KernelLines, openHeader } from '../header.ts';

export const KEYS = { PINDAI: 5, YA: 6, ULANG: 13 } as const;
const LOOKING = { firstMs: 10, longestMs: 20 } as const;

/** A header on a kernel whose lines a test takes away and brings back, as a chip that is pulled out and put in again. */
export function chip(taken: readonly number[] = []) {
  const [watched, levels] = [new Map<number, (isDown: boolean) => void>(), new Map<number, boolean>()];
  const told: string[] = [];
  let generation = 1;
  let isIn = true;
  const mustBe = (born: number) => {
    if (!isIn || born !== generation) throw new Error('ENODEV: no such device, write');
  };
  const kernel: KernelLines = {
    output(bcm) {
      const born = generation;
      mustBe(born);
      if (taken.includes(bcm)) throw new Error('EBUSY: resource busy or locked, write');
      levels.set(bcm, false);
      const write = (isOn: boolean) => {
        mustBe(born);
        levels.set(bcm, isOn);
      };
      return { write, close: () => levels.delete(bcm) };
    },
    input(bcm, onLevel) {
      const born = generation;
      mustBe(born);
      if (taken.includes(bcm)) throw new Error('EBUSY: resource busy or locked, write');
      watched.set(bcm, onLevel);
      return { probe: () => mustBe(born), close: () => void (watched.get(bcm) === onLevel && watched.delete(bcm)) };
    },
  };
  const header = openHeader(kernel, { ...LOOKING, tell: (line) => told.push(line) });
  return {
    ...{ header, levels, told },
    move: (button: Button, isDown: boolean) => watched.get(KEYS[button])?.(isDown),
    plug(now: boolean) {
      isIn = now;
      generation += 1;
    },
  };
}
