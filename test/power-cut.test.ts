import { expect, test } from 'vitest';
import type { Disk } from '#agent/store/disk.ts';
import { randomOf } from '#synthesis/random.ts';
import { type CopiedEvening, type CutEvening, copiedEvening, cutEvening } from './power-cut-evening.ts';

const EVENINGS = 300;
const CUTS = 5;

async function evenings(count: number, through?: (disk: Disk) => Disk): Promise<readonly CutEvening[]> {
  const all: CutEvening[] = [];
  for (let n = 0; n < count; n += 1) all.push(await cutEvening(randomOf(`evening ${n}`), CUTS, through));
  return all;
}

const harm = ({ lost, twice, receiptsLost, picturesLost, badStarts }: CutEvening) =>
  lost + twice + receiptsLost + picturesLost + badStarts;

test('whenever the power goes, all that the store answered for is there, once', async () => {
  const all = await evenings(EVENINGS);
  expect(all.filter((evening) => harm(evening) > 0)).toEqual([]);
  expect(all.reduce((sum, { confirmed }) => sum + confirmed, 0)).toBeGreaterThan(EVENINGS);
});

test('with a second copy too, and what the stick was said to hold is there in a kit with a new card', async () => {
  const all: CopiedEvening[] = [];
  for (let n = 0; n < EVENINGS; n += 1) all.push(await copiedEvening(randomOf(`copied evening ${n}`), CUTS));
  expect(all.filter((evening) => harm(evening) > 0)).toEqual([]);
  expect(all.reduce((sum, { broughtBack }) => sum + broughtBack, 0)).toBeGreaterThan(EVENINGS);
});

test.each<[string, (disk: Disk) => Disk]>([
  [
    'a file is not synced',
    (disk) => ({ ...disk, create: async (file) => ({ ...(await disk.create(file)), sync: async () => undefined }) }),
  ],
  ['a folder is not synced', (disk) => ({ ...disk, syncFolder: async () => undefined })],
])('and this check would see it when %s', async (_, careless) => {
  const harmed = (await evenings(40, careless)).filter((evening) => harm(evening) > 0);
  expect(harmed.length).toBeGreaterThan(10);
});
