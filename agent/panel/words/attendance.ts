import type { AttendanceView } from '#agent/session/attendance.ts';

/** An attendance list against the result forms, and what to do where they differ. */
export function attendanceText({ label, counted, written, page }: AttendanceView): {
  readonly says: string;
  readonly warning: string;
} {
  const says = `${label}: ${counted} tanda tangan`;
  if (written === null) return { says, warning: 'Formulir hasil belum ada untuk dibandingkan.' };
  if (written === counted) return { says, warning: 'Sama dengan formulir hasil.' };
  const where = page === null ? 'Hitung lagi daftarnya.' : `Hitung lagi, mulai dari halaman ${page}.`;
  return { says, warning: `Perhatikan: formulir hasil menulis ${written}. ${where}` };
}
