import type { Enrolment } from '#contract/wire/enrolment.ts';
import type { EnrolmentQuestion, EnrolOutcome } from './enrol.ts';

/** What a technician reads when a machine becomes a kit. */
export interface EnrolmentWords {
  readonly what: string;
  readonly todo: string;
}

/** How it ended. */
export interface OutcomeWords extends EnrolmentWords {
  readonly isWell: boolean;
}

type Refused = Extract<EnrolOutcome, { readonly ok: false }>['code'];

const REFUSED: Readonly<Record<Refused, EnrolmentWords>> = {
  none: { what: 'Tidak ada bekal di stik ini.', todo: 'Isi stik dengan tps-provision load, lalu ulangi.' },
  torn: { what: 'Bekal di stik ini rusak atau tidak lengkap.', todo: 'Isi stik sekali lagi, lalu ulangi.' },
  foreign: {
    what: 'Bekal ini dari otoritas lain.',
    todo: 'Jangan dipakai. Tanyakan dari mana stik ini, dan isi stik di gudang sendiri.',
  },
  expired: { what: 'Bekal ini sudah kedaluwarsa.', todo: 'Periksa jam alat. Jika benar, terbitkan bekal baru.' },
  'no-key': {
    what: 'Kunci rahasia tidak ada di stik: bekal ini sudah diambil sebuah alat.',
    todo: 'Satu bekal hanya untuk satu alat. Untuk alat lain: cabut (revoke) dan terbitkan yang baru.',
  },
  'other-key': { what: 'Kunci rahasia di stik ini bukan pasangannya.', todo: 'Isi stik sekali lagi, lalu ulangi.' },
  forms: {
    what: 'Formulir di program alat ini berbeda dengan yang di bekal.',
    todo: 'Pasang program dari gudang yang sama, lalu ulangi.',
  },
  enrolled: {
    what: 'Alat ini sudah disiapkan untuk TPS lain.',
    todo: 'Pakai alat yang kosong. Tidak ada yang diubah.',
  },
  declined: { what: 'Dibatalkan. Tidak ada yang diubah.', todo: 'Bekal masih utuh di stik.' },
  setting: {
    what: 'Pengaturan di bekal ini tidak dapat dipakai alat.',
    todo: 'Perbaiki pengaturan (--devices) di gudang, terbitkan lagi, lalu ulangi.',
  },
};

export function outcomeWords(outcome: EnrolOutcome): OutcomeWords {
  if (!outcome.ok) return { ...REFUSED[outcome.code], isWell: false };
  return { what: `Alat ini sekarang ${placeWords(outcome.enrolment)}.`, todo: 'Stik boleh dicabut.', isWell: true };
}

/** "TPS 001, Kel. Melati Timur, Kec. Melati, Kota Contoh". */
function placeWords({ place }: Enrolment): string {
  return `TPS ${numberWords(place)}, Kel. ${place.kelurahan}, Kec. ${place.kecamatan}, ${place.kota}`;
}

/** "001": as it stands over the door, and as a technician types it. */
export function numberWords({ number }: Pick<Enrolment['place'], 'number'>): string {
  return String(number).padStart(3, '0');
}

/** The question, and what has to be compared with the warehouse's own paper. */
export function questionWords({ enrolment, newRoot }: EnrolmentQuestion): readonly string[] {
  return [
    `Jadikan alat ini ${placeWords(enrolment)}?`,
    `Kode TPS ${enrolment.tps}, alat ${enrolment.kit}`,
    ...(newRoot === null ? [] : [`Sidik otoritas ${fingerprint(newRoot)}: samakan dengan catatan gudang.`]),
  ];
}

/** The first 16 digits of a fingerprint, in fours: what a person compares. */
export function fingerprint(sha256: string): string {
  return (sha256.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}
