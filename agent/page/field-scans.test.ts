import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { shippedForms } from '#contract/forms.ts';
import { sharedData } from '#test/shared-data.ts';
import { cornersOf } from './corners.ts';
import { locatePage } from './locate.ts';
import { decodePicture, isPicture } from './picture.ts';

/** Names of the figures in the measured geometry. */
const MEASURED: Readonly<Record<string, string>> = {
  'paslon-1': 'paslon01',
  'paslon-2': 'paslon02',
  'suara.sah': 'valid',
  'suara.tidak-sah': 'invalid',
  'suara.total': 'total',
};

const Corner = z.tuple([z.number(), z.number()]);
const Geometry = z.record(
  z.string(),
  z.object({ page: z.string(), cells: z.record(z.string(), z.array(z.array(Corner))) }),
);

const geometryFile = sharedData('field/geometry.json');
const scans = geometryFile
  ? Object.entries(Geometry.parse(JSON.parse(readFileSync(geometryFile, 'utf8')))).filter(([name]) =>
      name.startsWith('A_'),
    )
  : [];

describe.skipIf(geometryFile === null)('on scans of C1-PPWP 2019, which carries no tag', () => {
  test('there are ten of them', () => expect(scans).toHaveLength(10));

  test.each(scans)('%s is found and its boxes lie where they were measured', (_, { page: file, cells }) => {
    const picture = decodePicture(readFileSync(sharedData(`field/${file}`) ?? ''));
    if (!isPicture(picture)) throw new Error(`refused: ${picture.code}`);
    const located = locatePage(picture, shippedForms(), { form: 'c1-ppwp-2019', page: 1 });
    if (located.kind !== 'located') throw new Error(`refused: ${located.code}`);
    for (const figure of located.page.figures) {
      figure.boxes.forEach((box, b) => {
        const measured = cells[MEASURED[figure.id] ?? '']?.[b] ?? [];
        cornersOf(box).forEach((corner, k) => {
          const [x, y] = located.toPhoto(corner);
          const [u = 0, v = 0] = measured[k] ?? [];
          expect(Math.hypot(x - u, y - v) / located.pxPerMm).toBeLessThan(0.7);
        });
      });
    }
  });
});
