import { readFile, writeFile } from 'node:fs/promises';
import { shippedForms } from '#contract/forms.ts';
import type { DebugOrder } from './debug-order.ts';
import { debugPicture } from './debug-picture.ts';

/** The drawing process: draws what its one message orders, answers with one message and ends. */
process.once('message', async (order: DebugOrder) => {
  const fault = await draw(order).catch(String);
  process.send?.(fault, () => process.exit(0));
});

/** Null when the picture is written; else why not. */
async function draw(order: DebugOrder): Promise<string | null> {
  const png = debugPicture(await readFile(order.photo.photo), shippedForms(), order);
  if (!png) return 'bukan foto / no picture';
  return writeFile(order.out, png).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}
