import type { CellLikelihood } from './turus-count.ts';
import type { CellSight } from './turus-sight.ts';

/**
 * How a tally was made and how well it can be seen: the same over a whole grid, and known only from it.
 * gate: four uprights and one across. fence: five uprights. box: a square, then its diagonal.
 */
export interface Manner {
  readonly shape: keyof typeof SHAPES;
  readonly clarity: keyof typeof CLARITIES;
  /** How often it is so. */
  readonly share: number;
}

/** Uprights and bridges (see CellSight) of 1 to 5 strokes as they should be. */
const SHAPES = {
  gate: [
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [4, 1],
  ],
  fence: [
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 0],
  ],
  box: [
    [1, 0],
    [1, 1],
    [2, 1],
    [2, 2],
    [2, 3],
  ],
} as const;

/**
 * What is seen of what is there, as shares, measured on hands of the
 * training split (docs/sources.md says how), photos parted by how well they show strokes, and blunted
 * a little for hands that no one has simulated. `uprights`: three, two, one too few; right; one too many.
 * `bridges`: for none, one, two and three that are there, seen as none, few, one, two and three.
 */
const CLARITIES = {
  clear: {
    dirt: 0.01,
    missed: 0.006,
    uprights: [0.002, 0.004, 0.025, 0.95, 0.02],
    bridges: [
      [0.93, 0.04, 0.02, 0.005, 0.005],
      [0.01, 0.02, 0.92, 0.045, 0.005],
      [0.005, 0.005, 0.2, 0.78, 0.01],
      [0.005, 0.005, 0.02, 0.25, 0.72],
    ],
  },
  soft: {
    dirt: 0.06,
    missed: 0.02,
    uprights: [0.025, 0.09, 0.29, 0.58, 0.015],
    bridges: [
      [0.73, 0.08, 0.12, 0.04, 0.03],
      [0.25, 0.09, 0.5, 0.14, 0.02],
      [0.05, 0.03, 0.75, 0.15, 0.02],
      [0.04, 0.02, 0.15, 0.65, 0.14],
    ],
  },
  blind: {
    dirt: 0.5,
    missed: 0.5,
    uprights: [0.2, 0.2, 0.2, 0.2, 0.2],
    bridges: [
      [0.35, 0.01, 0.21, 0.16, 0.27],
      [0.35, 0.01, 0.21, 0.16, 0.27],
      [0.35, 0.01, 0.21, 0.16, 0.27],
      [0.35, 0.01, 0.21, 0.16, 0.27],
    ],
  },
} as const;

export const MANNERS: readonly Manner[] = [
  { shape: 'gate', clarity: 'clear', share: 0.5 },
  { shape: 'gate', clarity: 'soft', share: 0.2 },
  { shape: 'fence', clarity: 'clear', share: 0.04 },
  { shape: 'fence', clarity: 'soft', share: 0.02 },
  { shape: 'box', clarity: 'clear', share: 0.06 },
  { shape: 'box', clarity: 'soft', share: 0.03 },
  { shape: 'gate', clarity: 'blind', share: 0.15 },
];

/** More uprights than these are counted as these. */
const MOST_UPRIGHTS = 6;
/** Ink so much wider than the grid's full cells, and over that share of the cell: of cells with strokes so many are so, and of struck ones. */
const WIDE = { against: 1.25, from: 0.72, strokes: 0.02, struck: 0.8 } as const;
/** Uprights and bridges of dirt: anything; of struck cells: much of both. */
const ANYTHING = 1 / (MOST_UPRIGHTS * 5);
const OF_STRUCK = 1 / 12;
/** Counts of uprights farther off than measured. */
const FARTHER = 0.001;

/** Likelihood of what is seen in a cell, by what may be there; `usual` is the span of the grid's full cells. */
export function likelihoodOf({ uprights, bridges, span }: CellSight, usual: number, manner: Manner): CellLikelihood {
  const seen = Math.min(uprights, MOST_UPRIGHTS);
  const width = span > Math.max(WIDE.from, WIDE.against * usual) ? 'wide' : 'usual';
  const likelihood = TABLES.get(manner)?.[width][seen]?.[bridgeClass(bridges)];
  if (!likelihood) throw new Error('the manner is none of MANNERS');
  return likelihood;
}

/** By width, uprights from 0 and class of bridges. */
type Table = Readonly<Record<'wide' | 'usual', readonly (readonly CellLikelihood[])[]>>;

/** A page has hundreds of cells and few sights. */
const TABLES: ReadonlyMap<Manner, Table> = new Map(
  MANNERS.map((manner) => [manner, { wide: tableOf(manner, 'wide'), usual: tableOf(manner, 'usual') }]),
);

function tableOf(manner: Manner, width: keyof Table): Table[keyof Table] {
  return Array.from({ length: MOST_UPRIGHTS + 1 }, (_, uprights) =>
    [0, 1, 2, 3, 4].map((bridges) => weighSight(uprights, bridges, width, manner)),
  );
}

function weighSight(uprights: number, bridges: number, width: keyof Table, { shape, clarity }: Manner): CellLikelihood {
  const { dirt, missed } = CLARITIES[clarity];
  if (uprights === 0) return { strokes: [1 - dirt, ...SHAPES[shape].map(() => missed)], struck: missed };
  const shareOf = (wide: number) => (width === 'wide' ? wide : 1 - wide);
  const ofStrokes = shareOf(WIDE.strokes);
  const strokes = SHAPES[shape].map(
    ([standing, across]) =>
      (1 - missed) *
      ofStrokes *
      uprightsSeen(uprights, standing, clarity) *
      (CLARITIES[clarity].bridges[across][bridges] ?? 0),
  );
  return {
    strokes: [dirt * ofStrokes * ANYTHING, ...strokes],
    struck: (1 - missed) * shareOf(WIDE.struck) * OF_STRUCK,
  };
}

function uprightsSeen(seen: number, standing: number, clarity: Manner['clarity']): number {
  const { uprights } = CLARITIES[clarity];
  const share = (count: number) => uprights[count - standing + 3] ?? FARTHER;
  const all = Array.from({ length: MOST_UPRIGHTS }, (_, i) => share(i + 1)).reduce((sum, some) => sum + some, 0);
  return share(seen) / all;
}

/** none, few (some gaps are bridged and others not), one, two, three. */
function bridgeClass(bridges: number): 0 | 1 | 2 | 3 | 4 {
  if (bridges < 0.2) return 0;
  if (bridges < 0.6) return 1;
  if (bridges < 1.5) return 2;
  return bridges < 2.5 ? 3 : 4;
}
