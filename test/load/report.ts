import { quantile } from '#test/bench/table.ts';
import type { BareThroughput } from './bare-broker.ts';
import type { Resident } from './resources.ts';

/** What happened to one document; ms since the night began. */
export interface DocumentFate {
  readonly confirmedAt: number;
  /** null: no receipt came. */
  readonly receivedAt: number | null;
  /** Its kit is one of those that lose the network. */
  readonly losing: boolean;
}

/** What the centre's database holds in the end. */
export interface Held {
  readonly records: number;
  readonly digests: number;
  readonly inLog: number;
  readonly pictures: number;
  readonly alarms: number;
  /** Of the first paslon, over all stations that count. */
  readonly votes: number;
}

export interface LoadReport {
  readonly schema: 1;
  readonly kits: number;
  readonly receivers: number;
  readonly pictureBytes: number;
  readonly lengthMs: number;
  /** From the first confirmation to the last receipt. */
  readonly tookMs: number;
  readonly expected: {
    readonly records: number;
    readonly pictures: number;
    readonly chunks: number;
    readonly votes: number;
  };
  readonly held: Held;
  readonly refused: readonly string[];
  readonly latency: { readonly all: Latency; readonly steady: Latency };
  /** Documents a second: over all of it, and in the busiest ten seconds. */
  readonly throughput: { readonly mean: number; readonly peak: number; readonly chunksMean: number };
  /** From each restart of the broker until everything confirmed by then was received. */
  readonly stormsMs: readonly number[];
  /** Published beyond what there was to publish. */
  readonly again: { readonly records: number; readonly chunks: number };
  readonly memory: { readonly peak: Omit<Resident, 'at'>; readonly last: Omit<Resident, 'at'> };
  readonly bareBroker: readonly BareThroughput[];
}

/** ms */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function latencyOf(fates: readonly DocumentFate[]): Latency {
  const waits = fates.flatMap(({ confirmedAt, receivedAt }) => (receivedAt === null ? [] : [receivedAt - confirmedAt]));
  const at = (share: number) => Math.round(quantile(waits, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: Math.max(0, ...waits) };
}

const WINDOW_MS = 10_000;

/** Receipts a second in the busiest window. */
export function peakOf(fates: readonly DocumentFate[]): number {
  const perWindow = Map.groupBy(fates, ({ receivedAt }) => Math.floor((receivedAt ?? -1) / WINDOW_MS));
  const busiest = Math.max(0, ...[...perWindow].filter(([window]) => window >= 0).map(([, own]) => own.length));
  return (busiest * 1_000) / WINDOW_MS;
}

/** How long after that moment the last document confirmed before it was received. */
export function drainedAfter(fates: readonly DocumentFate[], moment: number): number {
  const waiting = fates.filter(({ confirmedAt, receivedAt }) => confirmedAt <= moment && (receivedAt ?? 0) > moment);
  return Math.max(0, ...waiting.map(({ receivedAt }) => (receivedAt ?? moment) - moment));
}

/** Whether every document is held once, every picture whole, and nothing was refused. */
export function isAllThere({ expected, held, refused }: LoadReport): boolean {
  const { records, pictures, votes } = expected;
  const once = held.records === records && held.digests === records && held.inLog === records;
  return once && held.pictures === pictures && held.votes === votes && refused.length === 0;
}

export function rowsOf(report: LoadReport): readonly (readonly [what: string, figure: string])[] {
  const { expected, held, latency, throughput, again, memory } = report;
  const ms = (value: number) => (value < 10_000 ? `${value} ms` : `${(value / 1_000).toFixed(1)} s`);
  const line = ({ p50, p95, p99, max }: Latency) => `${ms(p50)}, ${ms(p95)}, ${ms(p99)}, ${ms(max)}`;
  const used = ({ broker, receivers, database }: Omit<Resident, 'at'>) => `${broker}, ${receivers}, ${database} MB`;
  return [
    ['kits, receivers', `${report.kits}, ${report.receivers}`],
    [
      'records expected, held, different, in the log',
      `${expected.records}, ${held.records}, ${held.digests}, ${held.inLog}`,
    ],
    ['pictures expected, whole', `${expected.pictures}, ${held.pictures}`],
    ['votes of paslon 1 expected, summed', `${expected.votes}, ${held.votes}`],
    ['refused; alarms', `${report.refused.length}; ${held.alarms}`],
    ['night planned; first confirmation to last receipt', `${ms(report.lengthMs)}; ${ms(report.tookMs)}`],
    ['confirmed to receipt, all: p50, p95, p99, longest', line(latency.all)],
    ['the same, kits that never lost the network', line(latency.steady)],
    ['documents a second: mean, busiest 10 s', `${throughput.mean.toFixed(1)}, ${throughput.peak.toFixed(1)}`],
    ['chunks of 16 KiB a second: mean', throughput.chunksMean.toFixed(0)],
    ['after each restart of the broker, all of before received', report.stormsMs.map(ms).join(', ')],
    ['sent again: records, chunks', `${again.records}, ${again.chunks}`],
    ['memory of broker, receivers, PostgreSQL: most', used(memory.peak)],
    ['the same: in the end', used(memory.last)],
    ...report.bareBroker.map(
      ({ what, bytes, rate }) =>
        [`the bare broker, a ${what} of ${bytes / 1024} KiB`, `${rate.toFixed(0)} a second`] as const,
    ),
  ];
}
