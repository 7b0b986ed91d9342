import { z } from 'zod';
import { CHUNK_BYTES, chunkCount } from '#contract/wire/topics.ts';
import type { Sql } from './database.ts';
import type { PictureOfKit } from './picture-files.ts';

/** Which pictures the records name and how much of each has arrived. */
export interface NamedPicture extends PictureOfKit {
  readonly bytes: number;
  readonly complete: boolean;
  /** Numbers of the chunks held, ascending. */
  readonly held: readonly number[];
}

/** Length the chunk must have, bytes; null where the picture has no such chunk. */
export function chunkLength(bytes: number, chunk: number): number | null {
  if (chunk >= chunkCount(bytes)) return null;
  return Math.min(CHUNK_BYTES, bytes - chunk * CHUNK_BYTES);
}

/** Numbers of the chunks that are not there, ascending. */
export function missingChunks(picture: Pick<NamedPicture, 'bytes' | 'held'>): readonly number[] {
  const held = new Set(picture.held);
  return Array.from({ length: chunkCount(picture.bytes) }, (_, chunk) => chunk).filter((chunk) => !held.has(chunk));
}

const PictureRow = z.object({
  kit: z.string(),
  sha256: z.string(),
  bytes: z.coerce.number(),
  complete: z.boolean(),
  held: z.array(z.number()),
});
const PICTURES = `select p.kit, p.sha256, p.bytes, p.complete_at is not null as complete,
    coalesce((select jsonb_agg(c.chunk order by c.chunk) from picture_chunks c
              where c.kit = p.kit and c.sha256 = p.sha256), '[]'::jsonb) as held
  from pictures p`;

export async function findPicture(sql: Sql, { kit, sha256 }: PictureOfKit): Promise<NamedPicture | undefined> {
  const [row] = await sql.rows(PictureRow, `${PICTURES} where p.kit = $1 and p.sha256 = $2`, [kit, sha256]);
  return row;
}

/** Pictures of this kit that are not all there yet. */
export function unfinishedPictures(sql: Sql, kit: string): Promise<readonly NamedPicture[]> {
  return sql.rows(PictureRow, `${PICTURES} where p.kit = $1 and p.complete_at is null order by p.sha256`, [kit]);
}

const LengthRow = z.object({ bytes: z.coerce.number() });

/** A record names a picture. Named again with another length, the first stays. */
export async function namePicture(
  sql: Sql,
  { kit, sha256 }: PictureOfKit,
  bytes: number,
): Promise<'named' | 'length-differs'> {
  const [known] = await sql.rows(
    LengthRow,
    `insert into pictures (kit, sha256, bytes) values ($1, $2, $3)
     on conflict (kit, sha256) do update set bytes = pictures.bytes returning bytes`,
    [kit, sha256, bytes],
  );
  return known?.bytes === bytes ? 'named' : 'length-differs';
}

export async function noteChunk(sql: Sql, { kit, sha256 }: PictureOfKit, chunk: number): Promise<void> {
  await sql.write('insert into picture_chunks values ($1, $2, $3) on conflict do nothing', [kit, sha256, chunk]);
}

export async function noteComplete(sql: Sql, { kit, sha256 }: PictureOfKit, now: Date): Promise<void> {
  await forgetChunks(sql, { kit, sha256 });
  await sql.write('update pictures set complete_at = $3 where kit = $1 and sha256 = $2 and complete_at is null', [
    kit,
    sha256,
    now,
  ]);
}

/** The chunks turned out damaged, or are one whole file now. */
export async function forgetChunks(sql: Sql, { kit, sha256 }: PictureOfKit): Promise<void> {
  await sql.write('delete from picture_chunks where kit = $1 and sha256 = $2', [kit, sha256]);
}
