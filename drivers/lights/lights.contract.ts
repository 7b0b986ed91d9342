import { describe, expect, it } from 'vitest';
import { ALL_OFF, type LightPattern, type Lights } from './lights.ts';

/** Lights under test, and what an observer of the lamps (or of their lines) sees. */
export interface Rig {
  readonly lights: Lights;
  seen(): Promise<LightPattern>;
}

export function lightsContract(name: string, rig: () => Promise<Rig>): void {
  describe(`${name} are lights`, () => {
    it('are dark until told, and show the latest pattern', async () => {
      const { lights, seen } = await rig();
      expect(await seen()).toEqual(ALL_OFF);
      lights.show({ green: 'on', amber: 'off', red: 'off' });
      lights.show({ green: 'off', amber: 'slow', red: 'fast' });
      expect(await seen()).toEqual({ green: 'off', amber: 'slow', red: 'fast' });
      await lights.close();
    });

    it('are dark after they were closed', async () => {
      const { lights, seen } = await rig();
      lights.show({ green: 'on', amber: 'on', red: 'on' });
      await lights.close();
      lights.show({ green: 'on', amber: 'on', red: 'on' });
      expect(await seen()).toEqual(ALL_OFF);
    });
  });
}
