import { z } from 'zod';
import { Mode } from './record.ts';

/**
 * Retained on a kit's status topic: `online` when a link is up, `offline` by its will or when it
 * leaves. A link has a number of two parts that only grow: `run`, one more at every start of the
 * agent, and `link`, one more at every attempt to connect. A broker may deliver the will of an old
 * link after the birth of a new one: the message with the smaller number is the older.
 */
export const KitStatus = z
  .strictObject({
    schema: z.literal(1),
    state: z.enum(['online', 'offline']),
    run: z.int().positive(),
    link: z.int().positive(),
  })
  .readonly();
export type KitStatus = z.infer<typeof KitStatus>;

/** Retained on a kit's health topic, every five minutes and after every new link. */
export const KitHealth = z
  .strictObject({
    schema: z.literal(1),
    agent: z.string().min(1),
    /** Whose records and pictures are counted. */
    mode: Mode,
    wallClock: z.iso.datetime(),
    clockSynchronised: z.boolean(),
    records: z
      .strictObject({
        waiting: z.int().nonnegative(),
        received: z.int().nonnegative(),
        refused: z.int().nonnegative(),
      })
      .readonly(),
    pictures: z.strictObject({ waiting: z.int().nonnegative(), received: z.int().nonnegative() }).readonly(),
  })
  .readonly();
export type KitHealth = z.infer<typeof KitHealth>;
