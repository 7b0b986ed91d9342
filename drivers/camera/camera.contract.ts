import { describe, expect, it } from 'vitest';
import { type Camera, looksLikeJpeg } from './camera.ts';

/**
 * What every camera must do, simulated or real. `open` gives a camera with at least three sheets to
 * photograph; `gone` gives one whose device (or folder) is not there.
 */
export function cameraContract(name: string, make: { open(): Promise<Camera>; gone(): Promise<Camera> }): void {
  describe(`${name} is a camera`, () => {
    it('gives a JPEG for every capture', async () => {
      const camera = await make.open();
      const capture = await camera.capture();
      expect(capture.kind).toBe('picture');
      if (capture.kind === 'picture') expect(looksLikeJpeg(capture.jpeg)).toBe(true);
      await camera.close();
    });

    it('takes pictures asked for at once one after the other', async () => {
      const camera = await make.open();
      const order: number[] = [];
      const captures = [0, 1, 2].map((n) => camera.capture().then((capture) => [order.push(n), capture.kind]));
      expect((await Promise.all(captures)).map(([, kind]) => kind)).toEqual(['picture', 'picture', 'picture']);
      expect(order).toEqual([0, 1, 2]);
      await camera.close();
    });

    it('says whether it is there', async () => {
      const [there, gone] = [await make.open(), await make.gone()];
      expect([await there.isThere(), await gone.isThere()]).toEqual([true, false]);
      await there.close();
      expect(await there.isThere()).toBe(false);
      await gone.close();
    });

    it('gives pictures after one that could not be read', async () => {
      const camera = await make.open();
      camera.remeasure();
      expect((await camera.capture()).kind).toBe('picture');
      await camera.close();
    });

    it('answers instead of throwing when the device is not there', async () => {
      const camera = await make.gone();
      expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'disconnected' });
      await camera.close();
    });

    it('answers after it was closed, and may be closed twice', async () => {
      const camera = await make.open();
      await camera.close();
      expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'disconnected' });
      await camera.close();
    });
  });
}
