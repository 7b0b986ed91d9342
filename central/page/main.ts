import type { NotedAlarm } from '#central/alarms.ts';
import type { DocumentDetail } from '#central/document.ts';
import type { Overview } from '#central/results.ts';
import type { Mode } from '#contract/wire/record.ts';
import { detailElement } from './detail.ts';
import { element } from './elements.ts';
import { alarmsElement, type Json, listElement } from './list.ts';

/** Where the page is: `#/resmi`, `#/resmi/<tps>/<form>`, `#/latihan…`, `#/peringatan`. */
type Place =
  | { readonly kind: 'list'; readonly mode: Mode }
  | { readonly kind: 'document'; readonly mode: Mode; readonly tps: string; readonly form: string }
  | { readonly kind: 'alarms' };

const TABS = [
  ['#/resmi', 'Resmi'],
  ['#/latihan', 'Latihan'],
  ['#/peringatan', 'Peringatan'],
] as const;

const parts = { tabs: part('tabs'), link: part('link'), list: part('list'), detail: part('detail') };

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id} on the page`);
  return found;
}

function placeOf(hash: string): Place {
  const [, section, tps, form] = hash.split('/');
  if (section === 'peringatan') return { kind: 'alarms' };
  const mode = section === 'latihan' ? 'latihan' : 'resmi';
  return tps && form ? { kind: 'document', mode, tps, form: decodeURIComponent(form) } : { kind: 'list', mode };
}

async function ask<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as Answer;
}

/** The newest drawing wins: an older one that answers late is dropped. */
let drawing = 0;

async function draw(): Promise<void> {
  drawing += 1;
  const mine = drawing;
  const place = placeOf(location.hash);
  try {
    const made = await elementsOf(place);
    if (mine !== drawing) return;
    document.body.dataset['place'] = place.kind;
    drawTabs(place);
    replace(parts.list, made.list);
    replace(parts.detail, made.detail);
  } catch {
    if (mine === drawing) showLink('lost');
  }
}

async function elementsOf(place: Place): Promise<{ readonly list: HTMLElement; readonly detail: HTMLElement }> {
  if (place.kind === 'alarms') {
    const alarms = await ask<readonly Json<NotedAlarm>[]>('/api/alarms');
    return { list: alarmsElement(alarms), detail: element('div') };
  }
  const overview = await ask<Overview>(`/api/overview?mode=${place.mode}`);
  const list = listElement(overview, location.hash);
  if (place.kind === 'list') return { list, detail: invitationOf(overview) };
  const address = `/api/documents/${place.mode}/${encodeURIComponent(place.tps)}/${encodeURIComponent(place.form)}`;
  return { list, detail: detailElement(await ask<DocumentDetail>(address)) };
}

function invitationOf(overview: Overview): HTMLElement {
  const says =
    overview.documents.length === 0
      ? 'Belum ada rekaman. Yang pertama akan muncul di sini dengan sendirinya.'
      : 'Pilih satu dokumen untuk melihat angka, penilaian, dan gambarnya.';
  return element('p', { class: 'nothing' }, says);
}

/** Keeps scroll positions and opened details where they are. */
function replace(where: HTMLElement, by: HTMLElement): void {
  const opened = where.querySelector('details')?.open ?? false;
  const { scrollTop } = where;
  where.replaceChildren(by);
  const details = where.querySelector('details');
  if (details) details.open = opened;
  where.scrollTop = scrollTop;
}

function drawTabs(place: Place): void {
  const current = place.kind === 'alarms' ? '#/peringatan' : `#/${place.mode}`;
  const links = TABS.map(([href, text]) =>
    element('a', { href, 'aria-current': href === current ? 'page' : null }, text),
  );
  parts.tabs.replaceChildren(...links);
}

function showLink(state: 'live' | 'lost'): void {
  parts.link.className = `link ${state}`;
  parts.link.textContent = state === 'live' ? 'langsung' : 'terputus, mencoba lagi';
}

function follow(): void {
  const news = new EventSource('/api/news');
  news.addEventListener('open', () => {
    showLink('live');
    void draw();
  });
  news.addEventListener('error', () => showLink('lost'));
  news.addEventListener('message', () => scheduleDraw());
}

/** Many records may come in one second: the page is drawn again once for all of them. */
const DRAW_AGAIN_MS = 300;
let scheduled = false;

function scheduleDraw(): void {
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    void draw();
  }, DRAW_AGAIN_MS);
}

addEventListener('hashchange', () => {
  scrollTo(0, 0);
  parts.detail.scrollTop = 0;
  void draw();
});
void draw();
follow();
