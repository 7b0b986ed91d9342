import type { FigureId } from '#contract/form/definition.ts';
import { LEVELS, type Level, levelOf, regionOf } from '#contract/region.ts';
import type { StationRegister } from '#contract/station-register.ts';
import type { RecordedFigure } from '#contract/wire/record.ts';
import type { SummaryRecord } from './document.ts';
import type { Flag } from './judge-record.ts';
import type { Decision, Decisions } from './reviews.ts';
import { type Standing, standingOf } from './versions.ts';

/**
 * Sums of one result form over all polling stations, from TPS to province. Only a record that is signed, whole, current and
 * free of breaches counts, or one that a person of the centre let count; the others are told by their number.
 */

/**
 * missing: nothing has come. incomplete: pages, pictures or figures are wanting. breach: a rule is broken on the paper.
 * under-review: two records claim to be the newest, one is out of its chain, or a person holds it back.
 */
export const STATION_STATES = ['counted', 'incomplete', 'breach', 'under-review', 'missing'] as const;
export type StationState = (typeof STATION_STATES)[number];

export type Sums = Readonly<Record<FigureId, number>>;

export interface StationResult {
  readonly tps: string;
  readonly state: StationState;
  /** Of the record that counts, or would if nothing spoke against it; null where nothing has come. */
  readonly digest: string | null;
  readonly version: number;
  /** It counts because a person of the centre said so. */
  readonly released: boolean;
  /** What it adds to the sums; null where it does not count. */
  readonly figures: Sums | null;
}

export interface AreaResult {
  /** Code of Kemendagri, with dots. */
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  /** Every TPS of the area, whether it has sent or not. */
  readonly stations: number;
  readonly states: Readonly<Record<StationState, number>>;
  /** Over the stations that count, and no others. */
  readonly figures: Sums;
}

export interface Recapitulation {
  readonly form: string;
  /** By their codes, from the province down. */
  readonly areas: readonly AreaResult[];
  /** In the order of the register. */
  readonly stations: readonly StationResult[];
}

/** As much of a record as its counting needs. */
export interface CountedRecord extends SummaryRecord {
  readonly figures: readonly Pick<RecordedFigure, 'id' | 'value'>[];
  readonly flags: readonly Flag[];
}

/** The records of a form, by TPS; those of one TPS in any order. */
export type RecordsByTps = ReadonlyMap<string, readonly CountedRecord[]>;

export function recapitulate(
  form: string,
  { regions, stations }: StationRegister,
  records: RecordsByTps,
  decisions: Decisions,
): Recapitulation {
  const results = stations.map(({ tps }) => stationOf(tps, records.get(tps) ?? [], decisions));
  const areas = LEVELS.flatMap((level) => {
    const own = Map.groupBy(results, ({ tps }) => regionOf(tps, level));
    return regions
      .filter(({ code }) => levelOf(code) === level)
      .map(({ code, name }) => ({ code, name, level, ...sumOf(own.get(code) ?? []) }));
  });
  return { form, areas, stations: results };
}

function sumOf(stations: readonly StationResult[]): Pick<AreaResult, 'stations' | 'states' | 'figures'> {
  const states = { counted: 0, incomplete: 0, breach: 0, 'under-review': 0, missing: 0 };
  const figures: Record<FigureId, number> = {};
  for (const station of stations) {
    states[station.state] += 1;
    for (const [id, value] of Object.entries(station.figures ?? {})) figures[id] = (figures[id] ?? 0) + value;
  }
  return { stations: stations.length, states, figures };
}

function stationOf(tps: string, records: readonly CountedRecord[], decisions: Decisions): StationResult {
  const standing = standingOf(records);
  if (!standing) return { tps, state: 'missing', digest: null, version: 0, released: false, figures: null };
  const { chosen, decision } = decidedOf(standing, decisions);
  const doubt = doubtOf(standing, chosen);
  const { digest, version } = chosen;
  const withheld = (state: StationState) => ({ tps, state, digest, version, released: false, figures: null });
  if (isIncomplete(chosen)) return withheld('incomplete');
  if (decision === 'hold') return withheld('under-review');
  if (doubt !== null && decision !== 'count') return withheld(doubt);
  return { tps, state: 'counted', digest, version, released: doubt !== null, figures: figuresOf(chosen) };
}

interface Decided {
  readonly chosen: CountedRecord;
  readonly decision: Decision | undefined;
}

/** Of several that claim to be the newest, the one that a person chose; who chose two has chosen none. */
function decidedOf({ heads, current }: Standing<CountedRecord>, decisions: Decisions): Decided {
  const [only, ...others] = heads.filter(({ digest }) => decisions.get(digest) === 'count');
  if (others.length > 0) return { chosen: current, decision: 'hold' };
  const chosen = only ?? current;
  return { chosen, decision: decisions.get(chosen.digest) };
}

function doubtOf(standing: Standing<CountedRecord>, { breaches, flags }: CountedRecord): StationState | null {
  const outOfChain = flags.includes('chain-broken') || flags.includes('corrects-another');
  if (standing.branched || standing.forerunnerMissing || outOfChain) return 'under-review';
  return breaches > 0 ? 'breach' : null;
}

function isIncomplete({ flags, figures, pictures, picturesWhole }: CountedRecord): boolean {
  const lacks = flags.includes('pages-missing') || flags.includes('figures-missing');
  return lacks || picturesWhole < pictures || figures.some(({ value }) => value === null);
}

/** The figures of a record by their ids; one that nobody could read is not among them. */
export function figuresOf({ figures }: Pick<CountedRecord, 'figures'>): Sums {
  return Object.fromEntries(figures.flatMap(({ id, value }) => (value === null ? [] : [[id, value] as const])));
}
