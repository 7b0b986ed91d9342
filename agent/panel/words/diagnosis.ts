import type { DiagnosisView } from '#agent/diagnosis/on-grip.ts';
import type { PanelView } from '../panel-view.ts';

/** What became of the file for the technician; null while nobody has asked for one. */
export function diagnosisText({ diagnosis }: Pick<PanelView, 'diagnosis'>): string | null {
  switch (diagnosis?.kind) {
    case 'gathering':
      return 'Berkas untuk teknisi sedang dibuat…';
    case 'made':
      return MADE[diagnosis.on];
    case 'not-made':
      return NOT_MADE[diagnosis.code];
    case undefined:
      return null;
  }
}

const MADE: Readonly<Record<Extract<DiagnosisView, { kind: 'made' }>['on'], string>> = {
  stick: 'Berkas untuk teknisi ada di stik USB. Beri tahu teknisi.',
  kit: 'Berkas untuk teknisi ada di alat. Agar ada di stik USB, pasang stik, lalu ulangi.',
};

const NOT_MADE: Readonly<Record<Extract<DiagnosisView, { kind: 'not-made' }>['code'], string>> = {
  'disk-full': 'Berkas untuk teknisi tidak muat di alat. Pasang stik USB, lalu ulangi.',
  'disk-fault': 'Berkas untuk teknisi tidak dapat ditulis. Pasang stik USB, lalu ulangi.',
  fault: 'Berkas untuk teknisi tidak dapat dibuat. Panggil teknisi.',
};
