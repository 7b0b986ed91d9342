/**
 * How a kit's bundle lies on a stick (or a mounted boot partition): one folder, so that a technician sees it, with the
 * signed enrolment and, until the kit has taken it, the private key. One stick, one kit.
 */
export const ENROLMENT_STICK = {
  folder: 'bekal-tps',
  enrolment: 'bekal.jws',
  key: 'kunci-rahasia.pem',
  /** What the kit says of itself, signed (acceptance.ts). */
  acceptance: 'hasil-uji.jws',
  /** For people: which TPS it is for. */
  label: 'BACA-SAYA.txt',
} as const;
