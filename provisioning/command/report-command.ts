import type { Command } from 'commander';
import type { SelectedKit } from '#provisioning/issue/selected-kits.ts';
import { handOverPdf } from '#provisioning/paper/hand-over-pdf.ts';
import { paperCommand } from './paper-command.ts';

/** `tps-provision report`: the lists with which the kits are handed over, and the same as a table for a spreadsheet. */
export function reportCommand(): Command {
  return paperCommand({
    name: 'report',
    description:
      'Membuat berita acara serah terima (PDF, satu daftar tiap kelurahan) dan daftar alat (CSV).\nMakes the hand-over lists (PDF, one a kelurahan) and the list of kits (CSV).',
    pdf: (kits) => handOverPdf(listsOf(kits)),
    csv: csvOf,
    says: (kits) => `${kits} alat`,
  });
}

function listsOf(kits: readonly SelectedKit[]) {
  const byKelurahan = Map.groupBy(kits, ({ tps }) => tps.slice(0, 10));
  return [...byKelurahan.values()].map((own) => {
    const [first] = own;
    const place = first ? `Kel. ${first.kelurahan}, Kec. ${first.kecamatan}, ${first.kota}` : '';
    return { place, kits: own.map((kit) => ({ tps: kit.name, kit: kit.kit, state: stateWords(kit) })) };
  });
}

function stateWords({ stage, accepted }: SelectedKit): string {
  const day = accepted?.at.slice(0, 10) ?? '';
  switch (stage) {
    case 'accepted':
      return `lulus ${day}`;
    case 'failed':
      return `GAGAL ${day}`;
    case 'loaded':
    case 'issued':
      return 'belum diuji';
  }
}

const HEADER = 'alat,tps,kecamatan,kelurahan,nomor,keadaan,diuji,program,gangguan';

function csvOf(kits: readonly SelectedKit[]): string {
  const lines = kits.map(({ kit, tps, kecamatan, kelurahan, name, stage, accepted }) =>
    [kit, tps, kecamatan, kelurahan, name, stage, accepted?.at, accepted?.version, accepted?.faults.join('; ')]
      .map((cell) => quoted(cell ?? ''))
      .join(','),
  );
  return `${[HEADER, ...lines].join('\r\n')}\r\n`;
}

/** RFC 4180; a cell that begins like a formula is shown as text by spreadsheets. */
function quoted(cell: string): string {
  const text = /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
