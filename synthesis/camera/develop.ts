import { Buffer } from 'node:buffer';
import type { Mat } from '@u4/opencv4nodejs';
import { GRAIN_DEVIATION, grainFrom } from '#synthesis/grain.ts';
import type { Random } from '#synthesis/random.ts';
import type { Conditions } from './conditions.ts';
import { cv } from './opencv.ts';

/** From the light on the sensor to the JPEG on the card: defocus, shake, noise, compression. */
export function develop(photo: Uint8ClampedArray, conditions: Conditions, random: Random): Uint8Array {
  const [width, height] = conditions.size;
  const kept: Mat[] = [];
  const keep = (mat: Mat): Mat => {
    kept.push(mat);
    return mat;
  };
  try {
    const sharp = keep(new cv.Mat(Buffer.from(photo.buffer), height, width, cv.CV_8UC3));
    const soft = conditions.defocus > 0.2 ? keep(blurred(sharp, conditions.defocus)) : sharp;
    const moved = conditions.shake > 1 ? keep(shaken(soft, conditions)) : soft;
    const pixels = moved.getData();
    addNoise(pixels, width * 3, conditions.noise, random);
    const noisy = keep(new cv.Mat(pixels, height, width, cv.CV_8UC3));
    return cv.imencode('.jpg', noisy, [cv.IMWRITE_JPEG_QUALITY, conditions.quality]);
  } finally {
    for (const mat of kept) mat.release();
  }
}

function blurred(mat: Mat, deviation: number): Mat {
  const reach = 2 * Math.ceil(deviation * 2.5) + 1;
  return mat.gaussianBlur(new cv.Size(reach, reach), deviation, deviation);
}

/** A straight line of equal weights: the hand moved while the shutter was open. */
function shaken(mat: Mat, { shake, shakeTowards }: Conditions): Mat {
  const reach = Math.ceil(shake / 2);
  const side = 2 * reach + 1;
  const kernel = Array.from({ length: side }, () => new Array<number>(side).fill(0));
  const steps = side * 4;
  const angle = (shakeTowards * Math.PI) / 180;
  for (let step = 0; step <= steps; step++) {
    const at = (step / steps - 0.5) * shake;
    const [x, y] = [Math.round(reach + at * Math.cos(angle)), Math.round(reach + at * Math.sin(angle))];
    const row = kernel[y];
    if (row) row[x] = (row[x] ?? 0) + 1 / (steps + 1);
  }
  return mat.filter2D(-1, new cv.Mat(kernel, cv.CV_32F));
}

/** Adds noise that grows with the root of the light, as photons do. */
function addNoise(pixels: Uint8Array, line: number, deviation: number, random: Random): void {
  const scale = Float32Array.from(
    { length: 256 },
    (_, level) => (deviation * Math.sqrt(0.25 + (level / 128) * 0.75)) / GRAIN_DEVIATION,
  );
  for (let start = 0; start < pixels.length; start += line) {
    const grain = grainFrom(line, random);
    let at = grain.start;
    for (let i = start; i < start + line; i++) {
      const level = pixels[i] as number;
      const value = level + (grain.table[at++] as number) * (scale[level] as number);
      pixels[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
    }
  }
}
