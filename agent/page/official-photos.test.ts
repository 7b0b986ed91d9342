import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Point } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { sharedData } from '#test/shared-data.ts';
import { locatePage } from './locate.ts';
import { decodePicture, isPicture } from './picture.ts';

/**
 * Corners of boxes over the whole grid, where the middles of the printed lines cross: on the sheet
 * (mm, as the form defines them) and in the photo (px), read by eye from enlargements.
 */
const BY_EYE: Readonly<Record<string, readonly (readonly [mm: Point, px: Point])[]>> = {
  'ppwp-2024-page1-phone-a.jpg': [
    [
      [307.5, 386.44],
      [1285.5, 1778.6],
    ],
    [
      [521.5, 386.44],
      [2231.5, 1837],
    ],
    [
      [325.5, 516.44],
      [1353.9, 2295.3],
    ],
    [
      [521.5, 571.53],
      [2174.8, 2597.3],
    ],
    [
      [307.5, 728.45],
      [1275, 3052.3],
    ],
    [
      [521.5, 728.45],
      [2131, 3176.9],
    ],
  ],
  'ppwp-2024-page1-phone-b.jpg': [
    [
      [307.5, 386.44],
      [1720, 1950.7],
    ],
    [
      [521.5, 386.44],
      [2462.9, 1875.7],
    ],
    [
      [325.5, 516.44],
      [1793.7, 2379.9],
    ],
    [
      [521.5, 571.53],
      [2435.9, 2464.7],
    ],
    [
      [307.5, 728.45],
      [1746.3, 3029.7],
    ],
    [
      [521.5, 728.45],
      [2417.5, 2915.8],
    ],
  ],
};

describe.skipIf(sharedData('official-photos') === null)('on a phone photo of the official form', () => {
  test.each(Object.entries(BY_EYE))('%s is page 1, right to a millimetre', (name, corners) => {
    const file = sharedData(`official-photos/${name}`);
    const picture = decodePicture(readFileSync(file ?? ''));
    if (!isPicture(picture)) throw new Error(`${name} is refused: ${picture.code}`);
    const page = locatePage(picture, shippedForms(), null);
    if (page.kind !== 'located') throw new Error(`${name} is refused: ${page.code}`);
    expect(page.page.tag).toBe(101);
    for (const [mm, [x, y]] of corners) {
      const [u, v] = page.toPhoto(mm);
      expect(Math.hypot(u - x, v - y) / page.pxPerMm).toBeLessThan(1);
    }
  });
});
