import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Camera, type Capture, looksLikeJpeg } from './camera.ts';

/**
 * The simulated camera: the photos of a folder (.jpg, .jpeg) in the order of their names, each
 * capture gives the next. The folder is read at every capture, so a photo laid into it later is
 * taken too; one that was given is not given again.
 */
export function openFolderCamera(folder: string): Camera {
  const given = new Set<string>();
  let open = true;
  let turn: Promise<unknown> = Promise.resolve();

  async function next(): Promise<Capture> {
    if (!open) return { kind: 'no-picture', code: 'disconnected' };
    const names = await photosIn(folder);
    if (names === null) return { kind: 'no-picture', code: 'disconnected' };
    const name = names.find((candidate) => !given.has(candidate));
    if (name === undefined) return { kind: 'no-picture', code: 'no-sheet' };
    given.add(name);
    const jpeg = await readFile(join(folder, name)).catch(() => null);
    if (jpeg === null || !looksLikeJpeg(jpeg)) return { kind: 'no-picture', code: 'bad-picture' };
    return { kind: 'picture', jpeg };
  }

  return {
    capture() {
      const taken = turn.then(next);
      turn = taken;
      return taken;
    },
    async close() {
      open = false;
      await turn;
    },
  };
}

async function photosIn(folder: string): Promise<readonly string[] | null> {
  const names = await readdir(folder).catch(() => null);
  return names?.filter((name) => /\.jpe?g$/i.test(name)).sort() ?? null;
}
