import type { BreachView, DocumentDetail, PictureView, VersionView } from '#central/document.ts';
import { element } from './elements.ts';
import { figureTables } from './figures.ts';
import { badge } from './list.ts';
import { CORRECTIONS, clockOf, FLAGS, figureText, numberOf, STATES, timeOf, tpsParts } from './words.ts';

/** Everything known about one document. */
export function detailElement(detail: DocumentDetail): HTMLElement {
  return element(
    'article',
    { class: 'document' },
    headingOf(detail),
    judgementOf(detail),
    element(
      'div',
      { class: 'columns' },
      element('div', { class: 'numbers' }, ...figureTables(detail.figures)),
      element('aside', {}, picturesOf(detail.pictureViews), historyOf(detail.history), proofOf(detail)),
    ),
  );
}

function headingOf(detail: DocumentDetail): HTMLElement {
  const { tps, area } = tpsParts(detail.tps);
  return element(
    'header',
    { class: 'heading' },
    element('a', { class: 'back', href: `#/${detail.mode}` }, '‹ Semua TPS'),
    detail.mode === 'latihan' ? element('p', { class: 'practice' }, 'LATIHAN — bukan hasil resmi') : null,
    element('p', { class: 'over' }, detail.formLabel),
    element('h1', {}, `TPS ${tps}`, element('small', {}, ` ${area}`)),
    element(
      'p',
      { class: 'under' },
      badge(detail.state),
      element('span', {}, `versi ${detail.version}`),
      element('span', {}, `diterima ${timeOf(detail.committedAt)}`),
    ),
  );
}

function judgementOf(detail: DocumentDetail): HTMLElement {
  const held = `${numberOf(detail.rulesHeld)} aturan terpenuhi`;
  const incomplete = detail.rulesIncomplete > 0 ? `, ${numberOf(detail.rulesIncomplete)} belum dapat dinilai` : '';
  return element(
    'section',
    { class: `judgement ${detail.state}`, 'aria-label': 'Penilaian pusat' },
    element('p', {}, STATES[detail.state].says),
    detail.breaksRules.length > 0 ? element('ul', { class: 'breaches' }, ...detail.breaksRules.map(breachOf)) : null,
    ...detail.flags.map((flag) => element('p', { class: 'flag' }, FLAGS[flag])),
    element('p', { class: 'held' }, `${held}${incomplete}.`),
  );
}

function breachOf({ severity, says, inNumbers }: BreachView): HTMLElement {
  const kind = severity === 'blocking' ? 'Dilanggar' : 'Catatan';
  return element(
    'li',
    { class: `rule ${severity}` },
    element('b', {}, `${kind}: `),
    `${says}. `,
    element('span', {}, inNumbers),
  );
}

function picturesOf(pictures: readonly PictureView[]): HTMLElement {
  return element(
    'section',
    { class: 'pictures' },
    element('h2', {}, 'Gambar'),
    element('div', { class: 'sheets' }, ...pictures.map(pictureOf)),
  );
}

function pictureOf({ page, sha256, whole, restricted }: PictureView): HTMLElement {
  const caption = element('figcaption', {}, `Halaman ${page}`);
  if (!whole) return element('figure', {}, element('div', { class: 'waiting' }, 'sedang dikirim'), caption);
  if (restricted) return element('figure', {}, element('div', { class: 'waiting' }, 'data pribadi, disegel'), caption);
  const source = `/pictures/${sha256}.jpg`;
  const image = element('img', { src: source, alt: `Foto halaman ${page}`, loading: 'lazy', decoding: 'async' });
  return element('figure', {}, element('a', { href: source, target: '_blank', rel: 'noopener' }, image), caption);
}

function historyOf(history: readonly VersionView[]): HTMLElement {
  return element(
    'section',
    { class: 'history' },
    element('h2', {}, 'Riwayat'),
    element('ol', { reversed: '' }, ...history.map(versionOf)),
  );
}

function versionOf(version: VersionView): HTMLElement {
  const clock = version.clockSynchronised ? '' : ' (jam kit belum disetel)';
  return element(
    'li',
    { class: 'version' },
    element('b', {}, `Versi ${version.version}`),
    version.counts ? ' · dipakai' : ' · digantikan',
    element('span', { class: 'fine' }, `dikonfirmasi ${clockOf(version.wallClock)}${clock}, kit ${version.kit}`),
    version.correction ? element('p', {}, CORRECTIONS[version.correction]) : null,
    version.changes.length > 0
      ? element(
          'ul',
          { class: 'changes' },
          ...version.changes.map(({ label, from, to }) =>
            element(
              'li',
              {},
              `${label}: `,
              element('del', {}, figureText(from)),
              ' ',
              element('ins', {}, figureText(to)),
            ),
          ),
        )
      : null,
  );
}

function proofOf(detail: DocumentDetail): HTMLElement {
  return element(
    'section',
    { class: 'proof' },
    element('h2', {}, 'Sidik rekaman'),
    element('code', {}, detail.digest),
    element('span', { class: 'fine' }, `program kit ${detail.agent}`),
  );
}
