import type { Receipt } from '#contract/wire/receipt.ts';
import { chunkCount } from '#contract/wire/topics.ts';
import { answered, type OutboxPicture, type OutboxRecord } from './outbox-record.ts';
import { acknowledged, deadlinesOf, fillWindow, type Transfer, wants } from './transfer.ts';

/**
 * Decides what goes to central next; pure. Records go in the order of their numbers, one at a time,
 * each until central's receipt; pictures only when no record waits, those of the newest document
 * first. Nothing is done before a receipt says so: what the link loses is sent again. Times are
 * monotonic milliseconds.
 */
export interface Outbox {
  readonly records: readonly OutboxRecord[];
  readonly receivedPictures: ReadonlySet<string>;
  /** Pictures the disk could not give since the link is up. */
  readonly lostPictures: ReadonlySet<string>;
  readonly link: 'up' | 'down';
  /** The record on its way, and when it is sent again. */
  readonly sending: RecordInFlight | null;
  /** When refused records are offered once more. */
  readonly offerAgainAt: number;
  /** Refused records still to be offered in this round, and received ones central asks for again. */
  readonly toOffer: readonly number[];
  readonly transfer: Transfer | null;
}

export interface RecordInFlight {
  readonly sequence: number;
  readonly until: number;
  readonly tries: number;
}

export interface OutboxLimits {
  /** Chunks of pictures on their way at once. */
  readonly window: number;
  /** A record or a question without an answer is sent again after this; each time twice as long … */
  readonly timeoutMs: number;
  /** … but never longer than this. A chunk the broker has not acknowledged is sent again after this only. */
  readonly longestTimeoutMs: number;
  /** Refused records are offered again after this, and with every new link. */
  readonly offerAgainMs: number;
}

export const OUTBOX_LIMITS: OutboxLimits = {
  window: 4,
  timeoutMs: 15_000,
  longestTimeoutMs: 300_000,
  offerAgainMs: 600_000,
};

export type OutboxEvent =
  | { readonly kind: 'link-up' | 'link-down' | 'tick' }
  | { readonly kind: 'confirmed'; readonly record: OutboxRecord }
  /** A verified receipt, already kept on the disk; `jws` is its envelope. */
  | { readonly kind: 'receipt'; readonly receipt: Receipt; readonly jws: string }
  | { readonly kind: 'chunk-acknowledged'; readonly sha256: string; readonly chunk: number }
  | { readonly kind: 'picture-lost'; readonly sha256: string };

export type OutboxAction =
  | { readonly kind: 'send-record'; readonly record: OutboxRecord }
  | { readonly kind: 'send-chunk'; readonly sha256: string; readonly chunk: number };

export interface OutboxStep {
  readonly outbox: Outbox;
  readonly actions: readonly OutboxAction[];
}

export function outboxOf(records: readonly OutboxRecord[], receivedPictures: readonly string[]): Outbox {
  return {
    records,
    receivedPictures: new Set(receivedPictures),
    lostPictures: new Set(),
    link: 'down',
    sending: null,
    offerAgainAt: 0,
    toOffer: [],
    transfer: null,
  };
}

export function step(outbox: Outbox, event: OutboxEvent, now: number, limits: OutboxLimits): OutboxStep {
  const heard = hear(outbox, event, now, limits);
  if (heard.link === 'down') return { outbox: heard, actions: [] };
  const withRecord = sendRecord(offerRefused(heard, now, limits), now, limits);
  const withPicture = sendPicture(withRecord.outbox, now, limits);
  return { outbox: withPicture.outbox, actions: [...withRecord.actions, ...withPicture.actions] };
}

