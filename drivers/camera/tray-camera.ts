import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../in-turn.ts';
import { type Camera, type Capture, looksLikeJpeg, noPicture } from './camera.ts';

export interface TrayCamera extends Camera {
  /** Names of the photos in the tray, in order. */
  tray(): Promise<readonly string[]>;
  /** Lays a sheet of the tray on the stand, in place of the one that lies there; null clears it. */
  lay(name: string | null): void;
  laid(): string | null;
  /** Pulls the camera's plug, or puts it in again. */
  plug(isIn: boolean): void;
}

/** The camera of the kit on screen: it photographs whatever was laid on the stand, as often as it is asked. */
export function openTrayCamera(folder: string): TrayCamera {
  let sheet: string | null = null;
  let isIn = true;
  let open = true;
  const queue = inTurn();

  async function captureNow(): Promise<Capture> {
    if (!open || !isIn) return noPicture('disconnected');
    if (sheet === null) return noPicture('no-sheet');
    const jpeg = await readFile(join(folder, sheet)).catch(() => null);
    if (jpeg === null || !looksLikeJpeg(jpeg)) return noPicture('bad-picture');
    return { kind: 'picture', jpeg };
  }

  return {
    capture: () => queue(captureNow),
    isThere: async () => open && isIn,
    remeasure: () => undefined,
    async tray() {
      const names = await readdir(folder).catch(() => []);
      return names.filter((name) => /\.jpe?g$/i.test(name)).sort();
    },
    lay(name) {
      // A name from a screen must not lead out of the tray.
      sheet = name === null || /[/\\]/.test(name) ? null : name;
    },
    laid: () => sheet,
    plug(now) {
      isIn = now;
    },
    async close() {
      open = false;
    },
  };
}
