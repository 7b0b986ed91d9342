import { randomOf } from '#synthesis/random.ts';

/** An election night, compressed: who confirms what when, who loses the network when. From a seed, so that it can be had again. */
export interface Night {
  readonly lengthMs: number;
  readonly kits: readonly KitNight[];
  readonly outages: readonly Outage[];
  /** When the broker is restarted, ms from the start. */
  readonly restartsMs: readonly number[];
}

export interface KitNight {
  readonly kit: string;
  /** Code of 13 digits. */
  readonly tps: string;
  /** When each of its documents is confirmed, in the order of DOCUMENTS; ms from the start, ascending. */
  readonly confirmMs: readonly number[];
  /** The kits of a group lose the network together, as under one mast; null for those that never do. */
  readonly group: number | null;
}

/** The network of a group is gone, from and to ms from the start. */
export interface Outage {
  readonly group: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface NightOrder {
  readonly kits: number;
  readonly seed: string;
  readonly lengthMs: number;
}

export const GROUPS = 12;
const LOSING_SHARE = 0.2;
/** Peaks of the four documents, as shares of the night: mean and standard deviation. The result forms come first. */
const PEAKS = [
  [0.3, 0.1],
  [0.45, 0.12],
  [0.55, 0.12],
  [0.62, 0.12],
] as const;
/** The broker is restarted; the second time every group has lost its network a little before, and all come back at once. */
const RESTARTS = [0.4, 0.75] as const;
const STORM_FROM = 0.7;

export function planNight({ kits, seed, lengthMs }: NightOrder): Night {
  const random = randomOf(`night ${seed}`);
  const at = (share: number) => Math.round(share * lengthMs);
  const confirmed = (mean: number, deviation: number) =>
    at(Math.min(0.97, Math.max(0.02, mean + deviation * random.normal())));
  const plans = Array.from({ length: kits }, (_, n): KitNight => {
    const confirmMs = PEAKS.map(([mean, deviation]) => confirmed(mean, deviation)).toSorted((a, b) => a - b);
    const group = random.chance(LOSING_SHARE) ? random.whole(0, GROUPS - 1) : null;
    return { kit: kitNamed(n), tps: tpsNamed(n), confirmMs, group };
  });
  const outages = Array.from({ length: GROUPS }, (_, group): readonly Outage[] => {
    const from = random.between(0.1, 0.5);
    const to = from + random.between(0.03, 0.15);
    return [
      { group, fromMs: at(from), toMs: at(to) },
      { group, fromMs: at(STORM_FROM), toMs: at(RESTARTS[1]) },
    ];
  }).flat();
  return { lengthMs, kits: plans, outages, restartsMs: RESTARTS.map(at) };
}

function kitNamed(n: number): string {
  return `kit-beban-${String(n + 1).padStart(4, '0')}`;
}

/** As many as Palembang has TPS in a kelurahan, a little over twenty. */
const TPS_A_KELURAHAN = 21;

function tpsNamed(n: number): string {
  const kelurahan = String(1001 + Math.floor(n / TPS_A_KELURAHAN));
  return `980101${kelurahan}${String((n % TPS_A_KELURAHAN) + 1).padStart(3, '0')}`;
}
