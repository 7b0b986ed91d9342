import type { PageRefusal } from '#agent/page/refusal.ts';
import type { AskReason } from '#agent/tally/accept.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { Severity } from '#synthesis/camera/conditions.ts';
import type { Care } from '#synthesis/care.ts';
import type { Split } from '#synthesis/hand/mnist.ts';
import type { SourcesLeft } from './sources-left.ts';

/** One TPS to photograph, page by page, and to read. */
export interface TpsTask {
  readonly form: string;
  /** PDF of the paper. */
  readonly paper: string;
  readonly seed: string;
  readonly split: Split;
  readonly severity: Severity;
  readonly care: Care;
  /** Long side of the photos, px. */
  readonly longSide: number;
}

export interface TpsScore {
  readonly task: TpsTask;
  /** In the form's order. */
  readonly pages: readonly PageOutcome[];
  /** The figures of the pages that were read, decided with all sources and with some left out. */
  readonly decided: Readonly<Record<SourcesLeft, FigureScore>>;
  readonly tallies: readonly TallyScore[];
}

/** `pxPerMm`: resolution on the sheet where it is lowest. */
export type PageOutcome =
  | { readonly kind: 'read'; readonly identified: boolean; readonly pxPerMm: number }
  | {
      readonly kind: 'refused';
      readonly code: PageRefusal['code'];
      readonly trueReason: boolean;
      readonly pxPerMm: number;
    };

export interface FigureScore {
  readonly accepted: number;
  readonly asked: Readonly<Record<FigureId, readonly AskReason[]>>;
  /** Figures a person is asked about, after what settles itself. */
  readonly questions: number;
  /** Accepted without asking, and not what is written. */
  readonly wrong: readonly string[];
}

/** One tally by itself. */
export interface TallyScore {
  /** It has a cell that is struck out. */
  readonly struck: boolean;
  /** It prefers one number ten to one, and `wrong` if that is not the number of strokes. */
  readonly named: boolean;
  readonly wrong: boolean;
  /** It prefers any number ten to one to the strokes that are there. */
  readonly against: boolean;
}
