/** A box that was read: the probability the model gave its answer, and whether the answer was right. */
export interface Judged {
  readonly probability: number;
  readonly right: boolean;
}

/** Readings that call themselves wrong about equally often. */
export interface Bin {
  /** Stated share of wrong readings, from and to. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of what they say. */
  readonly said: number;
  readonly wrong: number;
  /** Bounds of the true share of wrong readings, 95 % (Wilson's score interval). */
  readonly low: number;
  readonly high: number;
}

/** Three bins a decade of the stated share of wrong readings: what matters lies near certainty. */
const BINS_A_DECADE = 3;
const DECADES = 5;

export function binsOf(judged: readonly Judged[]): readonly Bin[] {
  const edges = Array.from({ length: DECADES * BINS_A_DECADE + 1 }, (_, i) => 10 ** (-i / BINS_A_DECADE));
  return edges.flatMap((to, i): readonly Bin[] => {
    const from = edges[i + 1] ?? 0;
    const inside = judged.filter(({ probability }) => 1 - probability >= from && 1 - probability < to);
    if (inside.length === 0) return [];
    const said = inside.reduce((sum, { probability }) => sum + 1 - probability, 0) / inside.length;
    const wrong = inside.filter(({ right }) => !right).length;
    return [{ from, to, count: inside.length, said, wrong, ...wilson(wrong, inside.length) }];
  });
}

/** E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927). */
function wilson(hits: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.96;
  const share = hits / count;
  const middle = share + z ** 2 / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

const SIZE = 460;
const LEFT = 74;
const TOP = 40;
const SIDE = SIZE - LEFT - 24;
/** Share of wrong readings at the diagram's lower left corner; the upper right one is 1. */
const LEAST = 1e-5;

/** Stated against measured share of wrong readings, both axes logarithmic, as an SVG picture. */
export function reliabilityDiagram(bins: readonly Bin[], count: number): string {
  const x = (share: number) => round(LEFT + SIDE * place(share));
  const y = (share: number) => round(TOP + SIDE * (1 - place(share)));
  const ticks = [1, 0.1, 0.01, 0.001, 0.0001, 0.00001];
  const grid = ticks.map(
    (tick) =>
      `<path d="M${x(tick)} ${TOP}V${TOP + SIDE}M${LEFT} ${y(tick)}H${LEFT + SIDE}" stroke="#ddd"/>` +
      `<text x="${x(tick)}" y="${TOP + SIDE + 18}" text-anchor="middle">${label(tick)}</text>` +
      `<text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${label(tick)}</text>`,
  );
  const points = bins.map(
    ({ said, wrong, count: boxes, low, high }) =>
      `<path d="M${x(said)} ${y(low)}V${y(high)}" stroke="#1f5fa8" stroke-width="2"/>` +
      (wrong > 0 ? `<circle cx="${x(said)}" cy="${y(wrong / boxes)}" r="4" fill="#1f5fa8"/>` : ''),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE + 10}" font-family="sans-serif" font-size="12">`,
    '<title>Share of wrong readings as the model states it and as it is measured</title>',
    `<rect width="${SIZE}" height="${SIZE + 10}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="14">Wrong readings, stated and measured (${count} boxes)</text>`,
    ...grid,
    `<path d="M${x(LEAST)} ${y(LEAST)}L${x(1)} ${y(1)}" stroke="#888" stroke-dasharray="5 4"/>`,
    ...points,
    `<text x="${LEFT + SIDE / 2}" y="${TOP + SIDE + 38}" text-anchor="middle">stated by the model</text>`,
    `<text transform="translate(16 ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">measured, with 95 % bounds</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function place(share: number): number {
  return 1 - Math.log10(Math.max(LEAST, Math.min(1, share))) / Math.log10(LEAST);
}

function label(tick: number): string {
  return `${Number((100 * tick).toPrecision(2))} %`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
