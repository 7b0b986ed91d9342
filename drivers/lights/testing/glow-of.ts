import type { Glow } from '../lights.ts';

/** What a lamp shows whose levels were looked at, evenly, for 2.4 s. */
export function glowOf(levels: readonly number[] = []): Glow {
  const changes = levels.filter((level, n) => n > 0 && level !== levels[n - 1]).length;
  if (changes === 0) return levels[0] === 1 ? 'on' : 'off';
  return changes > 5 ? 'fast' : 'slow';
}
