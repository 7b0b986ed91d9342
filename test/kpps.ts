import type { Action } from '#agent/session/event.ts';
import type { SessionView } from '#agent/session/session.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import type { Button } from '#drivers/buttons/buttons.ts';

/**
 * A KPPS member who uses the panel as the page in the browser does, and has the paper in hand: answers
 * what is asked with what is written, corrects what is wrong on the screen, and confirms.
 */
export interface Kpps {
  /** Address of the panel. */
  readonly panel: string;
  view(): Promise<SessionView>;
  act(action: Action): Promise<void>;
  /** Waits until the view is as wanted. */
  until(what: string, wanted: (view: SessionView) => boolean): Promise<SessionView>;
  /** Lays down the next page and presses PINDAI; answers the view that shows its figures or a refusal. */
  scan(): Promise<SessionView>;
  /** Settles questions and breaches until the figures can be confirmed; answers the figures that were asked. */
  settle(): Promise<readonly FigureId[]>;
  /** Looks at every figure and makes those right that are not what the paper says. */
  proofread(): Promise<readonly FigureId[]>;
  /** Looks at every figure, then presses YA. */
  confirm(): Promise<void>;
}

export type Paper = Readonly<Record<FigureId, FigureValue>>;

/** How a KPPS member works with a kit. */
export interface Hands {
  /** Waits so long for the kit, ms. */
  readonly patienceMs: number;
  /** Looks at it so often, ms. */
  readonly pollMs: number;
  /** Presses a key where the kit has any; the panel's where it is not said. */
  readonly press?: (button: Button) => Promise<void>;
}

const HANDS: Hands = { patienceMs: 60_000, pollMs: 20 };

/** How things stand: the first of a stream's events. */
export async function toldNow(stream: string): Promise<unknown> {
  const stop = new AbortController();
  const response = await fetch(stream, { signal: stop.signal });
  if (!response.body) throw new Error(`${stream} gives no events`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('\n\n')) break;
  }
  stop.abort();
  return JSON.parse(text.slice('data: '.length, text.indexOf('\n\n')));
}

export function kppsAt(panel: string, paper: Paper, hands: Partial<Hands> = {}): Kpps {
  const origin = new URL(panel).origin;
  const { patienceMs, pollMs, press = (button: Button) => act({ kind: 'press', button }) } = { ...HANDS, ...hands };

  const view = (): Promise<SessionView> => toldNow(`${origin}/events`) as Promise<SessionView>;

  async function act(action: Action): Promise<void> {
    const { turn } = await view();
    const body = JSON.stringify({ turn, action });
    const headers = { 'content-type': 'application/json', origin };
    const response = await fetch(`${origin}/act`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`the panel refuses ${action.kind}: ${await response.text()}`);
  }

  async function until(what: string, wanted: (view: SessionView) => boolean): Promise<SessionView> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const seen = await view();
      if (wanted(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`waited for ${what}; the kit says ${seen.state}: ${JSON.stringify(seen.notice)}`);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  async function answer(figure: FigureId): Promise<void> {
    await act({ kind: 'answer', figure, value: paper[figure] ?? null });
  }

  async function settleOne(seen: SessionView): Promise<FigureId | null> {
    const { ask, draft } = seen;
    if (!ask) throw new Error('the kit asks nothing');
    if (ask.kind === 'figure') {
      await answer(ask.figure);
      return ask.figure;
    }
    const misread = ask.breach.figures.find((id) => draft?.figures[id]?.value !== paper[id]);
    if (misread !== undefined) await act({ kind: 'correct', figure: misread });
    else if (ask.step === 'ask') await act({ kind: 'declare', rule: ask.rule });
    else await press('YA');
    return null;
  }

  async function settle(): Promise<readonly FigureId[]> {
    const asked: FigureId[] = [];
    for (let seen = await view(); seen.state === 'periksa'; seen = await view()) {
      const figure = await settleOne(seen);
      if (figure !== null) asked.push(figure);
      await until('the kit to go on', ({ turn }) => turn > seen.turn);
    }
    return asked;
  }

  return {
    panel,
    view,
    act,
    until,
    async scan() {
      const { turn } = await view();
      await press('PINDAI');
      return until('a page that is read', (seen) => seen.turn > turn && !['memotret', 'membaca'].includes(seen.state));
    },
    settle,
    async proofread() {
      const { draft } = await view();
      const wrong = Object.entries(draft?.figures ?? {}).filter(([id, { value }]) => value !== paper[id]);
      for (const [figure] of wrong) {
        await act({ kind: 'correct', figure });
        await answer(figure);
        await settle();
      }
      return wrong.map(([figure]) => figure);
    },
    async confirm() {
      const { draft } = await until('konfirmasi', ({ state }) => state === 'konfirmasi');
      const figures = Object.entries(draft?.figures ?? {}).map(([id, { value }]) => [id, value] as const);
      await act({ kind: 'shown', figures: Object.fromEntries(figures) });
      await until('YA to be heard', ({ confirmation }) => confirmation?.sight === 'armed');
      await press('YA');
    },
  };
}
