import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { illegible } from '#agent/panel/testing/legibility.ts';
import type { FigureId } from '#contract/form/definition.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { openBrowser } from './browser.ts';
import { EVENING_FORMS, EVENING_PAPER, eveningTray } from './evening-tray.ts';
import { type Scene, setScene } from './scene.ts';

/**
 * A whole evening at one TPS, by who works there: a real Chromium on the kit's own page, the real agent, broker
 * and centre. Paper is laid under the simulated camera, keys are pressed, badges held under the reader.
 */
const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
] as const;
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const GOVERNOR = 'c-hasil-kwk-gubernur';
const MAYOR = 'c-hasil-kwk-walikota';
const PICTURES = fileURLToPath(new URL('../out/evening', import.meta.url));
const PATIENCE = { timeout: 45_000 };
type Paper = Readonly<Record<FigureId, number>>;
const paperOf = (form: string): Paper => EVENING_PAPER[form] ?? {};

const Stand = z.object({ paper: z.array(z.unknown()), tunes: z.number(), lights: z.record(z.string(), z.string()) });

let browser: Browser;
let photos: string;
beforeAll(async () => {
  photos = await eveningTray(fileURLToPath(new URL('../.cache/evening-photos', import.meta.url)));
  browser = await openBrowser();
}, 180_000);
afterAll(() => browser.close());

