import type { CornerName, Point } from '#contract/form/definition.ts';

/**
 * good: the kit's camera on its stand. fair: a phone held with care in an ordinary room.
 * hard: a phone held without care; some of these photos must be refused.
 */
export type Severity = 'good' | 'fair' | 'hard';
export const SEVERITIES: readonly Severity[] = ['good', 'fair', 'hard'];

/** Everything that shapes one photo. Angles in degrees, lengths on the sheet in mm, in the photo in px. */
export interface Conditions {
  /** Width and height of the photo, px. */
  readonly size: readonly [width: number, height: number];
  /** Clockwise turn of the sheet in the photo: a whole number of quarter turns, and the rest. */
  readonly quarterTurns: 0 | 1 | 2 | 3;
  readonly turn: number;
  /** Angle between the camera's axis and the sheet's normal, and the direction of the lean. */
  readonly tilt: number;
  readonly tiltTowards: number;
  /** Share of the photo's width or height (whichever is tighter) that the sheet takes. Above 1 it is cut off. */
  readonly fill: number;
  /** Shift of the sheet's middle from the photo's, as a share of the photo. */
  readonly shift: Point;
  /** Focal length as a share of the photo's long side: 0.72 is a phone's wide lens, 1.2 a webcam's. */
  readonly focal: number;
  /** Radial distortion of second and fourth order, in units of the focal length. */
  readonly distortion: readonly [number, number];
  readonly bend: Bend;
  readonly desk: Desk;
  readonly light: Light;
  readonly shadow: Shadow | null;
  readonly glare: Glare | null;
  /** Corner mark on which something lies (a thumb, a cup). */
  readonly hidden: CornerName | null;
  /** Standard deviation of the defocus, px; length and direction of the camera's shake. */
  readonly defocus: number;
  readonly shake: number;
  readonly shakeTowards: number;
  /** Standard deviation of the sensor's noise at middle gray, levels of 255. */
  readonly noise: number;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

/** Paper is never flat: one long wave, and the folds it was delivered with. */
export interface Bend {
  /** Height of the wave, its length and direction. */
  readonly height: number;
  readonly length: number;
  readonly towards: number;
  readonly phase: number;
  /** Height of the ridge along the folds at a half and at quarters of the sheet; 0 for a fresh sheet. */
  readonly fold: number;
  /** Stretch and shear of the paper in its plane, parts of 1. */
  readonly stretch: readonly [number, number, number];
}

export type Surface = 'wood' | 'dark' | 'light' | 'tiles' | 'cloth';
export interface Desk {
  readonly surface: Surface;
  /** Things round the sheet: papers with print, squares, pens, cables. */
  readonly things: number;
  /** Strips of adhesive tape on the sheet's edges. */
  readonly tapes: number;
}

export interface Light {
  /** Level of white paper at the photo's middle, 0 to 1. */
  readonly level: number;
  /** How much it changes from the middle to an edge, to the right and downwards, parts of 1. */
  readonly slope: readonly [number, number];
  readonly vignette: number;
  /** Gain of red and of blue against green. */
  readonly balance: readonly [red: number, blue: number];
  /** Veil that lifts black, levels of 255. */
  readonly haze: number;
}

/** The shadow of a phone and the arm that holds it. */
export interface Shadow {
  /** Middle, as shares of the photo. */
  readonly at: Point;
  /** Half width and half height, shares of the photo's short side. */
  readonly half: readonly [number, number];
  readonly towards: number;
  /** Share of the light it takes. */
  readonly depth: number;
  /** Width of its soft edge, share of the short side. */
  readonly softness: number;
}

/** A lamp mirrored by the paper or its plastic cover. */
export interface Glare {
  /** Middle, mm on the sheet. */
  readonly at: Point;
  /** Half axes of the spot, mm. */
  readonly half: readonly [number, number];
  readonly towards: number;
  /** Added light in the middle, 1 is full white. */
  readonly strength: number;
}
