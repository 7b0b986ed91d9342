import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CornerName, FormDefinition, Point } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { cv } from './camera/opencv.ts';
import { drawFigures } from './figures.ts';
import { strokesOf } from './hand/turus.ts';
import { type Photograph, type PhotographRequest, photograph } from './photograph.ts';
import { randomOf } from './random.ts';

const CORNERS: readonly CornerName[] = ['tl', 'tr', 'br', 'bl'];
let form: FormDefinition;
let base: PhotographRequest;

beforeAll(async () => {
  const governor = shippedForms().byId('c-hasil-kwk-gubernur');
  if (!governor) throw new Error('the Governor form is missing');
  form = governor;
  base = {
    form,
    page: 1,
    pdf: await formPdf(form),
    figures: drawFigures(form, randomOf('figures')),
    seed: 'photograph',
    split: 'test',
    care: 'careful',
    severity: 'good',
    longSide: 1200,
    fixed: {},
  };
});

describe('a photo of a filled form', () => {
  it('is the same, byte for byte, for the same request, and another for another seed', () => {
    const first = photograph({ ...base, severity: 'hard' });
    const again = photograph({ ...base, severity: 'hard' });
    expect(Buffer.compare(first.jpeg, again.jpeg)).toBe(0);
    expect(again.truth).toEqual(first.truth);
    expect(Buffer.compare(first.jpeg, photograph({ ...base, severity: 'hard', seed: 'other' }).jpeg)).not.toBe(0);
  });

  it.each([0, 1, 2, 3] as const)(
    'shows each corner mark where the truth says, after %d quarter turns',
    (quarterTurns) => {
      const photo = photograph({ ...base, fixed: { quarterTurns, desk: { surface: 'dark', things: 0, tapes: 0 } } });
      for (const corner of CORNERS) expect(saddleSeen(photo, corner)).toBe(true);
    },
  );

  it('shows them there too through a lens, on bent paper and at a tilt of 40°', () => {
    const bend = { height: 6, length: 600, towards: 30, phase: 40, fold: 0, stretch: [0.001, -0.001, 0.0005] } as const;
    const photo = photograph({ ...base, fixed: { tilt: 40, tiltTowards: 70, distortion: [-0.09, 0.02], bend } });
    for (const corner of CORNERS) expect(saddleSeen(photo, corner)).toBe(true);
  });

  it('maps millimetres to pixels and back', () => {
    const { projection } = photograph({ ...base, severity: 'hard' });
    for (const point of [
      [50, 70],
      [300, 450],
      [540, 860],
      [310, 390],
    ] as const) {
      const [x, y] = projection.toSheet(projection.toPhoto(point));
      expect(Math.hypot(x - point[0], y - point[1])).toBeLessThan(0.01);
    }
  });
});

describe('the truth of a photo', () => {
  it('has the figures that were written, box by box', () => {
    const { truth } = photograph(base);
    expect(truth.tag).toBe(form.pages[0]?.tag);
    for (const figure of truth.figures) {
      expect(figure.value).toBe(base.figures?.get(figure.id));
      const digits = figure.boxes.filter((label) => label !== 'unused').join('');
      expect(Number(digits)).toBe(figure.value);
      expect(figure.notes).toEqual([]);
    }
  });

  it('has a bubble for each digit and the words of the number', () => {
    for (const figure of photograph({ ...base, page: 2 }).truth.figures) {
      const bubbles = (figure.bubbles ?? []).filter((digit) => digit !== null).join('');
      expect(Number(bubbles)).toBe(figure.value);
      expect(strokesOf(figure.turus ?? [])).toBe(figure.value);
      expect(figure.words).toMatch(/^[A-Z ]+$/);
    }
  });

  it('says of a blank form that every box is unused', () => {
    const { truth } = photograph({ ...base, figures: null });
    expect(truth.figures.flatMap(({ boxes }) => boxes).every((label) => label === 'unused')).toBe(true);
    expect(truth.figures.every(({ value }) => value === null)).toBe(true);
  });

  it('says which mark is hidden', () => {
    const photo = photograph({ ...base, fixed: { hidden: 'br' } });
    expect(photo.truth.camera.hidden).toEqual(['br']);
    expect(saddleSeen(photo, 'br')).toBe(false);
    for (const corner of ['tl', 'tr', 'bl'] as const) expect(saddleSeen(photo, corner)).toBe(true);
  });

  it('says which marks are cut off', () => {
    const upright = { quarterTurns: 0, size: [900, 1200], turn: 0, tilt: 0, shift: [0, 0] } as const;
    expect(photograph({ ...base, fixed: { ...upright, fill: 0.9 } }).truth.camera.cutOff).toEqual([]);
    expect(photograph({ ...base, fixed: { ...upright, fill: 0.9, shift: [-0.2, 0] } }).truth.camera.cutOff).toEqual([
      'tl',
      'bl',
    ]);
  });

  it('says which figures glare has washed out', () => {
    const glare = { at: [340, 395], half: [30, 20], towards: 0, strength: 1.5 } as const;
    const { truth } = photograph({ ...base, fixed: { glare } });
    expect(truth.camera.glared).toContain('dpt.l');
    expect(truth.camera.glared).not.toContain('disabilitas.l');
  });
});

/** Whether the photo has dark squares up-left and down-right of the mark on the sheet, and paper on the other sides. */
function saddleSeen({ jpeg, projection }: Photograph, corner: CornerName): boolean {
  if (form.marks.by !== 'saddles') throw new Error('the form has no saddles');
  const [x, y] = form.marks.saddles[corner];
  const picture = cv.imdecode(Buffer.from(jpeg), cv.IMREAD_GRAYSCALE);
  const pixels = picture.getData();
  const [width, height] = [picture.cols, picture.rows];
  picture.release();
  const level = (point: Point): number => {
    const [u, v] = projection.toPhoto(point).map(Math.round);
    return u === undefined || v === undefined || u < 0 || v < 0 || u >= width || v >= height
      ? 0
      : (pixels[v * width + u] ?? 0);
  };
  const off = 3;
  const dark = Math.max(level([x - off, y - off]), level([x + off, y + off]));
  const light = Math.min(level([x + off, y - off]), level([x - off, y + off]));
  return light > dark + 40;
}
