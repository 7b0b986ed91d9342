import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import { LEVELS, type Level, levelOf, numberOf, type Region, regionOf } from '#contract/region.ts';
import { type AreaResult, STATION_STATES, type StationResult } from '../recapitulation.ts';
import { type Html, html } from './html.ts';
import type { Publication, PublishedForm, SiteFile } from './publication.ts';
import { STATES } from './words.ts';

/** The public results as pages that any web server can carry: no script, and no page that needs another server. */
export function siteOf(publication: Publication): readonly SiteFile[] {
  const { regions, stations } = publication.register;
  const top = regions.find(({ code }) => levelOf(code) === 'provinsi');
  return [
    ...regions.map((region) => ({ path: areaPath(region.code), text: areaPage(publication, region) })),
    ...stations.map(({ tps }) => ({ path: stationPath(tps), text: stationPage(publication, tps) })),
    ...(top ? [{ path: 'index.html', text: frontPage(publication, top) }] : []),
  ];
}

const areaPath = (code: string) => `wilayah/${code}.html`;
const stationPath = (tps: string) => `tps/${tps}.html`;

const CHILD_OF: Readonly<Record<Level, Level | null>> = {
  provinsi: 'kota',
  kota: 'kecamatan',
  kecamatan: 'kelurahan',
  kelurahan: null,
};

function frontPage(publication: Publication, top: Region): string {
  return page(publication, {
    ...{ title: 'Hasil penghitungan suara di TPS', up: '', trail: [] },
    body: publication.results.map((result) => areaSection(result, top, '')),
  });
}

function areaPage(publication: Publication, region: Region): string {
  return page(publication, {
    ...{ title: `${LEVEL_NAMES[levelOf(region.code) ?? 'provinsi']} ${region.name}`, up: '../' },
    trail: trailOf(publication, region.code),
    body: publication.results.map((result) => areaSection(result, region, '../')),
  });
}

const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  ...{ provinsi: 'Provinsi', kota: '', kecamatan: 'Kecamatan', kelurahan: 'Kelurahan' },
};

function areaSection(result: PublishedForm, region: Region, up: string): Html {
  const { form, recapitulation } = result;
  const area = recapitulation.areas.find(({ code }) => code === region.code);
  if (!area) return html``;
  const child = CHILD_OF[area.level];
  const isBelow = (code: string) => code.startsWith(`${region.code}.`);
  const rows = child
    ? recapitulation.areas
        .filter(({ code, level }) => level === child && isBelow(code))
        .map((below) => areaRow(form, below, up))
    : recapitulation.stations
        .filter(({ tps }) => regionOf(tps, 'kelurahan') === region.code)
        .map((station) => stationRow(form, station, up));
  return html`<section><h2>${form.label}</h2>${counted(area)}
<div class="wide"><table><thead><tr><th>${child ? 'Wilayah' : 'TPS'}</th><th>${child ? 'TPS dihitung' : 'Keadaan'}</th>
${votesOf(form).map(({ name }) => html`<th class="votes">${name}</th>`)}</tr></thead><tbody>${rows}</tbody>
<tfoot><tr><th>Jumlah</th><td>${area.states.counted} dari ${area.stations}</td>
${votesOf(form).map(({ id }) => html`<td>${number(area.figures[id] ?? 0)}</td>`)}</tr></tfoot></table></div>
<details><summary>Semua angka</summary>${figureTable(form, area.figures)}</details></section>`;
}

/** A total always says how many TPS are in it, and why the others are not. */
function counted({ stations, states }: AreaResult): Html {
  const others = STATION_STATES.filter((state) => state !== 'counted' && states[state] > 0);
  const why = others.map((state) => `${number(states[state])} ${STATES[state]}`).join(', ');
  return html`<p class="counted"><b>${number(states.counted)} dari ${number(stations)} TPS</b> dihitung${why ? `; ${why}` : ''}.</p>`;
}

function areaRow(form: FormDefinition, { code, name, states, stations, figures }: AreaResult, up: string): Html {
  return html`<tr><th><a href="${up}${areaPath(code)}">${name}</a></th><td>${states.counted} dari ${stations}</td>
${votesOf(form).map(({ id }) => html`<td>${number(figures[id] ?? 0)}</td>`)}</tr>`;
}

function stationRow(form: FormDefinition, { tps, state, figures }: StationResult, up: string): Html {
  const cells = votesOf(form).map(({ id }) => html`<td>${figures ? number(figures[id] ?? 0) : '–'}</td>`);
  return html`<tr><th><a href="${up}${stationPath(tps)}">TPS\u00a0${stationNumber(tps)}</a></th><td>${STATES[state]}</td>${cells}</tr>`;
}

