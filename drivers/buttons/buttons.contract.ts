import { describe, expect, it } from 'vitest';
import { BUTTONS, type Button, type Buttons } from './buttons.ts';

/** Buttons under test, and a way to push one: by a program, or by the lines a real driver watches. */
export interface Rig {
  readonly buttons: Buttons;
  push(button: Button): Promise<void>;
  /** Holds the keys of the grip for their time and lets go. */
  grip(): Promise<void>;
}

export function buttonsContract(name: string, rig: () => Promise<Rig>): void {
  describe(`${name} are buttons`, () => {
    it('report each push once and by its name', async () => {
      const { buttons, push } = await rig();
      const heard: Button[] = [];
      buttons.onPress((button) => heard.push(button));
      for (const button of BUTTONS) await push(button);
      expect(heard).toEqual(BUTTONS);
      await buttons.close();
    });

    it('tell every listener, and not one that left', async () => {
      const { buttons, push } = await rig();
      const stayed: Button[] = [];
      const left: Button[] = [];
      buttons.onPress((button) => stayed.push(button));
      const leave = buttons.onPress((button) => left.push(button));
      await push('YA');
      leave();
      await push('ULANG');
      expect([stayed, left]).toEqual([['YA', 'ULANG'], ['YA']]);
      await buttons.close();
    });

    it('tell the grip once each time, as no press of a key', async () => {
      const { buttons, grip } = await rig();
      const heard: string[] = [];
      buttons.onPress((button) => heard.push(button));
      const leave = buttons.onGrip(() => heard.push('grip'));
      await grip();
      await grip();
      expect(heard).toEqual(['grip', 'grip']);
      leave();
      await grip();
      expect(heard).toHaveLength(2);
      await buttons.close();
    });

    it('are all there, and none is stuck', async () => {
      const { buttons } = await rig();
      expect([buttons.absent(), buttons.stuck()]).toEqual([[], []]);
      await buttons.close();
    });

    it('are silent after they were closed', async () => {
      const { buttons, push } = await rig();
      const heard: Button[] = [];
      buttons.onPress((button) => heard.push(button));
      await buttons.close();
      await push('PINDAI');
      expect(heard).toEqual([]);
    });
  });
}
