import { allFigures } from '#contract/form/definition.ts';
import { regionNames } from '#contract/region.ts';
import type { Publication, PublishedForm, SiteFile } from './publication.ts';

/** The same for spreadsheets and programs: a file of all TPS and one of all areas for each form, as CSV and as JSON. */
export function tablesOf(publication: Publication): readonly SiteFile[] {
  return publication.results.flatMap((result) => {
    const { form, recapitulation } = result;
    return [
      { path: `data/tps-${form.id}.csv`, text: csvOf(stationRows(publication, result)) },
      { path: `data/rekap-${form.id}.csv`, text: csvOf(areaRows(result)) },
      {
        path: `data/${form.id}.json`,
        text: `${JSON.stringify({ schema: 1, at: publication.at.toISOString(), ...recapitulation })}\n`,
      },
    ];
  });
}

function stationRows({ register }: Publication, { form, recapitulation, records }: PublishedForm) {
  const ids = allFigures(form).map(({ id }) => id);
  const name = regionNames(register);
  const rows = recapitulation.stations.map(({ tps, state, version, digest }) => {
    const figures = records.get(tps)?.figures ?? {};
    const place = [tps, name(tps, 'kecamatan'), name(tps, 'kelurahan'), state];
    return [...place, version === 0 ? '' : version, digest ?? '', ...ids.map((id) => figures[id] ?? '')];
  });
  return [['tps', 'kecamatan', 'kelurahan', 'keadaan', 'versi', 'sidik', ...ids], ...rows];
}

function areaRows({ form, recapitulation }: PublishedForm) {
  const ids = allFigures(form).map(({ id }) => id);
  const rows = recapitulation.areas.map(({ code, name, level, stations, states, figures }) => [
    ...[code, name, level, stations, states.counted],
    ...ids.map((id) => figures[id] ?? 0),
  ]);
  return [['kode', 'wilayah', 'tingkat', 'tps', 'tps_dihitung', ...ids], ...rows];
}

/** RFC 4180; a text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection). */
function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
