import type { Chance } from '#provisioning/chance.ts';

/** Letters and digits that nobody takes for one another on paper. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const SIGNS_A_GROUP = 4;

/** A first password: four groups of four signs, 79 bits: "k7mf-2pqr-9xwt-h4ua". */
export function drawPassword(chance: Pick<Chance, 'below'>): string {
  const sign = () => SIGNS[chance.below(SIGNS.length)] ?? '';
  const group = () => Array.from({ length: SIGNS_A_GROUP }, sign).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
