import type { Action } from '#agent/session/event.ts';
import type { PinOrder, PinOutcome, SessionView } from '#agent/session/session.ts';
import type { PanelView } from '../panel-view.ts';

/** What a screen can ask of the kit; every action names the turn the screen shows. */
export type Act = (action: Action) => void;

export interface KitListener {
  view(view: PanelView): void;
  /** The link between this screen and the kit. */
  link(state: 'up' | 'lost'): void;
  /** An action could not be kept. */
  blocked(): void;
}

/** Follows the kit's view and sends actions to it. */
export function followKit(listener: KitListener): (turn: number, action: Action) => void {
  const events = new EventSource('/events');
  events.addEventListener('open', () => listener.link('up'));
  events.addEventListener('error', () => listener.link('lost'));
  events.addEventListener('message', ({ data }) => listener.view(JSON.parse(data)));

  return (turn, action) => void send(turn, action);

  async function send(turn: number, action: Action): Promise<void> {
    const body = JSON.stringify({ turn, action });
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const answer = await fetch('/act', request).catch(() => null);
    if (!answer) listener.link('lost');
    else if (answer.ok && (await answer.json()).outcome === 'blocked') listener.blocked();
  }
}

/** Gives the kit an officer's PIN. */
export async function enterPin(order: PinOrder): Promise<PinOutcome> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) };
  const answer = await fetch('/pin', request).catch(() => null);
  return answer?.ok ? await answer.json() : { outcome: 'blocked', waitMs: 0 };
}

/** Ends practice for good. */
export async function beginOfficial(): Promise<'done' | 'not-now' | 'blocked'> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"sure":true}' };
  const answer = await fetch('/official', request).catch(() => null);
  return answer ? (await answer.json()).outcome : 'blocked';
}

/** Asks the kit to test itself, or to print what it found. */
export async function checkKit(what: 'run' | 'print'): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ what }) };
  await fetch('/check', request).catch(() => null);
}

/** Address of a figure's cut-out; null while the kit does not have it. */
export function cutoutAddress(view: SessionView, figure: string): string | null {
  const photo = view.draft?.figures[figure]?.photo;
  return photo !== undefined && view.pictures.includes(photo)
    ? `/pictures/${photo}/${encodeURIComponent(figure)}`
    : null;
}

/** Address of a flattened page; null while the kit does not have it. */
export function pageAddress(view: SessionView, page: number): string | null {
  const photo = view.draft?.pages.find((scanned) => scanned.page === page)?.photo;
  return photo !== undefined && view.pictures.includes(photo) ? `/pictures/${photo}` : null;
}
