import type { Point } from '#contract/form/definition.ts';
import type { Conditions } from './conditions.ts';

type Vector = readonly [number, number, number];

/**
 * Where every point of a bent sheet falls in the photo.
 * Sheet: mm from its top-left corner. World: the sheet's plane, z away from the camera. Photo: px,
 * the middle of its top-left pixel is (0, 0), as OpenCV counts.
 */
export interface Projection {
  toPhoto(sheet: Point): Point;
  toSheet(photo: Point): Point;
  /** Light that the bent paper takes from a lamp at its upper left, parts of 1 (0 where it is flat). */
  shading(sheet: Point): number;
}

interface Pose {
  readonly eye: Vector;
  readonly right: Vector;
  readonly down: Vector;
  readonly ahead: Vector;
  readonly focal: number;
  readonly middle: Point;
  readonly distortion: readonly [number, number];
}

/** Aims a camera under the given conditions at a sheet of `sheet` mm. */
export function projectionOf(conditions: Conditions, sheet: readonly [number, number]): Projection {
  const bend = bendOf(conditions, sheet);
  const pose = aim(conditions, sheet);
  const toPhoto = (point: Point): Point => see(pose, bend.place(point));
  return {
    toPhoto,
    toSheet: (photo) => {
      const flat = onPlane(pose, photo);
      let guess = flat;
      // The paper is nearly flat, so the plane's own inverse corrects a guess by almost all of its error.
      for (let round = 0; round < 5; round++) {
        const reached = onPlane(pose, toPhoto(guess));
        guess = [guess[0] + flat[0] - reached[0], guess[1] + flat[1] - reached[1]];
      }
      return guess;
    },
    shading: bend.shading,
  };
}

interface BentSheet {
  place(sheet: Point): Vector;
  shading(sheet: Point): number;
}

/** Share of a ridge's slope that shows as a change of light. */
const RELIEF = 2.2;
const RIDGE_HALF_WIDTH = 45;

function bendOf({ bend }: Conditions, [width, height]: readonly [number, number]): BentSheet {
  const wave = (2 * Math.PI) / bend.length;
  const towards = radians(bend.towards);
  const [alongX, alongY] = [Math.cos(towards) * wave, Math.sin(towards) * wave];
  const phase = radians(bend.phase);
  const folds = [width / 2] as const;
  const crossFolds = [height / 4, height / 2, (height * 3) / 4] as const;
  const heightAt = (x: number, y: number): number => {
    let up = (bend.height / 2) * Math.cos(x * alongX + y * alongY + phase);
    if (bend.fold > 0) {
      for (const at of folds) up += bend.fold * ridge(x - at);
      for (const at of crossFolds) up += bend.fold * ridge(y - at);
    }
    return up * nearness(x, width) * nearness(y, height);
  };
  const [stretchX, stretchY, shear] = bend.stretch;
  return {
    place: ([x, y]) => [
      x + (x - width / 2) * stretchX + (y - height / 2) * shear,
      y + (y - height / 2) * stretchY,
      -heightAt(x, y),
    ],
    shading: ([x, y]) => RELIEF * (heightAt(x + 2, y + 2) - heightAt(x - 2, y - 2)) * 0.25,
  };
}

function ridge(distance: number): number {
  const near = 1 - Math.abs(distance) / RIDGE_HALF_WIDTH;
  return near > 0 ? near * near : 0;
}

/** 1 on the sheet, falling to 0 on the desk around it, which is flat. */
function nearness(at: number, length: number): number {
  const outside = at < 0 ? -at : at > length ? at - length : 0;
  return outside === 0 ? 1 : Math.exp(-outside / 40);
}

