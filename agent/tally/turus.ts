import type { TurusReading } from '#agent/tally/evidence.ts';
import { type SourceEvidence, saidEvidence } from '#agent/tally/source.ts';
import { TURUS_SLIP } from '#agent/tally/thresholds.ts';

/** What the tally says of a figure of so many boxes: the votes as they were counted, one stroke each. */
export function turusEvidence(turus: TurusReading, boxes: number): SourceEvidence {
  return saidEvidence(turus, 10 ** boxes, TURUS_SLIP);
}
