import type { Action } from '#agent/session/event.ts';
import type { PanelView } from '../panel-view.ts';
import { isAnonymous } from '../words/log-in.ts';
import { breachScreen } from './breach.ts';
import { confirmScreen, scrollConfirm } from './confirm.ts';
import { finishedScreen } from './finished.ts';
import { alertText, buttonBar, topBar } from './frame.ts';
import { typeIntoKeypad } from './keypad.ts';
import { type Act, checkKit, enterPin, followKit } from './kit.ts';
import { logInScreen, openCountersign } from './log-in.ts';
import { fillCutouts, questionScreen } from './question.ts';
import { openReadiness, updateReadiness } from './readiness.ts';
import { busyScreen, waitingScreen } from './waiting.ts';

/** Shows the kit's view. The main part is made anew only when it says something new, so that a list stays where it was scrolled to. */

const main = part('frame-main');
let shown: PanelView | null = null;
let link: 'up' | 'lost' = 'up';
let blocked = false;

const send = followKit({
  view(view) {
    const before = shown;
    shown = view;
    blocked = false;
    if (!before || mainKey(before) !== mainKey(view)) main.replaceChildren(screen(view));
    fillCutouts(view);
    if (before?.turn === view.turn && (view.confirmation?.scroll ?? 0) > (before.confirmation?.scroll ?? 0))
      scrollConfirm();
    updateReadiness(view, checkKit);
    showFrame();
  },
  link(state) {
    link = state;
    showFrame();
  },
  blocked() {
    blocked = true;
    showFrame();
  },
});

document.addEventListener('keydown', ({ key, target, ctrlKey, altKey, metaKey }) => {
  if (ctrlKey || altKey || metaKey) return;
  // Enter on a focused button is that button's own.
  if (key === 'Enter' && target instanceof HTMLButtonElement) return;
  typeIntoKeypad(key);
});

/** How the kit is: shown over the screen. */
function lookAtKit(): void {
  if (shown) openReadiness(shown, checkKit);
}

function act(action: Action): void {
  if (shown && link === 'up') send(shown.turn, action);
}

function screen(view: PanelView): Node {
  const doing: Act = act;
  if (isAnonymous(view)) return logInScreen(view, enterPin);
  switch (view.state) {
    case 'menunggu':
      return waitingScreen(view, doing, view.readiness ? lookAtKit : null);
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return busyScreen(view.state);
    case 'periksa':
      if (view.ask?.kind === 'figure') return questionScreen(view, view.ask, doing);
      return view.ask ? breachScreen(view, view.ask, doing) : busyScreen('membaca');
    case 'konfirmasi':
      return view.draft
        ? confirmScreen(view, view.draft, doing, () => openCountersign(view, enterPin))
        : busyScreen('membaca');
    case 'tersimpan':
    case 'terkirim':
    case 'ditolak-pusat':
    case 'diterima-pusat':
      return view.record ? finishedScreen(view, view.record, doing) : busyScreen('menyimpan');
  }
}

function showFrame(): void {
  const alert = shown && alertText(shown, link, blocked);
  const line = part('frame-alert');
  line.textContent = alert;
  line.hidden = !alert;
  if (!shown) return;
  main.dataset.turn = String(shown.turn);
  part('frame-top').replaceChildren(...topBar(shown, act));
  const focused = document.activeElement?.id;
  part('frame-buttons').replaceChildren(buttonBar(shown, act));
  if (focused) document.getElementById(focused)?.focus();
}

/** What the main part depends on; the rest of a view is shown by the frame. */
function mainKey(view: PanelView): string {
  if (isAnonymous(view)) return JSON.stringify(['log-in', view.badge]);
  const { turn, state, documents, confirmation, notice, printer } = view;
  // A picture that comes while somebody types must not take the digits away.
  const pictures = view.ask?.kind === 'figure' ? null : view.pictures;
  return JSON.stringify([turn, state, pictures, documents, confirmation?.countersigned, notice, printer]);
}

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}
