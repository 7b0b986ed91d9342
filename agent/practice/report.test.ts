import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARACTERS, type Character } from '#contract/practice/practice-sheet.ts';
import { openBrowser } from '#test/browser.ts';
import type { Reason, Verdict } from './judge.ts';
import type { PracticeReading } from './read-sheet.ts';
import { practiceReport } from './report.ts';
import type { Risk } from './risk.ts';

let browser: Browser;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-report-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const MISREAD: Risk = { kind: 'misread', as: '9', probability: 0.97 };
const FAINT: Risk = { kind: 'faint', strength: 0.2 };

describe('the page a writer is given', () => {
  test('names in its headline how many characters are at risk, and shows each in its colour', async () => {
    const page = await shown(sheet({ 4: ['berisiko', [MISREAD]], 7: ['perhatikan', [{ kind: 'barred' }]] }));
    expect(await page.locator('h1').textContent()).toBe('1 tanda berisiko');
    expect(await page.locator('.strip .berisiko').allTextContents()).toEqual(['4✗']);
    expect(await page.locator('.strip .perhatikan').allTextContents()).toEqual(['7!']);
    expect(await page.locator('.strip .aman').count()).toBe(9);
  });

  test('sets beside what was written how to write it', async () => {
    const page = await shown(sheet({ 4: ['berisiko', [MISREAD]] }));
    const [card] = await page.locator('article').all();
    expect(await card?.locator('svg').getAttribute('aria-label')).toBe('Contoh 4');
    expect(await card?.locator('.seen img').count()).toBe(1);
    expect(await card?.locator('strong').textContent()).toBe('Dibaca 9.');
    expect(await card?.locator('.how').textContent()).toContain('Bagian atas terbuka lebar');
  });

  test('tells a fault that runs through the sheet once', async () => {
    const all = Object.fromEntries(CHARACTERS.map((character) => [character, ['berisiko', [FAINT]] as const]));
    const page = await shown(sheet(all));
    expect(await page.locator('article').count()).toBe(1);
    expect(await page.locator('strong').textContent()).toBe('Goresan terlalu tipis. Di banyak baris.');
  });

  test('praises who writes well', async () => {
    const page = await shown(sheet({}));
    expect(await page.locator('h1').textContent()).toBe('Tulisan Anda aman');
    expect(await page.locator('article').count()).toBe(0);
  });

  test('is one sheet of A4, also where every character is at risk', async () => {
    const all = Object.fromEntries(
      CHARACTERS.map((character) => [character, ['berisiko', [MISREAD, { kind: 'loop-open' }, FAINT]] as const]),
    );
    const page = await shown(sheet(all));
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))).toBe(1);
  });

  test('needs no other file, and takes a photo by whatever name as text', async () => {
    const html = practiceReport(sheet({}), '"><script>alert(1)</script>.jpg');
    expect(html).not.toContain('<script>');
    expect([...html.matchAll(/(?:src|href)="([^"]{0,15})/g)].map(([, target]) => target)).toEqual(['data:image/jpeg']);
  });
});

type Told = readonly [verdict: Verdict, risks: readonly Risk[]];

/** A sheet on which all is well but what is told; risks of one kind of reason stand in boxes of their own. */
function sheet(told: Readonly<Record<string, Told>>): PracticeReading {
  const rows = CHARACTERS.map((character: Character) => {
    const [verdict, risks] = told[character] ?? ['aman', []];
    const reasons = risks.map((risk, box): Reason => ({ found: [{ box, risk }] }));
    return { character, verdict, reasons, written: 6, pictures: Array(6).fill(PICTURE) };
  });
  return { kind: 'practised', rows, name: PICTURE };
}

/** Nothing that could be drawn; its place is kept by the style. */
const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

async function shown(reading: PracticeReading): Promise<Page> {
  const file = join(folder, 'report.html');
  writeFileSync(file, practiceReport(reading, 'lembar.jpg'));
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