describe.each(SIZES)('an evening at $width × $height', (size) => {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-evening-'));
  const pictures = join(PICTURES, `${size.width}x${size.height}`);
  let scene: Scene;
  let central: string;
  let panel: string;
  let page: Page;
  let shot = 0;

  beforeAll(async () => {
    rmSync(pictures, { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    scene = await setScene({
      ...{ folder, photos, kit: KIT, tps: TPS, forms: EVENING_FORMS, onScreen: true, officers: await sampleOfficers() },
    });
    await scene.broker.start();
    central = await scene.startCentral();
    panel = await scene.startKit();
    page = await browser.newPage({ viewport: size });
    await page.goto(panel);
  }, 60_000);
  afterAll(async () => {
    await page.close();
    await scene.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const hands = (deed: object) =>
    page.evaluate(async (body) => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/stand/do', { method: 'POST', headers, body });
    }, JSON.stringify(deed));
  const press = (button: 'PINDAI' | 'YA' | 'ULANG') => hands({ kind: 'press', button });
  const state = (words: string) => page.locator('.state', { hasText: words }).waitFor(PATIENCE);
  const says = (words: string | RegExp) => page.getByText(words).first().waitFor(PATIENCE);

  /** What the screen shows now, kept as a picture and held to what a tired person can read and touch. */
  async function look(name: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    shot += 1;
    await page.screenshot({ path: join(pictures, `${String(shot).padStart(2, '0')}-${name}.png`) });
    expect([name, await illegible(page)]).toEqual([name, []]);
  }

  async function standNow(): Promise<z.infer<typeof Stand>> {
    const told = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const events = new EventSource('/stand/events');
          events.addEventListener('message', ({ data }) => {
            events.close();
            resolve(data);
          });
        }),
    );
    return Stand.parse(JSON.parse(told));
  }

  async function enter(pin: string): Promise<void> {
    for (const digit of pin) await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
  }

  /** The screen stands still: nothing is photographed, read or stored. */
  async function settled(): Promise<string> {
    await page.waitForFunction(
      () => !/^(Memotret|Membaca|Menyimpan)$/.test(document.querySelector('.state')?.textContent ?? ''),
      undefined,
      PATIENCE,
    );
    return (await page.locator('.state').textContent()) ?? '';
  }

  async function scan(sheet: string): Promise<void> {
    await hands({ kind: 'lay', sheet: `${sheet}.jpg` });
    const { turn } = await viewNow();
    await press('PINDAI');
    const isDone = ({ turn: now, state: name }: Awaited<ReturnType<typeof viewNow>>) =>
      now > turn && name !== 'memotret' && name !== 'membaca';
    await expect.poll(async () => isDone(await viewNow()), PATIENCE).toBe(true);
    await settled();
  }

  /** Answers what is asked with what is on the paper, mends what was misread, and says of a sum that is wrong there that the paper is so. */
  async function settle(paper: Paper): Promise<void> {
    while ((await settled()) === 'Periksa') {
      const { turn, ask, draft } = await viewNow();
      const misread = ask?.breach?.figures.find((id) => draft?.figures[id]?.value !== paper[id]);
      if (ask?.kind === 'figure') await answer(ask.figure ?? '', paper);
      else if (misread !== undefined) await page.locator(`.part[data-figure="${misread}"]`).click();
      else if (ask?.step === 'ask') await page.locator('.declare').click();
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

  const View = z.object({
    ...{ turn: z.number(), state: z.string() },
    ask: z
      .object({
        ...{ kind: z.string(), figure: z.string().optional(), step: z.string().optional() },
        breach: z.object({ figures: z.array(z.string()) }).optional(),
      })
      .nullable(),
    draft: z
      .object({ figures: z.record(z.string(), z.object({ label: z.string(), value: z.number().nullable() })) })
      .nullable(),
    documents: z.array(z.object({ form: z.string(), stage: z.string().nullable() })),
  });

  async function viewNow(): Promise<z.infer<typeof View>> {
    const told = await page.evaluate(async () => {
      const reader = (await fetch('/events')).body?.getReader();
      let text = '';
      while (reader && !text.includes('\n\n')) text += new TextDecoder().decode((await reader.read()).value);
      await reader?.cancel();
      return text.slice('data: '.length, text.indexOf('\n\n'));
    });
    return View.parse(JSON.parse(told));
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

  /** YA until everything was seen and the document is stored, or something is said. */
  async function confirm(paper: Paper): Promise<void> {
    await proofread(paper);
    for (let presses = 0; presses < 60 && (await page.locator('.state').textContent()) === 'Konfirmasi'; presses++) {
      await press('YA');
      await page.waitForTimeout(350);
      if (await page.getByText('Hanya ketua KPPS').count()) return;
    }
  }

  /** Answers, says that these are all the pages, confirms, and waits for the centre. */
  async function send(form: string): Promise<void> {
    await settle(paperOf(form));
    await press('YA');
    await confirm(paperOf(form));
    await says('Diterima pusat');
    await press('YA');
  }

  it('begins with who is there: a badge, a wrong PIN, the right one', async () => {
    await says('Siapa Anda?');
    await look('masuk');
    await press('PINDAI');
    await hands({ kind: 'badge', text: 'BUKAN-KARTU' });
    await says('Kartu ini bukan kartu petugas TPS ini');
    await look('kartu-asing');
    await hands({ kind: 'badge', text: 'KPPS-2' });
    await says('Anggota KPPS 2');
    await enter('999999');
    await says('PIN salah. Coba lagi.');
    await look('pin-salah');
    await enter(PINS['kpps-2']);
    await says('Letakkan satu halaman');
    await look('menunggu');
  });

  it('tests itself when it is asked to, says of each part how it is, and prints that', async () => {
    await page.locator('.look-at-kit').click();
    await hands({ kind: 'lay', sheet: 'gubernur-1.jpg' });
    await page.locator('dialog [data-do=again]:enabled').click();
    await page.locator('[data-check=camera][data-verdict=green]').waitFor(PATIENCE);
    await page.locator('[data-check=model][data-verdict=green]').waitFor(PATIENCE);
    await look('kesiapan');
    await page.locator('dialog [data-do=print]:enabled').click();
    await expect.poll(async () => (await standNow()).paper.length, PATIENCE).toBe(1);
    await page.locator('dialog [data-do=back]').click();
  });

  it('is told what to do with a photo that cannot be read', async () => {
    await hands({ kind: 'lay', sheet: null });
    await press('PINDAI');
    await says('Tidak ada kertas');
    await look('tidak-ada-kertas');
    await scan('buram');
    await says(/buram|kabur|tidak jelas/i);
    await look('foto-buram');
  });

  it('reads the Governor’s form, either page first', async () => {
    for (const sheet of ['gubernur-2', 'gubernur-1']) await scan(sheet);
    await look('dua-halaman');
    await scan('gubernur-1');
    await says('sudah dipindai');
    await look('halaman-sudah-ada');
    await scan('walikota-1');
    await says('Selesaikan dahulu');
    await look('formulir-lain');
    await scan('gubernur-3');
    if ((await settled()) === 'Periksa') await look('pertanyaan');
    await settle(paperOf(GOVERNOR));
    await state('Konfirmasi');
    await look('konfirmasi');
  });

  it('lets only the chair store it, with a witness beside', async () => {
    await confirm(paperOf(GOVERNOR));
    await says('Hanya ketua KPPS yang menyimpan.');
    await look('hanya-ketua');
    await page.locator('#officer').click();
    await says('Siapa Anda?');
    await page.locator('[data-officer=kpps-1]').click();
    await enter(PINS['kpps-1']);
    await state('Konfirmasi');
    await page.locator('.countersign').click();
    await look('tanda-tangan-kedua');
    await page.locator('dialog [data-officer=saksi-1]').click();
    await look('tanda-tangan-kedua-pin');
    await enter(PINS['saksi-1']);
    await page.locator('.signers', { hasText: 'Saksi paslon 1' }).waitFor(PATIENCE);
    await confirm(paperOf(GOVERNOR));
    await says('Diterima pusat');
    await look('diterima-pusat');
  });

  it('prints a slip for each who gets one, and says why where it cannot', async () => {
    await hands({ kind: 'printer', state: 'no-paper' });
    await press('ULANG');
    await says('Kertas struk habis');
    await look('struk-habis');
    await hands({ kind: 'printer', state: 'ready' });
    await press('ULANG');
    await says('Struk sudah dicetak');
    await look('struk-dicetak');
    const { paper } = await standNow();
    expect(paper).toHaveLength(3);
    expect(JSON.stringify(paper)).toContain('Oleh kpps-1; ikut melihat:');
  });

  it('goes on after a power cut in the middle of the Mayor’s form, and hears who is there again', async () => {
    await press('YA');
    for (const sheet of ['walikota-3', 'walikota-2']) await scan(sheet);
    await scene.kit.kill();
    await says('Layar terputus dari alat');
    await look('listrik-padam');
    panel = await scene.startKit();
    await page.goto(panel);
    await says('Siapa Anda?');
    await page.locator('[data-officer=kpps-1]').click();
    await enter(PINS['kpps-1']);
    await says('Alat baru dinyalakan');
    await look('menyala-lagi');
    await scan('walikota-1');
  });

  it('asks about the sum that does not add up, and takes it as the paper has it, in two steps', async () => {
    const written = paperOf(MAYOR);
    let asked = false;
    while ((await settled()) === 'Periksa') {
      const { ask, turn } = await viewNow();
      if (ask?.kind === 'breach' && !asked) {
        await page.locator('.declare').waitFor(PATIENCE);
        await look('tidak-cocok');
        await page.locator('.declare').click();
        await says('Kertasnya sendiri tertulis begini?');
        await look('sesuai-kertas');
        await press('YA');
        asked = true;
      } else if (ask?.kind === 'figure') {
        if (!asked) await look('pertanyaan-walikota');
        await answer(ask.figure ?? '', written);
      } else {
        await settle(written);
        continue;
      }
      await expect.poll(async () => (await viewNow()).turn, PATIENCE).toBeGreaterThan(turn);
    }
    await confirm(paperOf(MAYOR));
    await says('Diterima pusat');
    expect(asked).toBe(true);
  });

  it('takes the special events, NIHIL, and the attendance lists, whose pages nobody sees', async () => {
    await press('YA');
    await scan('kejadian-khusus-1');
    if ((await settled()) === 'Periksa') await look('kejadian-khusus');
    await settle(paperOf('kejadian-khusus-kwk'));
    await says('Letakkan halaman berikutnya');
    await look('kejadian-khusus-halaman');
    await press('YA');
    await confirm(paperOf('kejadian-khusus-kwk'));
    await says('Diterima pusat');
    await press('YA');
    for (const sheet of ['daftar-hadir-dpt-1', 'daftar-hadir-dpt-3']) await scan(sheet);
    await settle(paperOf('daftar-hadir-dpt-kwk'));
    await press('YA');
    await says('Halaman 2 belum dipindai.');
    await look('halaman-belum');
    await scan('daftar-hadir-dpt-2');
    await settle(paperOf('daftar-hadir-dpt-kwk'));
    await press('YA');
    await state('Konfirmasi');
    await says('Sama dengan formulir hasil.');
    await look('daftar-hadir');
    expect(await page.locator('main img[src]').count()).toBe(0);
    await confirm(paperOf('daftar-hadir-dpt-kwk'));
    await says('Diterima pusat');
  });

  it('takes an official sheet without a tag by hand, asks its count, and shows nothing of it', async () => {
    await press('YA');
    await page.locator('.by-hand').click();
    await look('tanpa-tanda');
    await page.locator('[data-choice=daftar-hadir-dptb-kwk]').click();
    await says('Letakkan halaman 1');
    await look('tanpa-tanda-menunggu');
    await scan('tanpa-tanda');
    await says('Data pribadi tidak ditampilkan. Hitung di kertas.');
    await look('hitung-di-kertas');
    await send('daftar-hadir-dptb-kwk');
    await scan('daftar-hadir-pindahan-1');
    await send('daftar-hadir-dpph-kwk');
    await says('Semua formulir sudah tersimpan');
    await look('semua-tersimpan');
  });

  it('corrects the Governor’s form after it was sent, and the centre shows both versions', async () => {
    await page.locator(`[data-form="${GOVERNOR}"] button.document`).click();
    await look('dokumen-tersimpan');
    await page.locator('[data-choice=correct]').click();
    await look('mengapa-diperbaiki');
    await page.locator('[data-choice=objection]').click();
    await says('Perbaikan: letakkan satu halaman');
    await look('perbaikan');
    for (const sheet of ['gubernur-1', 'gubernur-2', 'gubernur-3']) await scan(sheet);
    const corrected = { ...paperOf(GOVERNOR), 'paslon-1': 17, 'paslon-2': 27 };
    await proofread(corrected);
    await says('Perbaikan. Ini menggantikan yang sudah tersimpan:');
    await look('perbaikan-konfirmasi');
    await confirm(corrected);
    await says('Diterima pusat');
    const document = await fetch(`${central}api/documents/resmi/${TPS}/${GOVERNOR}`).then((answer) => answer.json());
    expect(document).toMatchObject({ version: 2, history: [{ correction: 'objection' }, {}] });
  });

  it('has sent everything once, and the pictures of the lists sealed', async () => {
    const Results = z.object({
      documents: z.array(z.object({ form: z.string(), picturesWhole: z.number(), pictures: z.number() })),
    });
    await expect
      .poll(
        async () => {
          const { documents } = Results.parse(await (await fetch(`${central}api/results?mode=resmi`)).json());
          return documents
            .filter((one) => one.pictures === one.picturesWhole)
            .map(({ form }) => form)
            .sort();
        },
        { timeout: 60_000 },
      )
      .toEqual([...EVENING_FORMS].sort());
    const list = await fetch(`${central}api/documents/resmi/${TPS}/daftar-hadir-dpt-kwk`).then((answer) =>
      answer.json(),
    );
    const Views = z.object({ pictureViews: z.array(z.object({ sha256: z.string(), restricted: z.boolean() })) });
    const { pictureViews } = Views.parse(list);
    expect(pictureViews.map(({ restricted }) => restricted)).toEqual([true, true, true]);
    for (const { sha256 } of pictureViews) expect((await fetch(`${central}pictures/${sha256}.jpg`)).status).toBe(404);
  });
});
