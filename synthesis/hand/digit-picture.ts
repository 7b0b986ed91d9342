import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '#synthesis/random.ts';
import { DIGIT_SIDE, type DigitPicture } from './mnist.ts';
import type { Colour } from './pen.ts';
import type { Place } from './place.ts';
import type { Bounds } from './stroke.ts';

/** Times the picture is enlarged before its edge is sharpened. */
const ENLARGE = 4;
const PICTURE_SIDE = DIGIT_SIDE * ENLARGE;
const easel = createCanvas(PICTURE_SIDE, PICTURE_SIDE);
const easelContext = easel.getContext('2d');

/** Draws the picture of a real digit itself: enlarged, its edge sharpened, in the pen's colour. */
export function writePicture(
  context: SKRSContext2D,
  picture: DigitPicture,
  place: Place,
  colour: Colour,
  random: Random,
): void {
  const [left, top, right, bottom] = inkBounds(picture);
  const image = easelContext.createImageData(PICTURE_SIDE, PICTURE_SIDE);
  const edge = random.between(70, 150);
  for (let v = 0; v < PICTURE_SIDE; v++) {
    for (let u = 0; u < PICTURE_SIDE; u++) {
      const ink = bilinear(picture, (u + 0.5) / ENLARGE - 0.5, (v + 0.5) / ENLARGE - 0.5);
      const alpha = Math.max(0, Math.min(255, (ink - edge) * 4));
      image.data.set([colour[0], colour[1], colour[2], alpha], (v * PICTURE_SIDE + u) * 4);
    }
  }
  easelContext.putImageData(image, 0, 0);
  const scale = place.height / (bottom - top);
  const squeeze = Math.min(place.breadth, place.widest / (scale * (right - left)));
  context.save();
  context.globalCompositeOperation = 'darken';
  context.translate(place.x, place.y);
  context.rotate(place.turn);
  context.transform(scale * squeeze, 0, -place.slant * scale, scale, 0, 0);
  context.drawImage(easel, -(left + right) / 2, -(top + bottom) / 2, DIGIT_SIDE, DIGIT_SIDE);
  context.restore();
}

function inkBounds(picture: DigitPicture): Bounds {
  let [left, top, right, bottom] = [DIGIT_SIDE, DIGIT_SIDE, 0, 0];
  picture.forEach((ink, i) => {
    if (ink < 110) return;
    const [x, y] = [i % DIGIT_SIDE, Math.floor(i / DIGIT_SIDE)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  });
  return [left, top, right, bottom];
}

function bilinear(picture: DigitPicture, x: number, y: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [a, b] = [x - i, y - j];
  const at = (u: number, v: number) =>
    u < 0 || v < 0 || u >= DIGIT_SIDE || v >= DIGIT_SIDE ? 0 : (picture[v * DIGIT_SIDE + u] ?? 0);
  return (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
}
