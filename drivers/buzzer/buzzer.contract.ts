import { describe, expect, it } from 'vitest';
import type { Buzzer, Tune } from './buzzer.ts';

/** A buzzer under test, and the tunes an observer heard begin. */
export interface Rig {
  readonly buzzer: Buzzer;
  heard(): Promise<readonly Tune[]>;
}

export function buzzerContract(name: string, rig: () => Promise<Rig>): void {
  const short = [{ on: 20, off: 10 }];
  const long = [
    { on: 60, off: 20 },
    { on: 60, off: 20 },
  ];
  describe(`${name} is a buzzer`, () => {
    it('begins every tune at once, also while another plays', async () => {
      const { buzzer, heard } = await rig();
      buzzer.play(long);
      buzzer.play(short);
      expect(await heard()).toEqual([long, short]);
      await buzzer.close();
    });

    it('is silent after it was closed', async () => {
      const { buzzer, heard } = await rig();
      await buzzer.close();
      buzzer.play(short);
      expect(await heard()).toEqual([]);
    });
  });
}
