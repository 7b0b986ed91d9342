import { type Html, html } from '#central/publish/html.ts';
import { type DocumentFate, isAllThere, type LoadReport, rowsOf } from './report.ts';
import type { Resident } from './resources.ts';

/** The report as one page that needs nothing else: the table, and what happened over the time of the night. */
export function reportPage(report: LoadReport, fates: readonly DocumentFate[], memory: readonly Resident[]): string {
  const verdict = isAllThere(report) ? 'Every record accounted for.' : 'NOT every record accounted for.';
  const received = fates.flatMap(({ receivedAt }) => receivedAt ?? []);
  const rows = rowsOf(report).map(([what, figure]) => html`<tr><th>${what}</th><td>${figure}</td></tr>`);
  const page = html`<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load test: ${report.kits} kits</title><style>
body { max-width: 62rem; margin: 0 auto; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; color: #16202b; }
table { border-collapse: collapse; } th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; font-weight: 400; }
svg { width: 100%; height: auto; background: #f4f6f8; } text { font-size: 12px; fill: #16202b; }
</style></head>
<body><h1>Load test: ${report.kits} kits</h1><p><b>${verdict}</b></p><table>${rows}</table>
<h2>Documents: confirmed, received</h2>
${plot([
  cumulative(
    'confirmed',
    '#8a5a0b',
    fates.map(({ confirmedAt }) => confirmedAt),
  ),
  cumulative('received', '#0b4f8a', received),
])}
<h2>From confirming to the receipt, s</h2>
${plot([waits('kits that lose the network', '#a3161b', fates, true), waits('the others', '#0d6b3c', fates, false)])}
<h2>Memory, MB</h2>
${plot([
  resident('broker', '#8a5a0b', memory, ({ broker }) => broker),
  resident('receivers', '#0b4f8a', memory, ({ receivers }) => receivers),
  resident('PostgreSQL', '#0d6b3c', memory, ({ database }) => database),
])}
</body></html>`;
  return `<!doctype html>\n${page.html}\n`;
}

interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly joined: boolean;
}

function cumulative(name: string, colour: string, times: readonly number[]): Series {
  const points = times.toSorted((a, b) => a - b).map((at, n) => [at / 1_000, n + 1] as const);
  return { name, colour, points: thinned(points), joined: true };
}

function waits(name: string, colour: string, fates: readonly DocumentFate[], which: boolean): Series {
  const points = fates.flatMap(({ confirmedAt, receivedAt, losing }) =>
    losing === which && receivedAt !== null ? [[confirmedAt / 1_000, (receivedAt - confirmedAt) / 1_000] as const] : [],
  );
  return { name, colour, points: thinned(points), joined: false };
}

function resident(name: string, colour: string, memory: readonly Resident[], of: (one: Resident) => number): Series {
  return { name, colour, points: memory.map((one) => [one.at / 1_000, of(one)] as const), joined: true };
}

/** No plot needs more points than it has pixels. */
const MOST_POINTS = 1_500;

function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, n) => n % step === 0 || n === points.length - 1);
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [900, 300, 60, 40];

function plot(series: readonly Series[]): Html {
  const all = series.flatMap(({ points }) => points);
  const most = (axis: 0 | 1) => Math.max(1, ...all.map((point) => point[axis]));
  const [mostX, mostY] = [most(0), most(1)];
  const x = (value: number) => Math.round(LEFT + (value / mostX) * (WIDTH - LEFT - 10));
  const y = (value: number) => Math.round(HEIGHT - BOTTOM - (value / mostY) * (HEIGHT - BOTTOM - 20));
  const shapes = series.map(({ colour, points, joined }) =>
    joined
      ? html`<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}"/>`
      : html`${points.map(([a, b]) => html`<circle cx="${x(a)}" cy="${y(b)}" r="2" fill="${colour}"/>`)}`,
  );
  const legend = series.map(
    ({ name, colour }, n) => html`<text x="${LEFT + 10 + n * 200}" y="14" style="fill:${colour}">${name}</text>`,
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}">${legend}${shapes}
<text x="4" y="${y(mostY) + 4}">${shortly(mostY)}</text><text x="4" y="${y(0) + 4}">0</text>
<text x="${LEFT}" y="${HEIGHT - 12}">0 s</text><text x="${WIDTH - 60}" y="${HEIGHT - 12}">${shortly(mostX)} s</text></svg>`;
}

function shortly(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
