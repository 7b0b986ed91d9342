import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../in-turn.ts';
import { type Camera, type Capture, looksLikeJpeg, noPicture } from './camera.ts';

/**
 * The simulated camera: the photos of a folder (.jpg, .jpeg) in the order of their names, each
 * capture gives the next. The folder is read at every capture, so a photo laid into it later is
 * taken too; one that was given is not given again.
 */
export function openFolderCamera(folder: string): Camera {
  const given = new Set<string>();
  let open = true;
  const queue = inTurn();

  async function next(): Promise<Capture> {
    if (!open) return noPicture('disconnected');
    const names = await photosIn(folder);
    if (names === null) return noPicture('disconnected');
    const name = names.find((candidate) => !given.has(candidate));
    if (name === undefined) return noPicture('no-sheet');
    given.add(name);
    const jpeg = await readFile(join(folder, name)).catch(() => null);
    if (jpeg === null || !looksLikeJpeg(jpeg)) return noPicture('bad-picture');
    return { kind: 'picture', jpeg };
  }

  return {
    capture: () => queue(next),
    isThere: async () => open && (await photosIn(folder)) !== null,
    remeasure: () => undefined,
    async close() {
      open = false;
      await queue(async () => undefined);
    },
  };
}

async function photosIn(folder: string): Promise<readonly string[] | null> {
  const names = await readdir(folder).catch(() => null);
  return names?.filter((name) => /\.jpe?g$/i.test(name)).sort() ?? null;
}
