import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { z } from 'zod';
import type { OutcomeWords } from '#agent/enrolment/words.ts';
import { loadAsset } from './assets.ts';
import { HEADERS } from './headers.ts';
import { escaped, plainPage, STYLE } from './plain-page.ts';
import { isSameOrigin } from './same-origin.ts';
import type { PanelSetting } from './server.ts';

/** The screen of a machine that is not a kit yet, while a stick makes it one. */
export interface EnrolmentPage {
  readonly url: string;
  /** Shows the lines, the first of them large, and resolves with YA or not. */
  ask(lines: readonly string[]): Promise<boolean>;
  /** Shows what came of it. */
  tell(words: OutcomeWords): void;
  close(): Promise<void>;
}

const Answer = z.strictObject({ agrees: z.boolean() });
const SCRIPT = 'page/enrolment.ts';

export async function serveEnrolment({ port: wanted }: PanelSetting): Promise<EnrolmentPage> {
  const server = Fastify({ bodyLimit: 1_024, forceCloseConnections: true });
  const assets = new Map([STYLE, SCRIPT].map((path) => [`/${path}`, loadAsset(path)] as const));
  let port = wanted;
  let page = pageOf('begin', '<h1>Bekal sedang diperiksa.</h1>');
  let answer: ((agrees: boolean) => void) | null = null;

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (!isSameOrigin(request.method, request.headers, port)) await reply.code(403).send({ code: 'other-origin' });
  });
  server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  for (const [path, { type, body }] of assets) server.get(path, (_request, reply) => reply.type(type).send(body));
  server.post('/answer', async (request, reply) => {
    const given = Answer.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ code: 'bad-request' });
    answer?.(given.data.agrees);
    answer = null;
    return {};
  });
  await server.listen({ host: '127.0.0.1', port });
  port = (server.server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${port}/`,
    ask([first = '', ...more]) {
      const lines = more.map((line) => `<p>${escaped(line)}</p>`).join('');
      const keys = `<p class="answers"><button type="button" data-answer="yes">YA, ini TPS-nya</button>
        <button type="button" data-answer="no">BUKAN</button></p>`;
      page = pageOf('ask', `<h1>${escaped(first)}</h1>${lines}${keys}`);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    tell({ what, todo, isWell }) {
      const body = `<h1>${escaped(what)}</h1><p class="todo">${escaped(todo)}</p>`;
      page = pageOf(isWell ? 'done' : 'refused', body);
    },
    close: () => server.close(),
  };
}

function pageOf(step: 'begin' | 'ask' | 'done' | 'refused', main: string): string {
  return plainPage({ script: SCRIPT, className: 'enrolment', step, main: `<main>${main}</main>` });
}
