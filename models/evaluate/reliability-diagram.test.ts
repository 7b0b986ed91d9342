import { describe, expect, it } from 'vitest';
import { randomOf } from '#synthesis/random.ts';
import { binsOf, type Judged, reliabilityDiagram } from './reliability-diagram.ts';

/** Readings that are wrong `factor` times as often as they say. */
function readings(count: number, factor: number): readonly Judged[] {
  const random = randomOf('reliability');
  return Array.from({ length: count }, () => {
    const wrong = 10 ** -random.between(0.3, 4);
    return { probability: 1 - wrong, right: !random.chance(Math.min(1, factor * wrong)) };
  });
}

describe('whether probabilities mean what they say', () => {
  it('puts every reading into one bin, by the share of wrong readings it states', () => {
    const judged = readings(5000, 1);
    const bins = binsOf(judged);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(judged.length);
    for (const { from, to, said } of bins) {
      expect(said).toBeGreaterThanOrEqual(from);
      expect(said).toBeLessThanOrEqual(to);
    }
  });

  it('finds an honest reader honest: what it says lies within the bounds of what is measured', () => {
    const outside = binsOf(readings(50_000, 1)).filter(({ said, low, high }) => said < low || said > high);
    // Bounds of 95 %: of a dozen bins one may miss.
    expect(outside.length).toBeLessThanOrEqual(1);
  });

  it('finds a reader too sure of itself', () => {
    const bins = binsOf(readings(50_000, 5)).filter(({ said }) => said > 1e-3 && said < 0.1);
    expect(bins.length).toBeGreaterThan(4);
    for (const { said, low } of bins) expect(low).toBeGreaterThan(said);
  });

  it('counts a certain reading that is wrong', () => {
    const [bin] = binsOf([{ probability: 1, right: false }]);
    expect(bin).toMatchObject({ count: 1, said: 0, wrong: 1 });
  });

  it('draws a bar for every bin, and a point where something was wrong', () => {
    const bins = binsOf(readings(2000, 1));
    const svg = reliabilityDiagram(bins, 2000);
    expect(svg.match(/<circle/g)).toHaveLength(bins.filter(({ wrong }) => wrong > 0).length);
    expect(svg).toContain('2000 boxes');
  });
});
