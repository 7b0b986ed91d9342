import type { CornerName, Point, Rect } from '#contract/form/definition.ts';

/** Clockwise, as all lists of corners are. */
export const CORNERS: readonly CornerName[] = ['tl', 'tr', 'br', 'bl'];

export function cornersOf([x, y, width, height]: Rect): readonly [Point, Point, Point, Point] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

export function middleOf([x, y, width, height]: Rect): Point {
  return [x + width / 2, y + height / 2];
}
