import type { Details } from '#agent/event-log/catalogue.ts';
import type { PageQuality } from '#agent/page/quality.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { PageReading } from '#agent/read/reading.ts';

/** How a photo was judged, for the event log: codes and measures, nothing of what is written on the paper. */
export function verdictOf(seen: PageReading | PageRefusal): Details {
  if (seen.kind === 'refused') {
    const { kind: _, ...why } = seen;
    return measures(why);
  }
  const { form, page, quality, ms } = seen;
  const took = Object.values(ms).reduce((sum, stage) => sum + stage, 0);
  return measures({ code: 'good', form, page, ...(quality ? qualityOf(quality) : {}), ms: Math.round(took) });
}

/** Units as in `PageQuality`: gray levels, shares of a box, share of the boxes, mm, px. */
function qualityOf({ paper, blur, seen, doubtMm, smallestBox }: PageQuality) {
  return { paper, blur, seen, doubtMm, smallestBox };
}

/** What is no number cannot be written down as one. */
function measures(details: Details): Details {
  const said = Object.entries(details).filter(([, value]) => typeof value === 'string' || Number.isFinite(value));
  return Object.fromEntries(said.map(([name, value]) => [name, typeof value === 'string' ? value : rounded(value)]));
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
