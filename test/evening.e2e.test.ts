import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PILKADA_FORMS } from '#contract/forms.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { openBrowser } from './browser.ts';
import { EVENING_PAPER, eveningTray } from './evening-tray.ts';
import type { Paper } from './kpps.ts';
import { type KppsAtScreen, kppsAtScreen, PATIENCE } from './kpps-at-screen.ts';
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
const paperOf = (form: string): Paper => EVENING_PAPER[form] ?? {};

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
  let kpps: KppsAtScreen;

  beforeAll(async () => {
    rmSync(pictures, { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    scene = await setScene({
      ...{ folder, photos, kit: KIT, tps: TPS, forms: PILKADA_FORMS, onScreen: true, officers: await sampleOfficers() },
    });
    await scene.broker.start();
    central = await scene.startCentral();
    panel = await scene.startKit();
    page = await browser.newPage({ viewport: size });
    await page.goto(panel);
    kpps = kppsAtScreen(page, pictures);
  }, 60_000);
  afterAll(async () => {
    await page.close();
    await scene.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  it('begins with who is there: a badge, a wrong PIN, the right one', async () => {
    await kpps.says('Siapa Anda?');
    await kpps.look('masuk');
    await kpps.press('PINDAI');
    await kpps.hands({ kind: 'badge', text: 'BUKAN-KARTU' });
    await kpps.says('Kartu ini bukan kartu petugas TPS ini');
    await kpps.look('kartu-asing');
    await kpps.hands({ kind: 'badge', text: 'KPPS-2' });
    await kpps.says('Anggota KPPS 2');
    await kpps.enter('999999');
    await kpps.says('PIN salah. Coba lagi.');
    await kpps.look('pin-salah');
    await kpps.logIn('kpps-2', PINS['kpps-2']);
    await kpps.says('Letakkan satu halaman');
    await kpps.look('menunggu');
  });

  it('tests itself when it is asked to, says of each part how it is, and prints that', async () => {
    await page.locator('.look-at-kit').click();
    await kpps.hands({ kind: 'lay', sheet: 'gubernur-1.jpg' });
    await page.locator('dialog [data-do=again]:enabled').click();
    await page.locator('[data-check=camera][data-verdict=green]').waitFor(PATIENCE);
    await page.locator('[data-check=model][data-verdict=green]').waitFor(PATIENCE);
    await kpps.look('kesiapan');
    await page.locator('dialog [data-do=print]:enabled').click();
    await expect.poll(async () => (await kpps.standNow()).paper.length, PATIENCE).toBe(1);
    await page.locator('dialog [data-do=back]').click();
  });

  it('is told what to do with a photo that cannot be read', async () => {
    await kpps.hands({ kind: 'lay', sheet: null });
    await kpps.press('PINDAI');
    await kpps.says('Tidak ada kertas');
    await kpps.look('tidak-ada-kertas');
    await kpps.scan('buram');
    await kpps.says(/buram|kabur|tidak jelas/i);
    await kpps.look('foto-buram');
  });

  it('reads the Governor’s form, either page first', async () => {
    for (const sheet of ['gubernur-2', 'gubernur-1']) await kpps.scan(sheet);
    await kpps.look('dua-halaman');
    await kpps.scan('gubernur-1');
    await kpps.says('sudah dipindai');
    await kpps.look('halaman-sudah-ada');
    await kpps.scan('walikota-1');
    await kpps.says('Selesaikan dahulu');
    await kpps.look('formulir-lain');
    await kpps.scan('gubernur-3');
    if ((await kpps.settled()).state === 'periksa') await kpps.look('pertanyaan');
    await kpps.settle(paperOf(GOVERNOR));
    await kpps.state('Konfirmasi');
    await kpps.look('konfirmasi');
  });

  it('lets only the chair store it, with a witness beside', async () => {
    await kpps.confirm(paperOf(GOVERNOR));
    await kpps.says('Hanya ketua KPPS yang menyimpan.');
    await kpps.look('hanya-ketua');
    await page.locator('#officer').click();
    await kpps.says('Siapa Anda?');
    await page.locator('[data-officer=kpps-1]').click();
    await kpps.logIn('kpps-1', PINS['kpps-1']);
    await kpps.state('Konfirmasi');
    await page.locator('.countersign').click();
    await kpps.look('tanda-tangan-kedua');
    await page.locator('dialog [data-officer=saksi-1]').click();
    await kpps.look('tanda-tangan-kedua-pin');
    await kpps.enter(PINS['saksi-1']);
    await page.locator('.signers', { hasText: 'Saksi paslon 1' }).waitFor(PATIENCE);
    await kpps.confirm(paperOf(GOVERNOR));
    await kpps.received();
    await kpps.look('diterima-pusat');
  });

  it('prints a slip for each who gets one, and says why where it cannot', async () => {
    await kpps.hands({ kind: 'printer', state: 'no-paper' });
    await kpps.press('ULANG');
    await kpps.says('Kertas struk habis');
    await kpps.look('struk-habis');
    await kpps.hands({ kind: 'printer', state: 'ready' });
    await kpps.press('ULANG');
    await kpps.says('Struk sudah dicetak');
    await kpps.look('struk-dicetak');
    const { paper } = await kpps.standNow();
    expect(paper).toHaveLength(3);
    expect(JSON.stringify(paper)).toContain('Oleh kpps-1; ikut melihat:');
  });

  it('goes on after a power cut in the middle of the Mayor’s form, and hears who is there again', async () => {
    await kpps.pressed('YA');
    for (const sheet of ['walikota-3', 'walikota-2']) await kpps.scan(sheet);
    await scene.kit.kill();
    await kpps.says('Layar terputus dari alat');
    await kpps.look('listrik-padam');
    panel = await scene.startKit();
    await page.goto(panel);
    await kpps.says('Siapa Anda?');
    await page.locator('[data-officer=kpps-1]').click();
    await kpps.logIn('kpps-1', PINS['kpps-1']);
    await kpps.says('Alat baru dinyalakan');
    await kpps.look('menyala-lagi');
    await kpps.scan('walikota-1');
  });

  it('asks about the sum that does not add up, and takes it as the paper has it, in two steps', async () => {
    const written = paperOf(MAYOR);
    let asked = false;
    for (let view = await kpps.settled(); view.state === 'periksa'; view = await kpps.settled()) {
      const { ask, turn } = view;
      if (ask?.kind === 'breach' && !asked) {
        await page.locator('.declare').waitFor(PATIENCE);
        await kpps.look('tidak-cocok');
        await page.locator('.declare').click();
        await kpps.says('Kertasnya sendiri tertulis begini?');
        await kpps.look('sesuai-kertas');
        await kpps.pressed('YA');
        asked = true;
      } else if (ask?.kind === 'figure') {
        if (!asked) await kpps.look('pertanyaan-walikota');
        await kpps.answer(ask.figure, written);
      } else {
        await kpps.settle(written);
        continue;
      }
      await expect.poll(async () => (await kpps.viewNow()).turn, PATIENCE).toBeGreaterThan(turn);
    }
    await kpps.confirm(paperOf(MAYOR));
    await kpps.received();
    expect(asked).toBe(true);
  });

  it('takes the special events, NIHIL, and the attendance lists, whose pages nobody sees', async () => {
    await kpps.pressed('YA');
    await kpps.scan('kejadian-khusus-1');
    if ((await kpps.settled()).state === 'periksa') await kpps.look('kejadian-khusus');
    await kpps.settle(paperOf('kejadian-khusus-kwk'));
    await kpps.says('Letakkan halaman berikutnya');
    await kpps.look('kejadian-khusus-halaman');
    await kpps.pressed('YA');
    await kpps.confirm(paperOf('kejadian-khusus-kwk'));
    await kpps.received();
    await kpps.pressed('YA');
    for (const sheet of ['daftar-hadir-dpt-1', 'daftar-hadir-dpt-3']) await kpps.scan(sheet);
    await kpps.settle(paperOf('daftar-hadir-dpt-kwk'));
    await kpps.pressed('YA');
    await kpps.says('Halaman 2 belum dipindai.');
    await kpps.look('halaman-belum');
    await kpps.scan('daftar-hadir-dpt-2');
    await kpps.settle(paperOf('daftar-hadir-dpt-kwk'));
    await kpps.pressed('YA');
    await kpps.state('Konfirmasi');
    await kpps.says('Sama dengan formulir hasil.');
    await kpps.look('daftar-hadir');
    expect(await page.locator('main img[src]').count()).toBe(0);
    await kpps.confirm(paperOf('daftar-hadir-dpt-kwk'));
    await kpps.received();
  });

  it('takes an official sheet without a tag by hand, asks its count, and shows nothing of it', async () => {
    await kpps.pressed('YA');
    await page.locator('.by-hand').click();
    await kpps.look('tanpa-tanda');
    await page.locator('[data-choice=daftar-hadir-dptb-kwk]').click();
    await kpps.says('Letakkan halaman 1');
    await kpps.look('tanpa-tanda-menunggu');
    await kpps.scan('tanpa-tanda');
    await kpps.says('Data pribadi tidak ditampilkan. Hitung di kertas.');
    await kpps.look('hitung-di-kertas');
    await kpps.send(paperOf('daftar-hadir-dptb-kwk'));
    await kpps.scan('daftar-hadir-pindahan-1');
    await kpps.send(paperOf('daftar-hadir-dpph-kwk'));
    await kpps.says('Semua formulir sudah tersimpan');
    await kpps.look('semua-tersimpan');
  });

  it('corrects the Governor’s form after it was sent, and the centre shows both versions', async () => {
    await page.locator(`[data-form="${GOVERNOR}"] button.document`).click();
    await kpps.look('dokumen-tersimpan');
    await page.locator('[data-choice=correct]').click();
    await kpps.look('mengapa-diperbaiki');
    await page.locator('[data-choice=objection]').click();
    await kpps.says('Perbaikan: letakkan satu halaman');
    await kpps.look('perbaikan');
    for (const sheet of ['gubernur-1', 'gubernur-2', 'gubernur-3']) await kpps.scan(sheet);
    const corrected = { ...paperOf(GOVERNOR), 'paslon-1': 17, 'paslon-2': 27 };
    await kpps.proofread(corrected);
    await kpps.says('Perbaikan. Ini menggantikan yang sudah tersimpan:');
    await kpps.look('perbaikan-konfirmasi');
    await kpps.confirm(corrected);
    await kpps.received();
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
      .toEqual([...PILKADA_FORMS].sort());
    const list = await fetch(`${central}api/documents/resmi/${TPS}/daftar-hadir-dpt-kwk`).then((answer) =>
      answer.json(),
    );
    const Views = z.object({ pictureViews: z.array(z.object({ sha256: z.string(), restricted: z.boolean() })) });
    const { pictureViews } = Views.parse(list);
    expect(pictureViews.map(({ restricted }) => restricted)).toEqual([true, true, true]);
    for (const { sha256 } of pictureViews) expect((await fetch(`${central}pictures/${sha256}.jpg`)).status).toBe(404);
  });
});
