import type { SessionView } from '#agent/session/session.ts';
import type { PanelView } from '../panel-view.ts';
import { storeAdvice } from '../words/advice.ts';
import { diagnosisText } from '../words/diagnosis.ts';
import { MODES, STATES } from '../words/evening.ts';
import { buttonWords, connectionText, memoryText, SCREEN } from '../words/frame.ts';
import { LOG_IN, officerLabel } from '../words/log-in.ts';
import { OFFICIAL, officialText } from '../words/official.ts';
import { printerFault } from '../words/printer.ts';
import { readinessFault } from '../words/readiness.ts';
import { openChoice } from './choice-dialog.ts';
import { button, element } from './element.ts';
import { type Act, beginOfficial } from './kit.ts';

/** What is on every screen: mode, TPS, state, connection on top; the kit's three buttons at the bottom. */

export function topBar(view: SessionView, act: Act): readonly (Node | string)[] {
  const link = view.uplink?.link.kind === 'connected' ? 'up' : 'down';
  return [
    modeBadge(view),
    element('span', { class: 'tps', title: view.tps }, `TPS ${view.tps.slice(-3)}`, element('i', {}, view.tps)),
    element('span', { class: 'state', role: 'status' }, STATES[view.state]),
    view.officer === null
      ? ''
      : button(
          { class: 'officer', id: 'officer', 'aria-label': `${officerLabel(view, view.officer)}, ${LOG_IN.out}` },
          () => act({ kind: 'log-out' }),
          `${officerLabel(view, view.officer)} ✕`,
        ),
    element('span', { class: 'link', 'data-link': link }, connectionText(view)),
  ];
}

/** Practice or official, on every screen; in practice it opens the way to the official evening. */
function modeBadge({ mode }: SessionView): Node {
  const attributes = { class: 'mode', 'data-mode': mode, id: 'mode' };
  if (mode === 'resmi') return element('strong', attributes, MODES[mode]);
  const sure = { name: 'sure', words: OFFICIAL.sure, choose: () => void begin() };
  const begin = async () => {
    const says = officialText(await beginOfficial());
    if (says !== null) openChoice(OFFICIAL.notYet, says, [], OFFICIAL.back);
  };
  const ask = () => openChoice(OFFICIAL.really, OFFICIAL.gone, [sure], OFFICIAL.back);
  const first = { name: 'official', words: OFFICIAL.begin, choose: ask };
  const open = () => openChoice(OFFICIAL.practice, OFFICIAL.practiceTodo, [first], OFFICIAL.back);
  return button(attributes, open, MODES[mode]);
}

export function alertText(view: PanelView, link: 'up' | 'lost', blocked: boolean): string | null {
  if (link === 'lost') return SCREEN.lost;
  if (view.alert) {
    const { what, todo } = storeAdvice(view.alert);
    return `${what} ${todo}`;
  }
  if (blocked) return SCREEN.blocked;
  return diagnosisText(view) ?? memoryText(view) ?? printerFault(view) ?? readinessFault(view);
}

export function buttonBar(view: SessionView, act: Act): HTMLElement {
  const words = buttonWords(view);
  const keys = (['PINDAI', 'YA', 'ULANG'] as const).map((name) => {
    const does = words[name];
    return button(
      { class: 'kit-button', 'data-button': name, id: `button-${name}`, disabled: does === null },
      () => act({ kind: 'press', button: name }),
      element('strong', {}, name),
      element('span', {}, does ?? ''),
    );
  });
  return element('div', { class: 'kit-buttons', role: 'group', 'aria-label': SCREEN.buttons }, ...keys);
}
