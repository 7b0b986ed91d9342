import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Action } from '#agent/session/event.ts';
import type { Session } from '#agent/session/session.ts';
import { PIN } from '#contract/officers/officer-register.ts';
import { loadAssets } from './assets.ts';
import { isSameOrigin } from './same-origin.ts';

export interface PanelSetting {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
}

export interface Panel {
  readonly url: string;
  close(): Promise<void>;
}

const ActRequest = z.strictObject({ turn: z.int().nonnegative(), action: Action });
const PinRequest = z.strictObject({
  officer: z.string().max(40),
  pin: z.string().regex(PIN),
  as: z.enum(['log-in', 'countersign']),
});
const PictureName = z.object({ photo: z.string().regex(/^[0-9a-f]{64}$/), figure: z.string().optional() });

/** A proxy or a sleeping screen drops a silent stream. */
const HEARTBEAT_MS = 15_000;

/** Nothing from elsewhere, nothing inline, in no frame. */
export const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/**
 * The kit's own screen: a page, the view as a stream of events, and actions. It listens on this machine
 * only. GET /events gives a view at once and at every change; POST /act takes {turn, action}.
 */
export async function servePanel(session: Session, setting: PanelSetting): Promise<Panel> {
  const server = Fastify({ bodyLimit: 64 * 1024 });
  const streams = new Set<() => void>();
  let port = setting.port;

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (!isSameOrigin(request.method, request.headers, port)) {
      await reply.code(403).send({ code: 'other-origin' });
    }
  });
  serveAssets(server);
  servePictures(server, session);

  server.post('/act', async (request, reply) => {
    const parsed = ActRequest.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ code: 'bad-action' });
    return { outcome: await session.act(parsed.data.turn, parsed.data.action) };
  });

  server.post('/pin', async (request, reply) => {
    const parsed = PinRequest.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ code: 'bad-pin' });
    return session.enterPin(parsed.data);
  });

  server.get('/events', (_request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    const end = followView(session, stream);
    streams.add(end);
    stream.on('close', () => {
      end();
      streams.delete(end);
    });
  });

  await server.listen({ host: '127.0.0.1', port });
  port = (server.server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      for (const end of streams) end();
      await server.close();
    },
  };
}

/**
 * Writes the view at once and at every change; answers how to end that. To a screen that does not take
 * what it was given, only the newest view is worth sending once it does.
 */
function followView(session: Session, stream: ServerResponse): () => void {
  let isBehind = false;
  const send = () => {
    isBehind = stream.writableNeedDrain;
    if (!isBehind) stream.write(`data: ${JSON.stringify(session.view())}\n\n`);
  };
  const stop = session.onChange(send);
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MS);
  stream.on('drain', () => {
    if (isBehind) send();
  });
  send();
  return () => {
    stop();
    clearInterval(heartbeat);
    stream.end();
  };
}

function serveAssets(server: FastifyInstance): void {
  for (const [path, { type, body }] of loadAssets()) {
    server.get(path, (_request, reply) => reply.type(type).send(body));
  }
}

/** `/pictures/<photo>` is the flattened page, `/pictures/<photo>/<figure>` a figure's cut-out. */
function servePictures(server: FastifyInstance, session: Session): void {
  for (const path of ['/pictures/:photo', '/pictures/:photo/:figure']) {
    server.get(path, (request, reply) => {
      const name = PictureName.safeParse(request.params);
      const picture = name.success && session.picture(name.data.photo, name.data.figure ?? null);
      if (!picture) return reply.code(404).send({ code: 'no-picture' });
      return reply.type('image/jpeg').send(Buffer.from(picture));
    });
  }
}