/** Finds the distance and the aim at which the sheet fills and sits as asked. */
function aim(conditions: Conditions, [width, height]: readonly [number, number]): Pose {
  const [photoWidth, photoHeight] = conditions.size;
  const corners: readonly Vector[] = [
    [0, 0, 0],
    [width, 0, 0],
    [width, height, 0],
    [0, height, 0],
  ];
  let distance = 1500;
  let target: Vector = [width / 2, height / 2, 0];
  for (let round = 0; round < 12; round++) {
    const pose = poseAt(conditions, target, distance);
    const seen = corners.map((corner) => see(pose, corner));
    const xs = seen.map(([x]) => x);
    const ys = seen.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const offX = (left + right) / 2 - photoWidth * (0.5 + conditions.shift[0]);
    const offY = (top + bottom) / 2 - photoHeight * (0.5 + conditions.shift[1]);
    const scale = distance / pose.focal;
    target = sum(target, scaled(pose.right, offX * scale), scaled(pose.down, offY * scale));
    target = [target[0], target[1], 0];
    distance *= Math.max((right - left) / photoWidth, (bottom - top) / photoHeight) / conditions.fill;
  }
  return poseAt(conditions, target, distance);
}

function poseAt(conditions: Conditions, target: Vector, distance: number): Pose {
  const [photoWidth, photoHeight] = conditions.size;
  const [tilt, towards] = [radians(conditions.tilt), radians(conditions.tiltTowards)];
  const ahead: Vector = [Math.sin(tilt) * Math.cos(towards), Math.sin(tilt) * Math.sin(towards), Math.cos(tilt)];
  const level = unitOf([1 - ahead[0] * ahead[0], -ahead[0] * ahead[1], -ahead[0] * ahead[2]]);
  const below = cross(ahead, level);
  // Turning the sheet clockwise in the photo is turning the camera the other way.
  const roll = -radians(conditions.quarterTurns * 90 + conditions.turn);
  const right = sum(scaled(level, Math.cos(roll)), scaled(below, Math.sin(roll)));
  return {
    eye: sum(target, scaled(ahead, -distance)),
    right,
    down: cross(ahead, right),
    ahead,
    focal: conditions.focal * Math.max(photoWidth, photoHeight),
    middle: [(photoWidth - 1) / 2, (photoHeight - 1) / 2],
    distortion: conditions.distortion,
  };
}

function see(pose: Pose, point: Vector): Point {
  const from: Vector = [point[0] - pose.eye[0], point[1] - pose.eye[1], point[2] - pose.eye[2]];
  const depth = dot(from, pose.ahead);
  const [x, y] = [dot(from, pose.right) / depth, dot(from, pose.down) / depth];
  const swell = swellOf(pose, x * x + y * y);
  return [pose.middle[0] + pose.focal * x * swell, pose.middle[1] + pose.focal * y * swell];
}

function swellOf(pose: Pose, square: number): number {
  return 1 + pose.distortion[0] * square + pose.distortion[1] * square * square;
}

/** The point of the sheet's plane that a pixel of the photo looks at. */
function onPlane(pose: Pose, photo: Point): Point {
  const bent: Point = [(photo[0] - pose.middle[0]) / pose.focal, (photo[1] - pose.middle[1]) / pose.focal];
  let [x, y] = bent;
  for (let round = 0; round < 6; round++) {
    const swell = swellOf(pose, x * x + y * y);
    [x, y] = [bent[0] / swell, bent[1] / swell];
  }
  const ray = sum(pose.ahead, scaled(pose.right, x), scaled(pose.down, y));
  // A ray at the horizon would meet the plane nowhere: let it meet it far away.
  const along = -pose.eye[2] / Math.max(0.02, ray[2]);
  return [pose.eye[0] + ray[0] * along, pose.eye[1] + ray[1] * along];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function scaled(a: Vector, by: number): Vector {
  return [a[0] * by, a[1] * by, a[2] * by];
}

function sum(...vectors: readonly Vector[]): Vector {
  return vectors.reduce((a, b): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
}

function unitOf(a: Vector): Vector {
  return scaled(a, 1 / Math.sqrt(dot(a, a)));
}
