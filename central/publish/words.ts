import type { StationState } from '../recapitulation.ts';

/** What the public reads of a TPS. */
export const STATES: Readonly<Record<StationState, string>> = {
  counted: 'dihitung',
  incomplete: 'belum lengkap',
  breach: 'angka di kertas tidak saling cocok',
  'under-review': 'sedang diperiksa',
  missing: 'belum masuk',
};