function stationPage(publication: Publication, tps: string): string {
  return page(publication, {
    ...{ title: `TPS ${stationNumber(tps)}`, up: '../' },
    trail: trailOf(publication, `${regionOf(tps, 'kelurahan')}.`),
    body: publication.results.map((result) => stationSection(result, tps)),
  });
}

function stationSection({ form, recapitulation, records }: PublishedForm, tps: string): Html {
  const station = recapitulation.stations.find((one) => one.tps === tps);
  const record = records.get(tps);
  if (!station) return html``;
  const released = station.released ? ' Dihitung menurut keputusan petugas pusat.' : '';
  const heading = html`<h2>${form.label}</h2><p class="counted"><b>${STATES[station.state]}</b>.${released}</p>`;
  if (!record) return html`<section>${heading}</section>`;
  const pictures = record.pictures.map(
    ({ page: n, sha256 }) => html`<li><a href="../pictures/${sha256}.jpg">Foto halaman ${n}</a></li>`,
  );
  return html`<section>${heading}${figureTable(form, record.figures)}<ul>${pictures}</ul>
<p class="fine">Versi ${station.version}. Sidik rekaman: <code>${record.digest}</code></p></section>`;
}

function figureTable(form: FormDefinition, figures: Readonly<Record<string, number>>): Html {
  const rows = allFigures(form).map(({ id, label }) => {
    const value = figures[id];
    return html`<tr><th>${label}</th><td>${value === undefined ? '–' : number(value)}</td></tr>`;
  });
  return html`<table class="figures"><tbody>${rows}</tbody></table>`;
}

/** The regions above, from the largest. */
function trailOf({ register }: Publication, code: string): readonly Region[] {
  return LEVELS.flatMap((level) =>
    register.regions.filter((region) => levelOf(region.code) === level && code.startsWith(`${region.code}.`)),
  );
}

interface Shell {
  readonly title: string;
  /** From the page to the folder of the publication: '' or '../'. */
  readonly up: string;
  readonly trail: readonly Region[];
  readonly body: readonly Html[];
}

function page({ at, results }: Publication, { title, up, trail, body }: Shell): string {
  const links = trail.map(({ code, name }) => html`<a href="${up}${areaPath(code)}">${name}</a> › `);
  return `<!doctype html>
${
  html`<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${up}gaya.css">
</head>
<body>
<nav><a href="${up}index.html">Semua</a> › ${links}</nav>
<h1>${title}</h1>
<p class="fine">Keadaan ${stamp(at)}. Angka menurut formulir C.Hasil di TPS; bukan penetapan KPU.</p>
${body}
<footer class="fine"><ul>${further(results).map(([path, name]) => html`<li><a href="${up}${path}">${name}</a></li> `)}</ul></footer>
</body>
</html>`.html
}
`;
}

/** What is for spreadsheets, and for auditors. */
function further(results: readonly PublishedForm[]): readonly (readonly [path: string, name: string])[] {
  const tables = results.flatMap(({ form: { id, label } }) => [
    [`data/rekap-${id}.csv`, `${label}: wilayah (CSV)`] as const,
    [`data/tps-${id}.csv`, `${label}: TPS (CSV)`] as const,
    [`data/${id}.json`, `${label} (JSON)`] as const,
  ]);
  return [
    ...tables,
    ['catatan/catatan.jsonl', 'Catatan bertanda tangan'],
    ['catatan/kepala.jws', 'kepala catatan'],
    ['catatan/central-signing.crt', 'sertifikat pusat'],
    ['catatan/root.crt', 'sertifikat akar'],
  ];
}

/** Votes stand in the tables of areas; the other figures below them. */
function votesOf(form: FormDefinition): readonly { readonly id: string; readonly name: string }[] {
  return allFigures(form).flatMap(({ id }) => {
    const number = /^paslon-(\d+)$/.exec(id)?.[1];
    return number === undefined ? [] : [{ id, name: `Paslon ${number}` }];
  });
}

function stationNumber(tps: string): string {
  return String(numberOf(tps)).padStart(3, '0');
}

function number(value: number): string {
  return value.toLocaleString('id-ID');
}

/** In the time of Palembang. */
function stamp(at: Date): string {
  return `${at.toLocaleString('id-ID', { timeZone: 'Asia/Jakarta', dateStyle: 'long', timeStyle: 'short' })} WIB`;
}
