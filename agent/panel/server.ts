import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Diagnosing } from '#agent/diagnosis/on-grip.ts';
import type { Readiness } from '#agent/health/readiness.ts';
import { Action } from '#agent/session/event.ts';
import type { Session, SessionView } from '#agent/session/session.ts';
import { PIN } from '#contract/officers/officer-register.ts';
import type { SimulatedKit } from '#drivers/simulated-kit.ts';
import { loadAssets } from './assets.ts';
import { eventStream } from './event-stream.ts';
import { HEADERS, STAND_HEADERS } from './headers.ts';
import type { PanelView } from './panel-view.ts';
import { isSameOrigin } from './same-origin.ts';
import { serveStand } from './stand.ts';

export interface PanelSetting {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
}

export interface Panel {
  readonly url: string;
  close(): Promise<void>;
}

/** What a kit may have beside its session. */
export interface PanelParts {
  /** The page of the simulated kit. */
  readonly stand?: SimulatedKit | null;
  readonly readiness?: (Readiness & { print(): Promise<void> }) | null;
  readonly diagnosing?: Diagnosing | null;
  /** Ends practice for good; null on a kit that is official already. */
  readonly beginOfficial?: (() => Promise<void>) | null;
}

/** The warning was read: nobody ends practice by a stray request. */
const OfficialRequest = z.strictObject({ sure: z.literal(true) });
const CheckRequest = z.strictObject({ what: z.enum(['run', 'print']) });
const ActRequest = z.strictObject({ turn: z.int().nonnegative(), action: Action });
const PinRequest = z.strictObject({
  officer: z.string().max(40),
  pin: z.string().regex(PIN),
  as: z.enum(['log-in', 'countersign']),
});
const PictureName = z.object({ photo: z.string().regex(/^[0-9a-f]{64}$/), figure: z.string().optional() });

/**
 * The kit's own screen: a page, the view as a stream of events, and actions. It listens on this machine
 * only. GET /events gives a view at once and at every change; POST /act takes {turn, action}, POST /pin a PIN.
 */
export async function servePanel(
  session: Session,
  setting: PanelSetting,
  { stand = null, readiness = null, diagnosing = null, beginOfficial = null }: PanelParts = {},
): Promise<Panel> {
  // A browser holds connections open on which it has not asked anything yet: they would keep a kit from stopping for a minute.
  const server = Fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  let port = setting.port;

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(stand && request.url === '/' ? STAND_HEADERS : HEADERS);
    if (!isSameOrigin(request.method, request.headers, port)) {
      await reply.code(403).send({ code: 'other-origin' });
    }
  });
  serveAssets(server, stand !== null);
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

  server.post('/check', async (request, reply) => {
    const parsed = CheckRequest.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ code: 'bad-check' });
    void (parsed.data.what === 'run' ? readiness?.run('with-camera') : readiness?.print());
    return {};
  });

  server.post('/official', async (request, reply) => {
    if (!OfficialRequest.safeParse(request.body).success) return reply.code(400).send({ code: 'bad-request' });
    if (!beginOfficial || !mayBeginOfficial(session.view())) return reply.code(409).send({ outcome: 'not-now' });
    const begun = await beginOfficial().then(
      () => true,
      () => false,
    );
    return { outcome: begun ? 'done' : 'blocked' };
  });

  const view = (): PanelView => ({
    ...session.view(),
    readiness: readiness?.view() ?? null,
    diagnosis: diagnosing?.view() ?? null,
  });
  const views = eventStream((listener) => {
    const stops = [session.onChange(listener), readiness?.onChange(listener), diagnosing?.onChange(listener)];
    return () => {
      for (const stop of stops) stop?.();
    };
  }, view);
  server.get('/events', (_request, reply) => views.open(reply));
  const closeStand = stand && serveStand(server, stand);

  await server.listen({ host: '127.0.0.1', port });
  port = (server.server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      views.close();
      closeStand?.();
      await server.close();
    },
  };
}

/** The chair, with nothing on the stand that would be lost; where there are no officers, whoever stands there. */
function mayBeginOfficial({ mode, state, draft, officers, officer }: SessionView): boolean {
  const role = officers.find(({ code }) => code === officer)?.role;
  const isIdle = draft === null && !['memotret', 'membaca', 'menyimpan'].includes(state);
  return mode === 'latihan' && isIdle && (officers.length === 0 || role === 'ketua');
}

function serveAssets(server: FastifyInstance, withStand: boolean): void {
  for (const [path, { type, body }] of loadAssets(withStand)) {
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
