import { mkdir } from 'node:fs/promises';
import type { PageChoice } from '#agent/read/reading.ts';
import type { Report } from '../report.ts';
import { debugFiles } from './debug-files.ts';
import { debugOrder } from './debug-order.ts';
import { drawDebugPicture } from './draw-process.ts';

/** What became of one debug picture; `fault` is null where it is written. */
export interface Drawn {
  readonly file: string;
  readonly fault: string | null;
}

/** Draws the picture of every photo of the report that is a picture, one after the other. */
export async function drawAll(
  report: Report,
  choice: PageChoice | null,
  folder: string | null,
  tell: (drawn: Drawn) => void,
): Promise<void> {
  const fault = folder === null ? null : await madeFolder(folder);
  const files = debugFiles(
    report.photos.map(({ photo }) => photo),
    folder,
  );
  for (const [i, file] of files.entries()) {
    const photo = report.photos[i];
    if (!photo || (photo.kind === 'refused' && photo.code === 'not-a-picture')) continue;
    tell({ file, fault: fault ?? (await drawDebugPicture(debugOrder(report, photo, choice, file))) });
  }
}

function madeFolder(folder: string): Promise<string | null> {
  return mkdir(folder, { recursive: true }).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}
