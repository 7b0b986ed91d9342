import type { PageRefusal } from '#agent/page/refusal.ts';
import type { CameraTruth } from '#synthesis/camera/camera.ts';

/**
 * Whether a refusal tells the truth about the photo. Judged by what the simulated camera was set to,
 * never by what the reader measured. The limits say from where on a fault may be named at all; they
 * are wide enough to hold every photo on which a person would agree, and were fixed before the first run.
 */
export function isTrueReason(refusal: PageRefusal, truth: CameraTruth): boolean {
  const { conditions } = truth;
  switch (refusal.code) {
    case 'corner-hidden':
      return (
        truth.hidden.includes(refusal.corner) || truth.cutOff.includes(refusal.corner) || conditions.glare !== null
      );
    case 'cut-off':
      return truth.cutOff.includes(refusal.corner);
    case 'glare':
      return conditions.glare !== null;
    case 'blurred':
      return blurMm(truth) > BLUR_MM;
    case 'too-dark':
      return conditions.light.level * (1 - (conditions.shadow?.depth ?? 0)) < DARK_LEVEL;
    case 'bent':
      return conditions.bend.height + conditions.bend.fold > BENT_MM;
    case 'page-not-found':
      return truth.cutOff.length > 0 || conditions.glare !== null || blurMm(truth) > BLUR_MM;
    case 'picture-too-small':
      return Math.max(...conditions.size) < SMALL_PX || truth.pxPerMm < SMALL_PX_PER_MM;
    case 'not-a-picture':
    case 'reader-died':
    case 'practice-sheet':
    case 'unknown-tag':
      return false;
  }
}

/** A pen stroke is 0.5 to 1 mm wide; blur of this size on the sheet begins to close the loops of a digit. */
const BLUR_MM = 0.8;
/** Share of full white below which a room is called dark. */
const DARK_LEVEL = 0.4;
/** Height of wave and folds that nobody would call flat. */
const BENT_MM = 4;
const SMALL_PX = 2000;
/** Where an 18 mm box is seen this small, a stroke of 0.5 mm is less than a pixel. */
const SMALL_PX_PER_MM = 1.7;

/** Blur on the sheet: the disc of the defocus and the way of the shake, mm. */
function blurMm({ conditions, pxPerMm }: CameraTruth): number {
  return (2 * conditions.defocus + conditions.shake) / pxPerMm;
}
