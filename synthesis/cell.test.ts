import { describe, expect, it } from 'vitest';
import { renderCell } from './cell.ts';
import { randomOf } from './random.ts';

const request = { split: 'test', label: null, boxPx: 60, margin: 3 } as const;

describe('the picture of one box', () => {
  it('is the same, byte for byte, for the same seed', () => {
    const [first, again] = [renderCell(request, randomOf('cell')), renderCell(request, randomOf('cell'))];
    expect(Buffer.compare(first.gray, again.gray)).toBe(0);
    expect(Buffer.compare(first.bgr, again.bgr)).toBe(0);
    expect(again.corners).toEqual(first.corners);
  });

  it('shows what was asked for', () => {
    for (const label of ['0', '7', 'unused', 'unreadable'] as const) {
      expect(renderCell({ ...request, label }, randomOf(label)).label).toBe(label);
    }
  });

  it('draws every class when none is asked for', () => {
    const labels = new Set(Array.from({ length: 300 }, (_, i) => renderCell(request, randomOf(`any ${i}`)).label));
    expect(labels.size).toBe(12);
  });

  it('says where the printed frame is', () => {
    let darker = 0;
    const count = 60;
    for (let i = 0; i < count; i++) {
      const cell = renderCell({ ...request, label: 'unused' }, randomOf(`frame ${i}`));
      const [tl, tr, br, bl] = cell.corners;
      const level = (x: number, y: number): number => cell.gray[Math.round(y) * cell.width + Math.round(x)] ?? 0;
      const between = (a: readonly [number, number], b: readonly [number, number]): number =>
        [0.2, 0.4, 0.6, 0.8].reduce((sum, t) => sum + level(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), 0) / 4;
      const frame = (between(tl, tr) + between(tr, br) + between(br, bl) + between(bl, tl)) / 4;
      // Just inside the corners nobody writes.
      const inside = (at: readonly [number, number]): readonly [number, number] => [
        at[0] + (br[0] + tl[0] - 2 * at[0]) * 0.09,
        at[1] + (br[1] + tl[1] - 2 * at[1]) * 0.09,
      ];
      const paper = (level(...inside(tl)) + level(...inside(tr)) + level(...inside(br)) + level(...inside(bl))) / 4;
      if (frame < paper - 3) darker++;
    }
    expect(darker / count).toBeGreaterThan(0.95);
  });
});
