import type { Random } from '#synthesis/random.ts';
import type { Conditions, Glare, Severity, Shadow } from './conditions.ts';

/** Reach of each condition in a severity: [least, most], or the most to either side of nothing, or a chance. */
interface Ranges {
  readonly turn: number;
  readonly tilt: readonly [number, number];
  readonly fill: readonly [number, number];
  readonly shift: number;
  readonly distortion: number;
  readonly bend: number;
  readonly fold: number;
  readonly things: readonly [number, number];
  readonly level: readonly [number, number];
  readonly slope: number;
  readonly balance: number;
  readonly shadow: number;
  readonly glare: number;
  readonly hidden: number;
  readonly defocus: readonly [number, number];
  readonly shake: number;
  readonly noise: readonly [number, number];
  readonly quality: readonly [number, number];
}

/** Ranges by severity; shadow, glare and hidden are chances. Blurs are for 4,000 px and scale with the photo. */
export const RANGES: Readonly<Record<Severity, Ranges>> = {
  good: {
    turn: 2,
    tilt: [0, 5],
    fill: [0.9, 0.96],
    shift: 0.01,
    distortion: 0.015,
    bend: 1,
    fold: 0.4,
    things: [0, 4],
    level: [0.72, 0.96],
    slope: 0.1,
    balance: 0.05,
    shadow: 0.1,
    glare: 0,
    hidden: 0,
    defocus: [0.5, 1.1],
    shake: 0,
    noise: [1.5, 3.5],
    quality: [88, 95],
  },
  fair: {
    turn: 8,
    tilt: [0, 20],
    fill: [0.8, 0.97],
    shift: 0.02,
    distortion: 0.04,
    bend: 3,
    fold: 1.2,
    things: [2, 10],
    level: [0.55, 0.98],
    slope: 0.22,
    balance: 0.12,
    shadow: 0.35,
    glare: 0.12,
    hidden: 0,
    defocus: [0.7, 1.9],
    shake: 3,
    noise: [2, 6],
    quality: [75, 94],
  },
  hard: {
    turn: 20,
    tilt: [5, 40],
    fill: [0.65, 1.04],
    shift: 0.05,
    distortion: 0.09,
    bend: 6,
    fold: 2.5,
    things: [4, 18],
    level: [0.25, 1],
    slope: 0.4,
    balance: 0.22,
    shadow: 0.6,
    glare: 0.35,
    hidden: 0.12,
    defocus: [0.8, 4.5],
    shake: 9,
    noise: [3, 12],
    quality: [45, 92],
  },
};

const LONG_SIDE = 4000;

/** The ranges are for a sheet this wide, mm; bends and glare shrink with smaller ones. */
const SHEET_WIDTH = 600;

/** Draws the conditions of one photo of a sheet (mm), the long side of which has `longSide` px. */
export function drawConditions(
  severity: Severity,
  longSide: number,
  sheet: { readonly width: number; readonly height: number },
  random: Random,
): Conditions {
  const range = RANGES[severity];
  const quarterTurns = random.pick([0, 1, 2, 3] as const);
  const shortSide = Math.round(longSide * 0.75);
  // Nearly everybody turns the phone so that the sheet fills the picture.
  const lying = (quarterTurns % 2 === 1) !== (severity === 'hard' && random.chance(0.1));
  const finer = longSide / LONG_SIDE;
  const smaller = sheet.width / SHEET_WIDTH;
  return {
    size: lying ? [longSide, shortSide] : [shortSide, longSide],
    quarterTurns,
    turn: within(range.turn, random),
    tilt: random.between(...range.tilt),
    tiltTowards: random.between(0, 360),
    fill: random.between(...range.fill),
    shift: [within(range.shift, random), within(range.shift, random)],
    focal: severity === 'good' ? random.between(0.8, 1.2) : random.between(0.72, 0.95),
    distortion: [within(range.distortion, random), within(range.distortion * 0.3, random)],
    bend: {
      height: random.between(0, range.bend) * smaller,
      length: random.between(450, 1400) * smaller,
      towards: random.between(0, 180),
      phase: random.between(0, 360),
      fold: random.chance(0.6) ? random.between(0, range.fold) * smaller : 0,
      stretch: [random.normal() * 0.0006, random.normal() * 0.0006, random.normal() * 0.0004],
    },
    desk: {
      surface: random.pick(['wood', 'dark', 'light', 'tiles', 'cloth'] as const),
      things: random.whole(...range.things),
      tapes: random.chance(0.4) ? random.whole(1, 4) : 0,
    },
    light: {
      level: random.between(...range.level),
      slope: [within(range.slope, random), within(range.slope, random)],
      vignette: random.between(0, range.slope),
      balance: [1 + within(range.balance, random), 1 + within(range.balance, random)],
      haze: random.between(0, severity === 'hard' ? 40 : 20),
    },
    shadow: random.chance(range.shadow) ? drawShadow(severity, random) : null,
    glare: random.chance(range.glare) ? drawGlare(sheet, smaller, random) : null,
    hidden: random.chance(range.hidden) ? random.pick(['tl', 'tr', 'br', 'bl'] as const) : null,
    defocus: random.between(...range.defocus) * finer,
    shake: random.chance(0.4) ? random.between(0, range.shake) * finer : 0,
    shakeTowards: random.between(0, 180),
    noise: random.between(...range.noise),
    quality: random.whole(...range.quality),
  };
}

function within(reach: number, random: Random): number {
  return random.between(-reach, reach);
}

function drawShadow(severity: Severity, random: Random): Shadow {
  return {
    at: [random.between(0.1, 0.9), random.between(0.4, 1.1)],
    half: [random.between(0.12, 0.25), random.between(0.2, 0.45)],
    towards: random.between(-40, 40),
    depth: random.between(0.12, severity === 'hard' ? 0.6 : 0.4),
    softness: random.between(0.03, 0.15),
  };
}

function drawGlare(sheet: { readonly width: number; readonly height: number }, smaller: number, random: Random): Glare {
  return {
    at: [random.between(0.1, 0.9) * sheet.width, random.between(0.1, 0.95) * sheet.height],
    half: [random.between(20, 90) * smaller, random.between(15, 60) * smaller],
    towards: random.between(0, 180),
    strength: random.between(0.25, 1.6),
  };
}
