import type { Piece } from '#drivers/printer/printer.ts';
import type { Deed, KitLook } from '#drivers/simulated-kit.ts';
import { button, element } from '../page/element.ts';

/** The simulated kit on its table: lamps, keys, a tray of paper, badges, the printer's strip. */

const BUTTONS = ['PINDAI', 'YA', 'ULANG'] as const;
const LAMPS = [
  ['green', 'Hijau'],
  ['amber', 'Kuning'],
  ['red', 'Merah'],
] as const;
const PRINTER = [
  ['ready', 'Siap'],
  ['no-paper', 'Kertas habis'],
  ['cover-open', 'Tutup terbuka'],
  ['gone', 'Kabel lepas'],
] as const;

let look: KitLook | null = null;

part('keys').replaceChildren(
  ...BUTTONS.map((name) => button({ 'data-key': name }, () => act({ kind: 'press', button: name }), name)),
);
part('badge').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = part('badge-text');
  if (!(input instanceof HTMLInputElement) || input.value.trim() === '') return;
  act({ kind: 'badge', text: input.value });
  input.value = '';
});
new EventSource('/stand/events').addEventListener('message', ({ data }) => show(JSON.parse(data)));

function act(deed: Deed): void {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(deed) };
  void fetch('/stand/do', request).catch(() => undefined);
}

function show(next: KitLook): void {
  const before = look;
  look = next;
  part('lamps').replaceChildren(
    ...LAMPS.map(([lamp, name]) =>
      element('span', { class: 'lamp', 'data-lamp': lamp, 'data-glow': next.lights[lamp], title: name }, name),
    ),
    element(
      'span',
      { class: 'buzzer', 'data-tunes': next.tunes },
      next.tune ? `♪ ${next.tune.map(beep).join(' ')}` : '',
    ),
  );
  part('laid').textContent = next.laid ? `Di dudukan: ${next.laid}` : 'Dudukan kosong. Ketuk satu kertas.';
  if (JSON.stringify([before?.tray, before?.laid]) !== JSON.stringify([next.tray, next.laid])) {
    const sheets = [null, ...next.tray].map((sheet) =>
      button(
        { 'data-sheet': sheet ?? '', 'aria-pressed': next.laid === sheet },
        () => act({ kind: 'lay', sheet }),
        sheet ?? 'angkat kertas',
      ),
    );
    part('sheets').replaceChildren(...sheets);
  }
  part('printer').replaceChildren(
    ...PRINTER.map(([state, words]) =>
      button(
        { 'data-printer': state, 'aria-pressed': next.printer === state },
        () => act({ kind: 'printer', state }),
        words,
      ),
    ),
  );
  if (before?.paper.length !== next.paper.length) part('paper').replaceChildren(...next.paper.flat().map(printed));
}

function beep({ on }: { readonly on: number }): string {
  return on >= 200 ? 'tuut' : 'tit';
}

function printed(piece: Piece): HTMLElement {
  switch (piece.kind) {
    case 'line':
      return element('p', { 'data-bold': piece.bold, 'data-align': piece.align }, piece.text || ' ');
    case 'qr':
      return element('p', { class: 'qr' }, `[QR] ${piece.text}`);
    case 'cut':
      return element('hr', {});
  }
}

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}
