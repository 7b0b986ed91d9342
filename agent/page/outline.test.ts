import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { locateSheet } from './locate.ts';
import { decodePicture, isPicture } from './picture.ts';

const forms = shippedForms();
const CHOICE = { form: 'kejadian-khusus-kwk', page: 2 } as const;

/** A sheet of A4 with writing on it and no mark, at `scale` px a mm, its corner at `at`, turned by `turn` radians, on a dark base. */
function photo({ scale = 6, at = [260, 120], turn = 0.05, paper = '#d8d8d8', blur = 0 } = {}): Uint8Array {
  const canvas = createCanvas(2000, 2000);
  const context = canvas.getContext('2d');
  context.fillStyle = '#303030';
  context.fillRect(0, 0, 2000, 2000);
  if (blur > 0) context.filter = `blur(${blur}px)`;
  context.translate(at[0] ?? 0, at[1] ?? 0);
  context.rotate(turn);
  context.fillStyle = paper;
  context.fillRect(0, 0, 210 * scale, 297 * scale);
  context.strokeStyle = '#222';
  context.lineWidth = 3;
  for (let line = 0; line < 20; line++) {
    context.beginPath();
    for (let x = 20; x < 190; x += 3) context.lineTo(x * scale, (40 + line * 12 + 2 * Math.sin(x + line)) * scale);
    context.stroke();
  }
  return canvas.toBuffer('image/jpeg');
}

function locate(jpeg: Uint8Array, choice: typeof CHOICE | null = CHOICE) {
  const picture = decodePicture(jpeg);
  if (!isPicture(picture)) throw new Error(picture.code);
  return locateSheet(picture, forms, choice);
}

describe('a sheet without a tag, chosen by hand', () => {
  it('is found by its outline to less than a millimetre and laid straight', () => {
    const found = locate(photo());
    if (found.kind !== 'outlined') throw new Error(found.kind);
    expect([found.form.id, found.page.number]).toEqual([CHOICE.form, 2]);
    expect(found.pxPerMm).toBeCloseTo(6, 1);
    const [x, y] = found.toPhoto([0, 0]);
    expect(Math.hypot(x - 260, y - 120)).toBeLessThan(6);
    const [right, below] = found.toPhoto([210, 297]);
    const [c, s] = [Math.cos(0.05), Math.sin(0.05)];
    const expected = [260 + 6 * (210 * c - 297 * s), 120 + 6 * (210 * s + 297 * c)] as const;
    expect(Math.hypot(right - expected[0], below - expected[1])).toBeLessThan(6);
  });

  it('is not looked for where nobody chose', () => {
    expect(locate(photo(), null)).toEqual({ kind: 'refused', code: 'page-not-found' });
  });

  it('that ends outside the picture is refused, naming the corner', () => {
    expect(locate(photo({ at: [-300, 120] }))).toMatchObject({
      code: 'cut-off',
      corner: expect.stringMatching(/^[tb]l$/),
    });
  });

  it('in the dark, too far away or blurred is refused for that reason', () => {
    expect(locate(photo({ paper: '#2a2a2a' }))).toMatchObject({ kind: 'refused' });
    expect(locate(photo({ scale: 3.4 }))).toEqual({ kind: 'refused', code: 'picture-too-small' });
    expect(locate(photo({ blur: 8 }))).toMatchObject({ code: 'blurred' });
  });

  it('is not there where nothing but the base of the stand is', () => {
    const canvas = createCanvas(1500, 1500);
    const context = canvas.getContext('2d');
    context.fillStyle = '#808080';
    context.fillRect(0, 0, 1500, 1500);
    expect(locate(canvas.toBuffer('image/jpeg'))).toMatchObject({ kind: 'refused' });
  });
});
