import type { Strip } from '#drivers/printer/printer.ts';
import { note, plain, title } from './lines.ts';

/** The self-test on paper, for the technician's folder: each part with its mark and its sentence. */
export function readinessSlip(
  kit: string,
  at: Date,
  lines: readonly { readonly mark: string; readonly part: string; readonly says: string }[],
  columns: number,
): Strip {
  return [
    title('KESIAPAN ALAT'),
    plain(`Kit ${kit}`),
    plain(at.toISOString().slice(0, 16).replace('T', ' ')),
    plain('-'.repeat(columns)),
    ...lines.flatMap(({ mark, part, says }) => note(`${mark} ${part}: ${says}`, columns)),
    { kind: 'cut' },
  ];
}
