import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { illegible } from '#agent/panel/testing/legibility.ts';
import type { SessionView } from '#agent/session/session.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import type { Deed, KitLook } from '#drivers/simulated-kit.ts';
import { kppsAt, type Paper, toldNow } from './kpps.ts';

export const PATIENCE = { timeout: 45_000 };

/**
 * A KPPS member before a simulated kit, who knows of it only what its screen shows and its lamps and paper say, and
 * touches screen and keys.
 */
export type KppsAtScreen = ReturnType<typeof kppsAtScreen>;

const BUSY: ReadonlySet<SessionView['state']> = new Set(['memotret', 'membaca', 'menyimpan']);

/** What changes when a key does something. */
function standing({ turn, state, notice, confirmation }: SessionView): string {
  return JSON.stringify([turn, state, notice, confirmation]);
}

/** What hands do at the table on which the simulated kit stands. */
export function doAtStand(page: Page, deed: Deed): Promise<void> {
  return page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    await fetch('/stand/do', { method: 'POST', headers, body });
  }, JSON.stringify(deed));
}

/** What the screen shows is kept as pictures in this folder, numbered in order. */
export function kppsAtScreen(page: Page, pictures: string) {
  let shot = 0;
  const hands = (deed: Deed) => doAtStand(page, deed);
  const press = (button: Button) => hands({ kind: 'press', button });
  const state = (words: string) => page.locator('.state', { hasText: words }).waitFor(PATIENCE);
  const says = (words: string | RegExp) => page.getByText(words).first().waitFor(PATIENCE);
  const viewNow = (): Promise<SessionView> => kppsAt(page.url(), {}).view();
  const standNow = () => toldNow(new URL('/stand/events', page.url()).href) as Promise<KitLook>;

  /** What the screen shows now, kept as a picture and held to what a tired person can read and touch. */
  async function look(name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    shot += 1;
    await page.screenshot({ path: join(pictures, `${String(shot).padStart(2, '0')}-${name}.png`) });
    expect([name, await illegible(page)]).toEqual([name, []]);
  }

  async function enter(pin: string): Promise<void> {
    for (const digit of pin) await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
  }

  /** Types the PIN of an officer whose name was chosen or whose badge was read; keys count once he is logged in. */
  async function logIn(officer: string, pin: string): Promise<void> {
    await enter(pin);
    await expect.poll(async () => (await viewNow()).officer, PATIENCE).toBe(officer);
  }

  /** Waits until nothing is photographed, read or stored, and the screen shows how the kit is now. */
  async function settled(): Promise<SessionView> {
    let view = await viewNow();
    const isShown = async () => {
      view = await viewNow();
      return !BUSY.has(view.state) && (await page.locator('main').getAttribute('data-turn')) === String(view.turn);
    };
    await expect.poll(isShown, PATIENCE).toBe(true);
    return view;
  }

  /** Presses a key and waits for what comes of it. */
  async function pressed(button: Button): Promise<void> {
    const before = standing(await viewNow());
    await press(button);
    await expect.poll(async () => standing(await viewNow()), PATIENCE).not.toBe(before);
  }

  async function scan(sheet: string): Promise<void> {
    await settled();
    await hands({ kind: 'lay', sheet: `${sheet}.jpg` });
    await pressed('PINDAI');
    await settled();
  }

  /** Answers what is asked with what is on the paper, mends what was misread, and says of a sum that is wrong there that the paper is so. */
  async function settle(paper: Paper): Promise<void> {
    for (let view = await settled(); view.state === 'periksa'; view = await settled()) {
      const { turn, ask, draft } = view;
      if (!ask) throw new Error('the kit asks nothing');
      const misread = ask.kind === 'breach' && ask.breach.figures.find((id) => draft?.figures[id]?.value !== paper[id]);
      if (ask.kind === 'figure') await answer(ask.figure, paper);
      else if (misread) await page.locator(`.part[data-figure="${misread}"]`).click();
      else if (ask.step === 'ask') await page.locator('.declare').click();
      else await press('YA');
      await expect.poll(async () => (await viewNow()).turn, PATIENCE).toBeGreaterThan(turn);
    }
  }

  /** Once the screen shows the question, and no sooner: the keys belong to what it shows. */
  async function answer(figure: FigureId, paper: Paper): Promise<void> {
    const label = (await viewNow()).draft?.figures[figure]?.label ?? figure;
    await page.locator('.question h1', { hasText: label }).waitFor(PATIENCE);
    await enter(String(paper[figure] ?? 0));
  }

  /** Looks at every figure and makes those right that are not what the paper says. */
  async function proofread(paper: Paper): Promise<void> {
    await settle(paper);
    await state('Konfirmasi');
    for (const [figure, { value }] of Object.entries((await viewNow()).draft?.figures ?? {})) {
      if (value === paper[figure] || (await viewNow()).draft?.figures[figure]?.value === paper[figure]) continue;
      await page.locator(`.cell[data-figure="${figure}"]`).click();
      await state('Periksa');
      await settle(paper);
      await state('Konfirmasi');
    }
  }

  /** YA until everything was seen and the document is stored, or the kit says why it is not. */
  async function confirm(paper: Paper): Promise<void> {
    await proofread(paper);
    for (let view = await settled(); view.state === 'konfirmasi'; view = await settled()) {
      await pressed('YA');
      // The list moves on by itself to what was not yet seen.
      await page.waitForTimeout(350);
      if (await page.getByText('Hanya ketua KPPS').count()) return;
    }
  }

  /** The record that was just confirmed, and no earlier one of the checklist, is at the centre. */
  async function received(): Promise<void> {
    await expect.poll(async () => (await viewNow()).record?.stage, PATIENCE).toBe('diterima-pusat');
    await state('Diterima pusat');
  }

  /** Answers, says that these are all the pages, confirms, and waits for the centre. */
  async function send(paper: Paper): Promise<void> {
    await settle(paper);
    await pressed('YA');
    await confirm(paper);
    await received();
    await pressed('YA');
  }

  return {
    hands,
    press,
    pressed,
    state,
    says,
    look,
    viewNow,
    standNow,
    enter,
    logIn,
    settled,
    scan,
    settle,
    answer,
    proofread,
    confirm,
    received,
    send,
  };
}
