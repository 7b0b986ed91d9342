import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Sha256 } from '#contract/log/tree-head.ts';
import type { Office } from './office.ts';
import { publicRecordOf } from './public-record.ts';
import type { RecordLog } from './record-log.ts';

/** What anybody may ask, without a log-in: whether the centre holds the record of a printed digest, and how its log grew. */

const RecordPath = z.object({ digest: Sha256 });
const Sizes = z.object({ first: z.coerce.number().int().positive(), second: z.coerce.number().int().positive() });
const UNKNOWN = { error: 'tidak ditemukan' };

export function servePublic(server: FastifyInstance, { database, forms }: Office, log: RecordLog): void {
  server.get('/api/public/records/:digest', async (request, reply) => {
    const path = RecordPath.safeParse(request.params);
    if (!path.success) return reply.code(400).send({ error: 'sidik rekaman: 64 angka dan huruf a sampai f' });
    const { digest } = path.data;
    const record = await publicRecordOf(database, forms, digest);
    const proof = record && (await log.proofOf(digest));
    if (!proof || proof === 'unknown') return reply.code(404).send(UNKNOWN);
    return proof === 'pending' ? { state: 'pending' } : { state: 'proved', record, proof };
  });
  server.get('/api/public/head', async () => ({ head: (await log.head()).jws }));
  server.get('/api/public/consistency', async (request, reply) => {
    const sizes = Sizes.safeParse(request.query);
    const path = sizes.success ? await log.consistency(sizes.data.first, sizes.data.second) : null;
    return path === null ? reply.code(404).send(UNKNOWN) : { path };
  });
}
