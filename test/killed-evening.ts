import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Kpps, kppsAt, type Paper } from './kpps.ts';
import type { Scene } from './scene.ts';

/** What is killed as a power cut kills it. */
export const VICTIMS = ['kit', 'broker', 'central'] as const;
export type Victim = (typeof VICTIMS)[number];

/** When it is killed: so long after the evening's start, or after YA was pressed on the figures. */
export interface Moment {
  readonly from: 'start' | 'ya';
  readonly ms: number;
}

/** What kit and central hold in the end. */
export interface Ending {
  /** Digest of the record the KPPS confirmed, as the kit shows it. */
  readonly confirmed: string;
  readonly documents: z.infer<typeof Results>['documents'];
  readonly alarms: unknown;
}

const Results = z.object({
  documents: z.array(
    z.object({
      tps: z.string(),
      form: z.string(),
      digest: z.string(),
      version: z.number(),
      picturesWhole: z.number(),
      figures: z.record(z.string(), z.number().nullable()),
    }),
  ),
});

/**
 * Runs the evening of a scene to its end, kills one process at a moment of it and starts that again;
 * answers when kit and central agree that record and pictures are received.
 */
export async function killedEvening(scene: Scene, paper: Paper, victim: Victim, moment: Moment): Promise<Ending> {
  await scene.broker.start();
  let central = await scene.startCentral();
  let kpps = kppsAt(await scene.startKit(), paper);
  // The kit may die under the hands of the KPPS member, who then goes on with what it shows afterwards.
  const ya = Promise.withResolvers<void>();
  const disturbed = confirmedBy(kpps, ya.resolve).catch(() => undefined);
  if (moment.from === 'ya') await Promise.race([ya.promise, disturbed]);
  await sleep(moment.ms);
  switch (victim) {
    case 'kit':
      await scene.kit.kill();
      await disturbed;
      kpps = kppsAt(await scene.startKit(), paper);
      break;
    case 'central':
      await scene.central.kill();
      central = await scene.startCentral();
      break;
    case 'broker':
      await scene.broker.kill();
      await scene.broker.start();
      break;
  }
  await disturbed;
  await confirmedBy(kpps);
  const { record } = await kpps.until(
    'receipts of record and pictures',
    (view) => view.record?.stage === 'diterima-pusat' && view.uplink?.pictures.waiting === 0,
  );
  const results = Results.parse(await (await fetch(`${central}api/results?mode=resmi`)).json());
  const alarms: unknown = await (await fetch(`${central}api/alarms`)).json();
  return { confirmed: record?.digest ?? '', documents: results.documents, alarms };
}

/** Scans and settles everything and leaves the kit about to be confirmed; its folder can be copied for many evenings. */
export async function leaveAboutToConfirm(scene: Scene, paper: Paper, pages: number): Promise<void> {
  await scene.startCentral();
  const kpps = kppsAt(await scene.startKit(), paper);
  for (let page = 1; page <= pages; page += 1) await kpps.scan();
  await kpps.settle();
  await kpps.proofread();
  await kpps.until('konfirmasi', ({ state }) => state === 'konfirmasi');
  await scene.stop();
}

/** Scans, settles, corrects and presses YA, from wherever the evening stands, until there is a record. */
export async function confirmedBy(kpps: Kpps, pressed: () => void = () => undefined): Promise<void> {
  for (;;) {
    const seen = await kpps.until('the KPPS to be needed', (view) => view.record !== null || HANDS_ON.has(view.state));
    if (seen.record !== null) return;
    if (seen.state === 'menunggu') await kpps.scan();
    if (seen.state === 'periksa') await kpps.settle();
    if (seen.state !== 'konfirmasi') continue;
    await kpps.proofread();
    await kpps.confirm();
    pressed();
    await kpps.until('the record', (view) => view.record !== null || view.state !== 'konfirmasi');
  }
}

const HANDS_ON: ReadonlySet<string> = new Set(['menunggu', 'periksa', 'konfirmasi']);
