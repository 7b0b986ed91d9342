import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { HEADERS } from './headers.ts';

/** A proxy or a sleeping screen drops a silent stream. */
const HEARTBEAT_MS = 15_000;

/** Server-sent events: what is to be shown, at once and at every change. */
export interface EventStream {
  /** Keeps the answer open until the screen leaves. */
  open(reply: FastifyReply): void;
  /** Ends every open stream. */
  close(): void;
}

export function eventStream(
  onChange: (listener: () => void) => () => void,
  look: () => unknown | Promise<unknown>,
): EventStream {
  const open = new Set<() => void>();
  return {
    open(reply) {
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
      const end = follow(stream, onChange, look);
      open.add(end);
      stream.on('close', () => {
        end();
        open.delete(end);
      });
    },
    close() {
      for (const end of open) end();
    },
  };
}

/** To a screen that does not take what it was given, only the newest is worth sending once it does. */
function follow(
  stream: ServerResponse,
  onChange: (listener: () => void) => () => void,
  look: () => unknown | Promise<unknown>,
): () => void {
  let isBehind = false;
  const write = (view: unknown) => {
    if (!stream.writableEnded) stream.write(`data: ${JSON.stringify(view)}\n\n`);
  };
  const send = () => {
    isBehind = stream.writableNeedDrain;
    if (isBehind) return;
    const view = look();
    if (view instanceof Promise) void view.then(write);
    else write(view);
  };
  const stop = onChange(send);
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
