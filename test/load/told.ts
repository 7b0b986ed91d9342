import { z } from 'zod';

/** What a process of kits tells the load test; times in ms since the epoch. */
export const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('confirmed'), digest: z.string(), losing: z.boolean(), at: z.number() }),
  z.object({ kind: z.literal('received'), digest: z.string(), at: z.number() }),
  z.object({ kind: z.literal('refused'), digest: z.string(), reason: z.string() }),
  /** Every document has its receipt and every picture is whole; what all of it took. */
  z.object({ kind: z.literal('done'), records: z.number(), chunks: z.number() }),
]);
export type Told = z.infer<typeof Told>;

/** What such a process is told when it begins. */
export const Task = z.object({
  authority: z.string(),
  port: z.number(),
  pictureBytes: z.number(),
  /** When the night begins, ms since the epoch. */
  startAt: z.number(),
  kits: z
    .array(
      z.object({
        kit: z.string(),
        tps: z.string(),
        confirmMs: z.array(z.number()).readonly(),
        group: z.number().nullable(),
      }),
    )
    .readonly(),
  outages: z.array(z.object({ group: z.number(), fromMs: z.number(), toMs: z.number() })).readonly(),
});
export type Task = z.infer<typeof Task>;