/** When the next `tick` is due; null when only an event can bring news. */
export function wakeAt(outbox: Outbox): number | null {
  if (outbox.link === 'down') return null;
  const { transfer, sending } = outbox;
  const times = [
    ...(sending ? [sending.until] : []),
    ...(transfer && !firstWaiting(outbox) ? deadlinesOf(transfer) : []),
    ...(outbox.records.some(isRefused) ? [outbox.offerAgainAt] : []),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/** Pictures central does not hold yet, in the order they will go: the newest received document's first. */
export function waitingPictures(outbox: Outbox): readonly OutboxPicture[] {
  const waiting = outbox.records
    .filter(({ answer }) => answer.kind === 'received')
    .reverse()
    .flatMap(({ pictures }) => pictures)
    .filter(({ sha256 }) => !outbox.receivedPictures.has(sha256) && !outbox.lostPictures.has(sha256));
  return [...new Map(waiting.map((picture) => [picture.sha256, picture])).values()];
}

function hear(outbox: Outbox, event: OutboxEvent, now: number, limits: OutboxLimits): Outbox {
  const { transfer } = outbox;
  switch (event.kind) {
    case 'tick':
      return outbox;
    case 'link-up':
      return { ...outbox, ...nothingInFlight, link: 'up', lostPictures: new Set(), ...roundOf(outbox, now, limits) };
    case 'link-down':
      return { ...outbox, ...nothingInFlight, link: 'down' };
    case 'confirmed':
      return withRecord(outbox, event.record);
    case 'receipt':
      return withReceipt(outbox, event.receipt, event.jws);
    case 'chunk-acknowledged':
      return { ...outbox, transfer: transfer && acknowledged(transfer, event.sha256, event.chunk) };
    case 'picture-lost':
      return { ...outbox, lostPictures: new Set([...outbox.lostPictures, event.sha256]) };
  }
}

const nothingInFlight = { sending: null, transfer: null } as const;

function withRecord(outbox: Outbox, record: OutboxRecord): Outbox {
  const isKnown = outbox.records.some(({ sequence }) => sequence >= record.sequence);
  return isKnown ? outbox : { ...outbox, records: [...outbox.records, record] };
}

function withReceipt(outbox: Outbox, receipt: Receipt, jws: string): Outbox {
  const { transfer, sending } = outbox;
  switch (receipt.kind) {
    case 'record':
    case 'refused': {
      const records = outbox.records.map((record) => answered(record, receipt, jws) ?? record);
      const settled = records.some(
        ({ sequence, digest }) => sequence === sending?.sequence && digest === receipt.digest,
      );
      return { ...outbox, records, sending: settled ? null : sending };
    }
    case 'picture':
      return { ...outbox, receivedPictures: new Set([...outbox.receivedPictures, receipt.sha256]) };
    case 'picture-wants': {
      const receivedPictures = new Set(outbox.receivedPictures);
      receivedPictures.delete(receipt.sha256);
      return { ...outbox, receivedPictures, transfer: transfer && wants(transfer, receipt.sha256, receipt.chunks) };
    }
    case 'record-wants': {
      const again = outbox.records.filter(({ sequence, answer }) => {
        return answer.kind === 'received' && receipt.sequences.includes(sequence);
      });
      return { ...outbox, toOffer: withAll(outbox.toOffer, again) };
    }
    case 'listening':
      return { ...outbox, ...nothingInFlight };
  }
}

function isRefused({ answer }: OutboxRecord): boolean {
  return answer.kind === 'refused';
}

/** Every refused record once more: what central lacked (the kit's registration, a form) may be there now. */
function roundOf(outbox: Outbox, now: number, { offerAgainMs }: OutboxLimits) {
  return { toOffer: withAll(outbox.toOffer, outbox.records.filter(isRefused)), offerAgainAt: now + offerAgainMs };
}

function withAll(sequences: readonly number[], records: readonly OutboxRecord[]): readonly number[] {
  return [...new Set([...sequences, ...records.map(({ sequence }) => sequence)])];
}

function offerRefused(outbox: Outbox, now: number, limits: OutboxLimits): Outbox {
  return outbox.offerAgainAt > now ? outbox : { ...outbox, ...roundOf(outbox, now, limits) };
}

function sendRecord(outbox: Outbox, now: number, limits: OutboxLimits): OutboxStep {
  const { sending } = outbox;
  const record = nextRecord(outbox);
  if (!record) return { outbox, actions: [] };
  const again = record.sequence === sending?.sequence;
  if (again && sending.until > now) return { outbox, actions: [] };
  const tries = again ? sending.tries + 1 : 1;
  return {
    outbox: {
      ...outbox,
      sending: { sequence: record.sequence, tries, until: now + timeout(tries, limits) },
      toOffer: outbox.toOffer.filter((sequence) => sequence !== record.sequence),
    },
    actions: [{ kind: 'send-record', record }],
  };
}

/** The first that waits for its first answer; else the one on its way; else a refused one to be offered again. */
function nextRecord(outbox: Outbox): OutboxRecord | undefined {
  return firstWaiting(outbox) ?? bySequence(outbox, outbox.sending?.sequence ?? outbox.toOffer[0]);
}

function firstWaiting({ records }: Outbox): OutboxRecord | undefined {
  return records.find(({ answer }) => answer.kind === 'waiting');
}

function bySequence(outbox: Outbox, sequence: number | undefined): OutboxRecord | undefined {
  return outbox.records.find((record) => record.sequence === sequence);
}

function sendPicture(outbox: Outbox, now: number, limits: OutboxLimits): OutboxStep {
  const [next] = waitingPictures(outbox);
  if (!next) return { outbox: { ...outbox, transfer: null }, actions: [] };
  if (firstWaiting(outbox)) return { outbox, actions: [] };
  const { transfer } = outbox;
  if (transfer?.picture.sha256 !== next.sha256) return ask(outbox, next, 1, now, limits);
  if (transfer.phase !== 'sending' && transfer.until <= now) return ask(outbox, next, transfer.tries + 1, now, limits);
  const filled = fillWindow(transfer, now, limits);
  const actions = filled.chunks.map((chunk) => ({ kind: 'send-chunk', sha256: next.sha256, chunk }) as const);
  return { outbox: { ...outbox, transfer: filled.transfer }, actions };
}

/** The last chunk asks: central answers it with what it lacks, or that the picture is whole. */
function ask(outbox: Outbox, picture: OutboxPicture, tries: number, now: number, limits: OutboxLimits): OutboxStep {
  const transfer: Transfer = { phase: 'asking', picture, tries, until: now + timeout(tries, limits) };
  const chunk = chunkCount(picture.bytes) - 1;
  return { outbox: { ...outbox, transfer }, actions: [{ kind: 'send-chunk', sha256: picture.sha256, chunk }] };
}

function timeout(tries: number, { timeoutMs, longestTimeoutMs }: OutboxLimits): number {
  return Math.min(timeoutMs * 2 ** (tries - 1), longestTimeoutMs);
}
