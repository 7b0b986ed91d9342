import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BUTTONS } from '#drivers/buttons/buttons.ts';
import { PRINTER_STATES } from '#drivers/printer/printer.ts';
import type { Deed, SimulatedKit } from '#drivers/simulated-kit.ts';
import { eventStream } from './event-stream.ts';

const Name = z.string().min(1).max(100);
const DeedRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('press'), button: z.enum(BUTTONS) }),
  z.strictObject({ kind: z.literal('grip') }),
  z.strictObject({ kind: z.literal('lay'), sheet: Name.nullable() }),
  z.strictObject({ kind: z.literal('badge'), text: Name }),
  z.strictObject({ kind: z.literal('printer'), state: z.enum(PRINTER_STATES) }),
  z.strictObject({ kind: z.literal('camera'), plugged: z.boolean() }),
]) satisfies z.ZodType<Deed>;

/**
 * The table on which a simulated kit stands: GET /stand/events tells what lamps, buzzer and printer show, POST
 * /stand/do is what hands do. The page is /stand/; the kit's own screen lies in it as it is.
 */
export function serveStand(server: FastifyInstance, kit: SimulatedKit): () => void {
  const stream = eventStream(kit.onChange, () => kit.look());
  server.get('/stand/events', (_request, reply) => stream.open(reply));
  server.post('/stand/do', async (request, reply) => {
    const parsed = DeedRequest.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ code: 'bad-deed' });
    kit.do(parsed.data);
    return {};
  });
  return stream.close;
}
