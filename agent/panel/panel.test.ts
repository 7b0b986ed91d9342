import { mkdirSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedKit, type ScriptedSheet, scriptedKit, sheet } from '#agent/session/testing/scripted-kit.ts';
import { pageEvidence, written } from '#agent/session/testing/small-forms.ts';
import type { Disk } from '#agent/store/disk.ts';
import { said } from '#agent/tally/testing/seen.ts';
import type { FormDefinition } from '#contract/form/definition.ts';
import { type FormRegistry, registryOf } from '#contract/form/registry.ts';
import { shippedForms } from '#contract/forms.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { openBrowser } from '#test/browser.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { type Panel, servePanel } from './server.ts';
import { illegible } from './testing/legibility.ts';

const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
] as const;

const FORMS = governorAndMayor();
const GOVERNOR = formNamed('c-hasil-kwk-gubernur');

/** What is written on the three pages. The sum of the DPT row does not add up on the paper (260 + 280 = 540, not 541). */
const PAPER: Readonly<Record<string, number>> = {
  'dpt.l': 260,
  'dpt.p': 280,
  'dpt.j': 541,
  'pengguna-dpt.l': 170,
  'pengguna-dpt.p': 180,
  'pengguna-dpt.j': 350,
  'pengguna-dpph.l': 2,
  'pengguna-dpph.p': 1,
  'pengguna-dpph.j': 3,
  'pengguna-dptb.l': 0,
  'pengguna-dptb.p': 1,
  'pengguna-dptb.j': 1,
  'pengguna.l': 172,
  'pengguna.p': 182,
  'pengguna.j': 354,
  'surat-suara.diterima': 555,
  'surat-suara.digunakan': 354,
  'surat-suara.dikembalikan': 1,
  'surat-suara.tidak-digunakan': 200,
  'disabilitas.l': 1,
  'disabilitas.p': 2,
  'disabilitas.j': 3,
  'paslon-1': 120,
  'paslon-2': 138,
  'paslon-3': 86,
  'suara.sah': 344,
  'suara.tidak-sah': 10,
  'suara.total': 354,
};

function governorAndMayor(): FormRegistry {
  const chosen = registryOf(shippedForms().forms.filter(({ id }) => id.startsWith('c-hasil-kwk')));
  if (!chosen.ok) throw new Error(chosen.reason);
  return chosen.registry;
}

