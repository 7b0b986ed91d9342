import { basename, dirname, extname, join } from 'node:path';

/**
 * The file of each photo's debug picture: `photo.debug.png` beside it, or in `folder`. A PNG, so that
 * `*.jpg` does not name it the next time. Photos of one name from several folders get numbers.
 */
export function debugFiles(photos: readonly string[], folder: string | null): readonly string[] {
  const taken = new Map<string, string>();
  return photos.map((photo) => {
    const place = join(folder ?? dirname(photo), basename(photo, extname(photo)));
    for (let n = 1; ; n++) {
      const file = `${place}${n === 1 ? '' : `-${n}`}.debug.png`;
      const owner = taken.get(file);
      if (owner !== undefined && owner !== photo) continue;
      taken.set(file, photo);
      return file;
    }
  });
}
