import { type Bundle, type ByteSource, openBundle } from '#contract/wire/bundle.ts';
import type { Receipt } from '#contract/wire/receipt.ts';
import { CHUNK_BYTES, chunkCount } from '#contract/wire/topics.ts';
import type { Office } from './office.ts';
import { receiveChunk } from './receive-picture.ts';
import { receiveRecord } from './receive-record.ts';

export type Imported =
  /** What is to be signed and given back to the kit: an answer for each record, one for each picture that is whole. */
  | { readonly ok: true; readonly kit: string; readonly receipts: readonly Receipt[] }
  /** Nothing of it was taken. */
  | { readonly ok: false; readonly code: string; readonly reason: string };

/**
 * Takes what a kit could not send: every part goes the very way a message from the broker goes, so that
 * what came by network too, or was imported before, changes nothing and gets the same answer.
 */
export async function importBundle(office: Office, source: ByteSource): Promise<Imported> {
  const opened = await openBundle(source, { by: 'roots', roots: office.roots, role: 'kit', at: office.now() });
  if (!opened.ok) return opened;
  const { manifest, records } = opened.bundle;
  const answers: Receipt[] = [];
  for (const jws of records) answers.push(...(await receiveRecord(office, manifest.kit, Buffer.from(jws))));
  const wanted = answers.flatMap((answer) => (answer.kind === 'picture-wants' ? [answer] : []));
  for (const { sha256, chunks } of wanted)
    answers.push(...(await pictureOf(office, source, opened.bundle, sha256, chunks)));
  const ofRecords = answers.filter(({ kind }) => kind === 'record' || kind === 'refused');
  const ofPictures = answers.filter(({ kind }) => kind === 'picture');
  return { ok: true, kit: manifest.kit, receipts: [...ofRecords, ...ofPictures] };
}

/** Only what the records asked for is taken: a picture no record names has no business at the centre. */
async function pictureOf(
  office: Office,
  source: ByteSource,
  { manifest, pictures }: Bundle,
  sha256: string,
  chunks: readonly number[],
): Promise<readonly Receipt[]> {
  const picture = pictures.find((placed) => placed.sha256 === sha256);
  if (!picture) return [];
  const answers: Receipt[] = [];
  for (const chunk of chunks.filter((n) => n < chunkCount(picture.bytes))) {
    const from = chunk * CHUNK_BYTES;
    const bytes = await source.read(picture.at + from, Math.min(CHUNK_BYTES, picture.bytes - from));
    answers.push(...(await receiveChunk(office, { kit: manifest.kit, sha256, chunk, bytes })));
  }
  return answers;
}
