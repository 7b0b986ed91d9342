import type { SessionView } from '#agent/session/session.ts';
import type { DraftView } from '#agent/session/view.ts';
import { adviceOf } from '../words/advice.ts';
import { attendanceText } from '../words/attendance.ts';
import { CORRECTION, changesOf } from '../words/correction.ts';
import { breachText, CONFIRM, valueText } from '../words/figures.ts';
import { LOG_IN, officerLabel } from '../words/log-in.ts';
import { button, element } from './element.ts';
import { type Act, cutoutAddress, pageAddress } from './kit.ts';
import { noticeBox } from './waiting.ts';

/**
 * Every figure beside its cut-out. When each of them has been on the screen in full, the kit is told
 * which figures were shown; only those can be confirmed.
 */
export function confirmScreen(view: SessionView, draft: DraftView, act: Act, countersign: () => void): HTMLElement {
  const list = element('div', { class: 'sheet', tabindex: 0 }, ...summary(view, draft), ...rows(view, draft, act));
  if (view.officers.length > 0) list.append(signersOf(view, countersign));
  list.append(element('p', { class: 'row end' }, CONFIRM.end));
  const picture = element('img', { class: 'page-picture', alt: '', hidden: draft.restricted });
  watch(list, () => act({ kind: 'shown', figures: valuesOf(draft) }));
  followPage(list, picture, view);
  return element('section', { class: 'confirm' }, list, picture);
}

/** YA before everything was seen moves the list on to what was not. */
export function scrollConfirm(): void {
  document.querySelector('.sheet .row:not([data-seen])')?.scrollIntoView({ block: 'start', behavior: 'smooth' });
}

/** Who stands by the figures already, and room for one more. */
function signersOf(view: SessionView, countersign: () => void): HTMLElement {
  const signed = view.confirmation?.countersigned.map((code) => officerLabel(view, code)) ?? [];
  return element(
    'div',
    { class: 'row signers' },
    button({ class: 'countersign' }, countersign, LOG_IN.countersign),
    element('span', {}, signed.join(', ')),
  );
}

function valuesOf(draft: DraftView): Record<string, number | null> {
  return Object.fromEntries(Object.entries(draft.figures).map(([id, { value }]) => [id, value]));
}

function summary(view: SessionView, draft: DraftView): readonly Node[] {
  const changed = Object.values(draft.figures).filter(({ by }) => by === 'changed');
  const lines = changed.map(({ label, read, value }) =>
    element(
      'li',
      { class: 'row' },
      element('span', {}, label),
      element('span', { class: 'soft' }, `${CONFIRM.read} ${valueText(read)} →`),
      element('output', {}, valueText(value)),
    ),
  );
  const breaches = draft.breaches.map((breach) =>
    element(
      'li',
      { class: 'row' },
      element('span', {}, breach.says),
      element('strong', {}, breachText(breach, draft.figures)),
      element('span', { class: 'soft' }, breach.severity === 'warning' ? CONFIRM.warning : CONFIRM.declared),
    ),
  );
  return [
    ...(view.notice ? [noticeBox(adviceOf(view.notice, view.names))] : []),
    element('h1', { class: 'row' }, CONFIRM.title),
    element('p', { class: 'todo' }, CONFIRM.todo),
    ...(view.correction ? correctionSummary(view) : []),
    ...(lines.length > 0 ? [element('h2', {}, CONFIRM.changed), element('ul', { class: 'changed' }, ...lines)] : []),
    ...(breaches.length > 0 ? [element('ul', { class: 'breaches' }, ...breaches)] : []),
    ...attendanceSummary(view),
  ];
}

/** Signatures on the attendance lists beside what the result forms say. */
function attendanceSummary({ attendance }: SessionView): readonly Node[] {
  if (attendance.length === 0) return [];
  const lines = attendance.map((list) => {
    const { says, warning } = attendanceText(list);
    return element('li', { class: 'row' }, element('strong', {}, says), element('span', { class: 'soft' }, warning));
  });
  return [element('ul', { class: 'breaches attendance' }, ...lines)];
}

/** What a correction changes of the record that stands. */
function correctionSummary(view: SessionView): readonly Node[] {
  const changes = changesOf(view).map(({ label, was, becomes }) =>
    element(
      'li',
      { class: 'row' },
      element('span', {}, label),
      element('span', { class: 'soft' }, was),
      element('output', {}, becomes),
    ),
  );
  const none = element('li', { class: 'row' }, CORRECTION.same);
  return [
    element('h2', {}, CORRECTION.confirm),
    element('ul', { class: 'changed correction' }, ...(changes.length > 0 ? changes : [none])),
  ];
}

function rows(view: SessionView, draft: DraftView, act: Act): readonly Node[] {
  return draft.rows.flatMap((row, n) => {
    const cells = row.cells.map(({ figure, name }) => {
      const { value, by } = draft.figures[figure] ?? { value: null, by: 'machine' };
      const address = cutoutAddress(view, figure);
      return button(
        { class: 'cell', 'data-figure': figure, 'data-by': by },
        () => act({ kind: 'correct', figure }),
        element('span', { class: 'name' }, name ?? ''),
        address ? element('img', { class: 'crop', src: address, alt: '' }) : element('i', {}),
        element('output', {}, valueText(value)),
      );
    });
    const line = element(
      'div',
      { class: 'row line', 'data-page': row.page },
      element('span', { class: 'label' }, row.label),
      element('div', { class: 'cells' }, ...cells),
    );
    const isFirst = draft.rows[n - 1]?.page !== row.page;
    return isFirst ? [element('h2', {}, `${CONFIRM.page} ${row.page}`), line] : [line];
  });
}

/** Calls `seen` once when every row of the list has been wholly visible, above the edge where the list fades. */
function watch(list: HTMLElement, seen: () => void): void {
  const unseen = new Set<Element>(list.querySelectorAll('.row'));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
        target.setAttribute('data-seen', '');
        unseen.delete(target);
      }
      if (unseen.size > 0) return;
      observer.disconnect();
      seen();
    },
    { root: list, rootMargin: '0px 0px -24px 0px', threshold: 0.95 },
  );
  for (const row of unseen) observer.observe(row);
}

/** Beside the list, where there is room, the page of the row that is being read. */
function followPage(list: HTMLElement, picture: HTMLImageElement, view: SessionView): void {
  const follow = () => {
    const middle = list.scrollTop + list.clientHeight / 3;
    const lines = [...list.querySelectorAll<HTMLElement>('.line')];
    const line = lines.findLast((candidate) => candidate.offsetTop - list.offsetTop <= middle) ?? lines[0];
    const address = pageAddress(view, Number(line?.dataset['page']));
    if (address && !picture.src.endsWith(address)) picture.src = address;
  };
  list.addEventListener('scroll', follow, { passive: true });
  requestAnimationFrame(follow);
}
