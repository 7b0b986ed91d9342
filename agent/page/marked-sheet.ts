import type { Homography, Pair } from '#agent/page/homography.ts';
import type { CornerName, FormDefinition } from '#contract/form/definition.ts';

export type SaddleMarks = Extract<FormDefinition['marks'], { by: 'saddles' }>;
export type SquareMarks = Extract<FormDefinition['marks'], { by: 'squares' }>;

/** Why a mark gave no point: the picture ends before it, or it is inside and not to be seen. */
export interface MissingMark {
  readonly corner: CornerName;
  readonly why: 'cut-off' | 'hidden';
}

/** The sheet as its marks tell it: mm to px, with what it rests on. */
export interface MarkedSheet {
  readonly h: Homography;
  readonly pairs: readonly Pair[];
  readonly missing: readonly MissingMark[];
  /** Marks that are hardly to be seen and count little. */
  readonly faint: readonly CornerName[];
}
