import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Mode } from '#contract/wire/record.ts';
import { latestAlarms } from './alarms.ts';
import { listen } from './news.ts';
import type { Office } from './office.ts';
import { CHECK_ADDRESS, loadPage } from './page-files.ts';
import { servePublic } from './public-server.ts';
import type { RecordLog } from './record-log.ts';
import { documentOf, isRestrictedPicture, overviewOf, resultsOf } from './results.ts';

export interface HttpSetting {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}
export interface CentralServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Nothing from elsewhere, nothing inline: even a name that got through as markup could not run. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
const HEARTBEAT_MS = 20_000;
const ALARMS_SHOWN = 200;

const ModeQuery = z.object({ mode: Mode.default('resmi') });
const DocumentPath = z.object({ mode: Mode, tps: z.string().regex(/^\d{13}$/), form: z.string().max(100) });
const PicturePath = z.object({ name: z.string().regex(/^[0-9a-f]{64}\.jpg$/) });

/** The page, what it asks for, and `/api/results` for programs. Reads only. */
export async function openServer(office: Office, log: RecordLog, setting: HttpSetting): Promise<CentralServer> {
  const server = fastify({ forceCloseConnections: true });
  server.addHook('onSend', async (_, reply) => {
    reply.headers(HEADERS);
  });
  for (const file of loadPage()) {
    const give = (_: FastifyRequest, reply: FastifyReply) =>
      reply.type(file.type).header('cache-control', 'no-cache').send(file.content);
    server.get(file.path, give);
    // As it is printed on a receipt, in a QR code.
    if (file.path === CHECK_ADDRESS) server.get(`${CHECK_ADDRESS}/:digest`, give);
  }
  answerQuestions(server, office);
  servePictures(server, office);
  servePublic(server, office, log);
  await serveNews(server, office);
  await server.listen(setting);
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://${setting.host}:${port}/`, close: () => server.close() };
}

function answerQuestions(server: FastifyInstance, office: Office): void {
  const { database, forms } = office;
  server.get('/api/overview', async (request, reply) => {
    const query = ModeQuery.safeParse(request.query);
    return query.success ? overviewOf(database, forms, query.data.mode) : reply.code(400).send(UNKNOWN);
  });
  server.get('/api/results', async (request, reply) => {
    const query = ModeQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(UNKNOWN);
    const { mode } = query.data;
    return { mode, documents: await resultsOf(database, forms, mode) };
  });
  server.get('/api/documents/:mode/:tps/:form', async (request, reply) => {
    const path = DocumentPath.safeParse(request.params);
    const document = path.success ? await documentOf(database, forms, path.data) : null;
    return document ?? reply.code(404).send(UNKNOWN);
  });
  server.get('/api/alarms', () => latestAlarms(database, ALARMS_SHOWN));
}

const UNKNOWN = { error: 'tidak ditemukan' };

function servePictures(server: FastifyInstance, office: Office): void {
  server.get('/pictures/:name', async (request, reply) => {
    const path = PicturePath.safeParse(request.params);
    const sha256 = path.success ? path.data.name.slice(0, 64) : null;
    const picture = sha256 && (await office.pictures.read(sha256));
    if (!picture || (await isRestrictedPicture(office.database, sha256))) return reply.code(404).send(UNKNOWN);
    return reply
      .type('image/jpeg')
      .header('content-length', picture.bytes)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(picture.stream());
  });
}

/** Server-Sent Events. A page that connects again asks for everything anew, so nothing is kept for it. */
async function serveNews(server: FastifyInstance, office: Office): Promise<void> {
  const pages = new Set<ServerResponse>();
  const toAll = (text: string) => {
    for (const page of pages) page.write(text);
  };
  const stopListening = await listen(office.database, (news) => toAll(`data: ${JSON.stringify(news)}\n\n`));
  const heartbeat = setInterval(() => toAll(': masih tersambung\n\n'), HEARTBEAT_MS);
  server.addHook('onClose', async () => {
    await stopListening();
    clearInterval(heartbeat);
    for (const page of pages) page.end();
  });
  server.get('/api/news', (_, reply) => {
    reply.hijack();
    const page = reply.raw;
    page.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    page.write('retry: 2000\n\n');
    pages.add(page);
    page.on('close', () => pages.delete(page));
  });
}
