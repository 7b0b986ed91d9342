import type { Receipt } from '#contract/wire/receipt.ts';
import { CHUNK_BYTES, chunkCount } from '#contract/wire/topics.ts';
import { type AlarmCode, raise } from './alarms.ts';
import type { Sql } from './database.ts';
import { tell } from './news.ts';
import type { Office } from './office.ts';
import type { PictureOfKit } from './picture-files.ts';
import {
  chunkLength,
  findPicture,
  forgetChunks,
  missingChunks,
  type NamedPicture,
  noteChunk,
  noteComplete,
  unfinishedPictures,
} from './picture-store.ts';
import { documentsWith } from './results.ts';

export interface Chunk extends PictureOfKit {
  /** From 0. */
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/**
 * Takes one chunk. Only pictures that a record of the same kit names are kept; any other chunk is noted
 * as an alarm and dropped, for the record that names it will have it asked for. A chunk is not synced by
 * itself: the whole picture is hashed and synced before its receipt, and what was lost is asked for again.
 */
export async function receiveChunk(office: Office, arrived: Chunk): Promise<readonly Receipt[]> {
  const picture = await findPicture(office.database, arrived);
  if (!picture) return complain(office, arrived, 'Potongan gambar yang tidak disebut rekaman mana pun.');
  if (picture.complete) return [stored(picture)];
  if (chunkLength(picture.bytes, arrived.chunk) !== arrived.bytes.length) {
    return complain(office, arrived, `Potongan ${arrived.chunk} berukuran ${arrived.bytes.length} byte.`);
  }
  await office.pictures.writeChunk(picture, arrived.chunk * CHUNK_BYTES, arrived.bytes);
  await noteChunk(office.database, picture, arrived.chunk);
  // Read again: another receiver may have noted a chunk in the meantime, and whoever is last must see all of them.
  const now = (await findPicture(office.database, picture)) ?? picture;
  const mayBeDone = missingChunks(now).length === 0 || arrived.chunk === chunkCount(picture.bytes) - 1;
  return mayBeDone ? [await settle(office, now)] : [];
}

/** How these pictures stand: a receipt for each that is whole, a list of what is missing for each that is not. */
export async function answerPictures(
  office: Office,
  kit: string,
  sha256s: readonly string[],
): Promise<readonly Receipt[]> {
  const answers: Receipt[] = [];
  for (const sha256 of sha256s) {
    const picture = await findPicture(office.database, { kit, sha256 });
    if (picture) answers.push(await settle(office, picture));
  }
  return answers;
}

/** What is still missing from this kit's pictures; it is told when it comes on the line, and when we do. */
export async function answerReturn(office: Office, kit: string): Promise<readonly Receipt[]> {
  const unfinished = await unfinishedPictures(office.database, kit);
  const answers: Receipt[] = [];
  for (const picture of unfinished) answers.push(await settle(office, picture));
  return answers;
}

async function settle(office: Office, picture: NamedPicture): Promise<Receipt> {
  if (picture.complete) return stored(picture);
  const missing = missingChunks(picture);
  if (missing.length > 0) return wants(picture, missing);
  switch (await office.pictures.finish(picture)) {
    case 'stored':
      await office.database.transaction(async (sql) => {
        await noteComplete(sql, picture, office.now());
        await tellDocuments(sql, picture);
      });
      return stored(picture);
    case 'damaged':
      await forgetDamaged(office, picture);
      return wants(picture, missingChunks({ ...picture, held: [] }));
  }
}

async function tellDocuments(sql: Sql, { kit, sha256 }: PictureOfKit): Promise<void> {
  for (const document of await documentsWith(sql, kit, sha256)) await tell(sql, { kind: 'document', ...document });
}

async function forgetDamaged(office: Office, picture: NamedPicture): Promise<void> {
  await office.database.transaction((sql) => forgetChunks(sql, picture));
  await alarm(office, picture, 'picture-damaged', 'Gambar rusak di jalan dan diminta lagi.');
}

async function complain(office: Office, picture: PictureOfKit, reason: string): Promise<readonly Receipt[]> {
  await alarm(office, picture, 'unexpected-chunk', reason);
  return [];
}

async function alarm(office: Office, { kit, sha256 }: PictureOfKit, code: AlarmCode, reason: string): Promise<void> {
  await raise(office.database, { kit, code, reason, subject: sha256, sequence: null, excerpt: '' }, office.now());
}

function stored({ kit, sha256 }: PictureOfKit): Receipt {
  return { kind: 'picture', kit, sha256 };
}

function wants({ kit, sha256 }: PictureOfKit, chunks: readonly number[]): Receipt {
  return { kind: 'picture-wants', kit, sha256, chunks };
}
