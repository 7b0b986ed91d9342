import type { PinOutcome, SessionView } from '#agent/session/session.ts';

export const LOG_IN = {
  who: 'Siapa Anda?',
  whoTodo: 'Tunjukkan kartu petugas ke pembaca, atau ketuk jabatan Anda.',
  stranger: 'Kartu ini bukan kartu petugas TPS ini. Ketuk jabatan Anda.',
  pin: 'PIN',
  pinTodo: 'Masukkan PIN, lalu ketuk Pakai.',
  other: 'Bukan saya',
  out: 'keluar',
  countersign: 'Tanda tangan kedua',
  countersignTodo: 'Petugas lain atau saksi yang ikut melihat angka-angka ini.',
  back: 'Kembali',
} as const;

/** What came of a PIN, and what to do; null where there is nothing to say. */
export function pinText({ outcome, waitMs }: PinOutcome): string | null {
  switch (outcome) {
    case 'done':
      return null;
    case 'wrong':
      return waitMs > 0 ? `PIN salah. ${waitText(waitMs)}` : 'PIN salah. Coba lagi.';
    case 'wait':
      return `PIN terlalu sering salah. ${waitText(waitMs)}`;
    case 'unknown':
      return 'Petugas ini tidak terdaftar. Ketuk jabatan yang lain.';
    case 'blocked':
      return 'Tidak dapat disimpan sekarang. Coba lagi.';
  }
}

function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  const long = seconds < 120 ? `${seconds} detik` : `${Math.ceil(seconds / 60)} menit`;
  return `Tunggu ${long}, atau petugas lain yang masuk.`;
}

/** Somebody must log in before anything else. */
export function isAnonymous({ officers, officer }: SessionView): boolean {
  return officers.length > 0 && officer === null;
}

export function officerLabel({ officers }: SessionView, code: string): string {
  return officers.find((officer) => officer.code === code)?.label ?? code;
}
