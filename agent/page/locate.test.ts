import { describe, expect, test } from 'vitest';
import type { FormDefinition, Point, Rect } from '#contract/form/definition.ts';
import { type FormRegistry, registryOf } from '#contract/form/registry.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import type { Conditions } from '#synthesis/camera/conditions.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { type Photograph, photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { cornersOf } from './corners.ts';
import { type LocatedPage, locatePage } from './locate.ts';
import { decodePicture, isPicture } from './picture.ts';
import type { PageRefusal } from './refusal.ts';

const forms = shippedForms();
const form = forms.byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is missing');
const pdf = await formPdf(form);

const PLAIN: Partial<Conditions> = {
  turn: 3,
  tilt: 4,
  fill: 0.93,
  shadow: null,
  glare: null,
  hidden: null,
  defocus: 1,
};

describe('a page is found, identified and laid straight to a millimetre', () => {
  test.each([
    { page: 1, quarterTurns: 0, tilt: 0, turn: 0, fill: 0.93 },
    { page: 2, quarterTurns: 1, tilt: 10, turn: 8, fill: 0.9 },
    { page: 3, quarterTurns: 2, tilt: 20, turn: -8, fill: 0.85 },
    { page: 1, quarterTurns: 3, tilt: 30, turn: 14, fill: 0.9 },
    { page: 2, quarterTurns: 0, tilt: 40, turn: -14, fill: 0.95 },
    { page: 1, quarterTurns: 2, tilt: 40, turn: 5, fill: 0.95 },
  ] as const)('page $page, $quarterTurns quarter turns, tilted by $tilt°', ({ page, ...view }) => {
    const photo = take(page, { ...PLAIN, ...lying(view.quarterTurns), ...view, defocus: 1 });
    const located = expectLocated(locate(photo.jpeg));
    expect(located.page).toBe(form.pages[page - 1]);
    expect(worstCornerMm(located, photo)).toBeLessThan(1);
  });

  test('with a corner mark covered, where the printed boxes confirm the other three', () => {
    const photo = take(1, { ...PLAIN, hidden: 'bl' });
    const located = expectLocated(locate(photo.jpeg));
    expect(located.unseenCorners).toEqual(['bl']);
    expect(worstCornerMm(located, photo)).toBeLessThan(1);
  });
});

describe('a photo is refused with the reason that is true of it', () => {
  test.each<[string, Partial<Conditions>, Partial<PageRefusal>]>([
    ['the sheet reaches beyond the picture', { fill: 1.12, shift: [0.06, 0.05] }, { code: 'cut-off' }],
    ['the camera is out of focus', { defocus: 7 }, { code: 'blurred' }],
    ['it is night', { light: light(0.07) }, { code: 'too-dark' }],
    ['a lamp is mirrored in a figure', { glare: lampOn([406, 395]) }, { code: 'glare', figure: 'dpt.p' }],
    ['the sheet is far away', { fill: 0.28, defocus: 0.4 }, { code: 'picture-too-small' }],
  ])('%s', (_, conditions, refusal) => {
    expect(locate(take(1, { ...PLAIN, tilt: 2, turn: 0, ...conditions }).jpeg)).toMatchObject(refusal);
  });

  test('the form is not one of this kit', () => {
    const others = registryOf(forms.forms.filter((other) => other !== form));
    if (!others.ok) throw new Error(others.reason);
    expect(locate(take(2, PLAIN).jpeg, others.registry)).toEqual({ kind: 'refused', code: 'unknown-tag', tag: 202 });
  });

  test('the printed boxes are not where the form has them', () => {
    const moved = registryOf([withBoxesMoved([9, 11])]);
    if (!moved.ok) throw new Error(moved.reason);
    expect(locate(take(2, PLAIN).jpeg, moved.registry)).toMatchObject({ code: 'bent' });
  });

  test('the file is no picture, or not all of it', () => {
    const { jpeg } = take(3, { ...PLAIN, size: [1500, 2000] });
    const refusal = { kind: 'refused', code: 'not-a-picture' };
    expect(locate(new Uint8Array())).toEqual(refusal);
    expect(locate(Buffer.from('not a picture'))).toEqual(refusal);
    expect(locate(jpeg.subarray(0, jpeg.length * 0.7))).toEqual(refusal);
  });

  test('there is another form where one without a tag was announced', () => {
    const photo = take(3, { ...PLAIN, size: [1500, 2000] });
    const picture = decodePicture(photo.jpeg);
    if (!isPicture(picture)) throw new Error(picture.code);
    expect(locatePage(picture, forms, { form: 'c1-ppwp-2019', page: 1 })).toEqual({
      kind: 'refused',
      code: 'page-not-found',
    });
  });
});

function take(page: number, fixed: Partial<Conditions>): Photograph {
  if (!form) throw new Error('the Governor form is missing');
  const seed = `page ${page}`;
  return photograph({
    form,
    page,
    pdf,
    figures: drawFigures(form, randomOf(seed)),
    seed,
    split: 'test',
    care: 'ordinary',
    severity: 'fair',
    longSide: 4000,
    fixed: { quarterTurns: 0, size: [3000, 4000], ...fixed },
  });
}

/** The form as a careless definition would have it. */
function withBoxesMoved([dx, dy]: Point): FormDefinition {
  if (!form) throw new Error('the Governor form is missing');
  const moved = ([x, y, width, height]: Rect): Rect => [x + dx, y + dy, width, height];
  const pages = form.pages.map((page) => ({
    ...page,
    figures: page.figures.map((figure) => ({ ...figure, boxes: figure.boxes.map(moved) })),
  }));
  return { ...form, pages };
}

/** The phone is turned so that the sheet fills the picture. */
function lying(quarterTurns: number): Pick<Conditions, 'size'> {
  return { size: quarterTurns % 2 === 0 ? [3000, 4000] : [4000, 3000] };
}

function light(level: number): Conditions['light'] {
  return { level, slope: [0, 0], vignette: 0, balance: [1, 1], haze: 0 };
}

function lampOn(at: readonly [number, number]): Conditions['glare'] {
  return { at, half: [40, 25], towards: 0, strength: 1.5 };
}

function locate(jpeg: Uint8Array, registry: FormRegistry = forms): LocatedPage | PageRefusal {
  const picture = decodePicture(jpeg);
  return isPicture(picture) ? locatePage(picture, registry, null) : picture;
}

function expectLocated(answer: LocatedPage | PageRefusal): LocatedPage {
  if (answer.kind !== 'located') throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}

/** Over all corners of all boxes, against the simulated camera's own mapping. */
function worstCornerMm({ page, toPhoto, pxPerMm }: LocatedPage, { projection }: Photograph): number {
  const corners = page.figures.flatMap((figure) => figure.boxes.flatMap(cornersOf));
  return Math.max(
    ...corners.map((corner) => {
      const [x, y] = toPhoto(corner);
      const [u, v] = projection.toPhoto(corner);
      return Math.hypot(x - u, y - v) / pxPerMm;
    }),
  );
}
