import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId } from '#contract/form/definition.ts';

type Source = Exclude<keyof FigureEvidence, 'boxes'>;

/** What the decoder is told: everything, or everything but some of the sources beside the boxes. */
const WITHOUT = {
  'all sources': [],
  'no bubbles': ['bubbles'],
  'no turus': ['turus'],
  'no words': ['words'],
  'boxes alone': ['bubbles', 'turus', 'words'],
} as const satisfies Readonly<Record<string, readonly Source[]>>;
export type SourcesLeft = keyof typeof WITHOUT;
export const SOURCES_LEFT = Object.keys(WITHOUT) as readonly SourcesLeft[];

/** The same evidence with nothing but the sources named left. */
export function leftOut(
  evidence: ReadonlyMap<FigureId, FigureEvidence>,
  left: SourcesLeft,
): ReadonlyMap<FigureId, FigureEvidence> {
  const without: readonly string[] = WITHOUT[left];
  return new Map(
    [...evidence].map(([id, seen]) => {
      const entries = Object.entries(seen).filter(([source]) => !without.includes(source));
      return [id, { boxes: seen.boxes, ...Object.fromEntries(entries) }] as const;
    }),
  );
}