function formNamed(id: string): FormDefinition {
  const form = FORMS.byId(id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

/**
 * A page as written on the paper, or with other values; of the figure in doubt the last digit may also
 * be another, and its words may name a number.
 */
function paper(
  page: number,
  unusual: {
    readonly values?: Readonly<Record<string, number>>;
    readonly doubt?: { readonly figure: string; readonly other: number; readonly words?: number };
  },
): ScriptedSheet {
  const { values, doubt } = unusual;
  const evidence = Object.fromEntries(
    Object.entries({ ...PAPER, ...values }).map(([id, value]) => {
      if (id !== doubt?.figure) return [id, written(value)];
      const words = doubt.words === undefined ? {} : { words: said(doubt.words) };
      return [id, { ...written(value, doubt.other), ...words }];
    }),
  );
  return sheet(GOVERNOR, page, pageEvidence(GOVERNOR, page, evidence), cutoutOf, flattened(page));
}

/** A drawing in place of a cut-out: three boxes and the number by hand, as good as a test needs it. */
function cutoutOf(figure: string): Uint8Array {
  const canvas = createCanvas(300, 110);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#f7f5ee';
  pen.fillRect(0, 0, 300, 110);
  pen.lineWidth = 2;
  pen.font = 'italic 64px serif';
  [...String(PAPER[figure] ?? '').padStart(3, ' ')].forEach((digit, box) => {
    pen.strokeStyle = '#555';
    pen.strokeRect(15 + box * 92, 15, 80, 80);
    pen.fillStyle = '#1d2b6b';
    pen.fillText(digit, 37 + box * 92, 78);
  });
  return canvas.toBuffer('image/jpeg');
}

function flattened(page: number): Uint8Array {
  const canvas = createCanvas(600, 900);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#f7f5ee';
  pen.fillRect(0, 0, 600, 900);
  pen.fillStyle = '#222';
  pen.font = '28px sans-serif';
  pen.fillText(`C.Hasil Gubernur, halaman ${page}`, 80, 120);
  for (const { boxes } of GOVERNOR.pages[page - 1]?.figures ?? []) for (const box of boxes) pen.strokeRect(...box);
  return canvas.toBuffer('image/jpeg');
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(SIZES)('the panel at $width × $height', (viewport) => {
  let at: ScriptedKit;
  let panel: Panel;
  let page: Page;
  const problems: string[] = [];
  let shots = 0;

  async function open(sheets: readonly ScriptedSheet[]): Promise<void> {
    await openOn(powerCutDisk(), sheets);
  }

  async function openOn(disk: Disk, sheets: readonly ScriptedSheet[]): Promise<void> {
    const sign = async (record: ResultRecord) => ({
      jws: ['{}', JSON.stringify(record), ''].map((part) => Buffer.from(part).toString('base64url')).join('.'),
      digest: (record.sequence === 1 ? 'd' : 'e').repeat(64),
    });
    at = await scriptedKit({ disk, folder: 'data', forms: FORMS, sheets, sign });
    panel = await servePanel(at.session, { port: 0 });
    page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(panel.url);
  }

  async function closeAll(): Promise<void> {
    await page.close();
    await panel.close();
    await at.session.close();
  }

  afterEach(async () => {
    await closeAll();
    expect(problems.splice(0)).toEqual([]);
  });

  /** Looks at what is on the screen now: it must be legible, and a picture of it is kept in out/panel. */
  async function look(name: string): Promise<void> {
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    const folder = `out/panel/${viewport.width}x${viewport.height}`;
    mkdirSync(folder, { recursive: true });
    shots += 1;
    await page.screenshot({ path: `${folder}/${String(shots).padStart(2, '0')}-${name}.png` });
    expect(await illegible(page), name).toEqual([]);
  }

  const state = (words: string) => page.locator('#frame-top .state', { hasText: words }).waitFor();
  const press = (button: string) => page.locator(`#button-${button}:enabled`).click();
  const says = (words: string) => page.locator('#frame-main', { hasText: words }).waitFor();

  /** PINDAI for each page, in their order. */
  async function scanThree(afterFirst: () => Promise<void> = async () => undefined): Promise<void> {
    await press('PINDAI');
    await says('halaman 2 atau 3');
    await afterFirst();
    await press('PINDAI');
    await says('halaman 3');
    await press('PINDAI');
  }

  /** YA until there is one more record; `after` looks at the list after the third. */
  async function confirm(after: () => Promise<void> = async () => undefined): Promise<void> {
    const before = at.store.records().length;
    for (let yes = 0; at.store.records().length === before && yes < 40; yes += 1) {
      at.buttons.press('YA');
      await page.waitForTimeout(60);
      if (yes === 2) await after();
    }
  }

  it('takes a whole document: three pages, a refusal, a question, a sum that does not add up, confirmation', async () => {
    const hidden: ScriptedSheet = {
      jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 7),
      reading: { kind: 'refused', code: 'corner-hidden', corner: 'bl' },
    };
    await open([
      paper(1, {}),
      hidden,
      paper(1, {}),
      paper(3, {}),
      paper(2, { doubt: { figure: 'paslon-2', other: 3, words: 888 } }),
    ]);
    await look('menunggu');
    await press('PINDAI');
    await says('Letakkan halaman 2 atau 3');
    await look('halaman-1');
    await press('PINDAI');
    await says('Sudut kiri bawah tidak terlihat');
    await look('ditolak');
    await press('PINDAI');
    await says('Halaman 1 sudah dipindai');
    await press('PINDAI');
    await says('Letakkan halaman 2');
    await press('PINDAI');
    await state('Periksa');
    await says('Suara pasangan calon nomor 2');
    await says('Hurufnya terbaca: DELAPAN RATUS DELAPAN PULUH DELAPAN');
    await look('pertanyaan');
    await page.getByRole('button', { name: '138' }).click();
    await says('260 + 280 = 540, tertulis 541');
    await look('jumlah');
    await page.getByRole('button', { name: 'Sesuai kertas' }).click();
    await says('Kertasnya sendiri tertulis begini?');
    await look('yakin');
    await press('YA');
    await state('Konfirmasi');
    await page.locator('.cell[data-figure="disabilitas.p"]').click();
    await says('Pemilih disabilitas yang memilih, perempuan');
    await look('koreksi');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await says('1 + 1 = 2, tertulis 3');
    await page.locator('.part[data-figure="disabilitas.j"]').click();
    await page.locator('.key', { hasText: '2' }).click();
    await page.locator('.key.use').click();
    await state('Konfirmasi');
    await says('Diubah petugas');
    await look('konfirmasi');
    await confirm(() => look('konfirmasi-lanjut'));
    await state('Tersimpan');
    await look('tersimpan');
    expect(at.store.records()).toHaveLength(1);
    at.session.hearUplink({
      link: { kind: 'connected' },
      sentRecord: 1,
      records: { waiting: 1, received: 0, refused: 0 },
      pictures: { waiting: 3, received: 0, lost: 0 },
    });
    await state('Terkirim');
    const receipt = { kind: 'record', kit: 'palembang-0001', sequence: 1, digest: 'd'.repeat(64) } as const;
    await at.store.keepReceipt({ ...receipt, committedAt: '2024-11-27T12:00:00.000Z' }, 'jws');
    await state('Diterima pusat');
    await look('diterima-pusat');
  });

  it('cannot be confirmed before every figure was on the screen', async () => {
    await open([paper(1, {}), paper(2, {}), paper(3, {})]);
    await scanThree();
    await page.getByRole('button', { name: 'Sesuai kertas' }).click();
    await press('YA');
    await state('Konfirmasi');
    await page.waitForTimeout(300);
    expect(at.session.view().confirmation?.sight).toBe('unseen');
    // Jumping to the end does not show what lies between.
    await page.locator('.sheet').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForTimeout(300);
    expect(at.session.view().confirmation?.sight).toBe('unseen');
  });

  it('shows a sum of four figures whole', async () => {
    const wrong = { 'dpt.j': 540, 'surat-suara.tidak-digunakan': 190 };
    await open([paper(1, { values: wrong }), paper(2, {}), paper(3, {})]);
    await page.locator('.checklist').waitFor();
    for (const words of ['halaman 2 atau 3', 'halaman 3', '354 + 1 + 190 = 545, tertulis 555']) {
      await press('PINDAI');
      await says(words);
    }
    await look('jumlah-empat');
    await page.getByRole('button', { name: 'Sesuai kertas' }).click();
    await says('Kertasnya sendiri tertulis begini?');
    await look('yakin-empat');
  });

  it('corrects a stored document: a reason, all pages again, and every change shown before YA', async () => {
    const right = { 'dpt.j': 540 };
    await open([
      paper(1, { values: right }),
      paper(2, {}),
      paper(3, {}),
      paper(1, { values: right }),
      paper(2, { values: { 'paslon-1': 110, 'paslon-2': 148 } }),
      paper(3, {}),
    ]);
    await scanThree();
    await state('Konfirmasi');
    await confirm();
    await state('Tersimpan');
    await page.locator('button.document').first().click();
    await page.locator('[data-choice=correct]').click();
    await look('perbaiki-mengapa');
    await page.getByRole('button', { name: 'Kembali' }).click();
    await page.locator('button.document').first().click();
    await page.locator('[data-choice=correct]').click();
    await page.getByRole('button', { name: 'Kertasnya diperbaiki KPPS' }).click();
    await says('Perbaikan: letakkan satu halaman');
    await look('perbaiki-menunggu');
    await scanThree(() => look('perbaiki-halaman-1'));
    await says('Perbaikan. Ini menggantikan yang sudah tersimpan:');
    await says('sebelumnya 120 →');
    await says('sebelumnya 138 →');
    expect(await page.locator('.correction li').count()).toBe(2);
    await look('perbaiki-konfirmasi');
    await confirm();
    await state('Tersimpan');
    expect(at.store.records().map(({ version }) => version)).toEqual([1, 2]);
    await look('perbaiki-tersimpan');
  });

  it('can be used with the keyboard alone', async () => {
    await open([paper(1, {})]);
    await page.locator('.checklist').waitFor();
    for (let tab = 0; tab < 9; tab += 1) {
      if (await page.locator('#button-PINDAI:focus').count()) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await says('Letakkan halaman 2 atau 3');
  });

  it('says so when the last that was kept may be lost', async () => {
    const disk = powerCutDisk();
    await openOn(disk, []);
    await closeAll();
    await (await disk.create('data/store.0.json')).write(Buffer.alloc(700));
    await openOn(disk, []);
    await page.locator('#frame-alert', { hasText: 'Catatan terakhir mungkin hilang' }).waitFor();
    await look('rusak');
  });

  it('says loudly when it has lost the kit', async () => {
    await open([]);
    await page.locator('.checklist').waitFor();
    await panel.close();
    await page.locator('#frame-alert', { hasText: 'Layar terputus' }).waitFor();
    await look('terputus');
    problems.length = 0;
  });
});
