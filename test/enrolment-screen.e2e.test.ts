import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { illegible } from '#agent/panel/testing/legibility.ts';
import { type Technician, technician } from '#provisioning/command/testing/technician.ts';
import { SAMPLE_CSV } from '#provisioning/register/testing/sample-register.ts';
import { openBrowser } from './browser.ts';
import { PATIENCE } from './kpps-at-screen.ts';
import { command, type Program } from './program.ts';

/** A stick is put into a machine without a TPS: a real Chromium on its screen, the real command that the unit runs. */
const TPS = '9801011001001';
const PICTURES = fileURLToPath(new URL('../out/enrolment', import.meta.url));
const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
];

let browser: Browser;
let gudang: Technician;
let enrolling: Program;
let page: Page;
const at = (...path: readonly string[]) => join(gudang.folder, ...path);
const isEnrolled = () => existsSync(at('alat/kit.json'));

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(SIZES)('on a screen of $width × $height', (size) => {
  beforeEach(async () => {
    gudang = technician();
    gudang.written('akar.txt', 'lima kata sandi akar di brankas');
    gudang.written('penerbit.txt', 'lima kata sandi penerbit gudang');
    gudang.written('daftar.csv', SAMPLE_CSV);
    for (const name of ['stik', 'alat']) mkdirSync(at(name));
    const issuing = ['--passphrase-file', 'penerbit.txt'];
    await gudang.provision('import', 'daftar.csv');
    await gudang.provision(
      'init',
      '--broker',
      'mqtts://b.example:8883',
      '--root-passphrase-file',
      'akar.txt',
      ...issuing,
    );
    await gudang.provision('issue', '--tps', TPS, ...issuing);
    await gudang.provision('load', '--tps', TPS, '--to', at('stik'));
    enrolling = command('agent/tps-kit', 'enrol', at('stik'), '--folder', at('alat'), '--screen', '0');
    const line = await enrolling.start(/screen at http/);
    page = await browser.newPage({ viewport: size });
    await page.goto(/http:\S+/.exec(line)?.[0] ?? '');
    await page.getByText('Jadikan alat ini TPS 001, Kel. Melati Timur').waitFor(PATIENCE);
  }, 30_000);
  afterEach(async () => {
    await page.close();
    await enrolling.kill();
    gudang.leave();
  });

  async function look(name: string): Promise<void> {
    await page.screenshot({ path: join(PICTURES, `${size.width}-${name}.png`) });
    expect([name, await illegible(page)]).toEqual([name, []]);
  }

  it('shows which TPS this is to be, and becomes its kit when the technician says YA', async () => {
    await page.getByText('Sidik otoritas').waitFor(PATIENCE);
    await look('tanya');
    expect(isEnrolled()).toBe(false);
    await page.getByText('YA, ini TPS-nya').click();
    await page.getByText('Alat ini sekarang TPS 001').waitFor(PATIENCE);
    await look('selesai');
    expect(isEnrolled()).toBe(true);
    expect(existsSync(at('stik/bekal-tps/kunci-rahasia.pem'))).toBe(false);
  });

  it('changes nothing when he says that it is not', async () => {
    await page.getByText('BUKAN').click();
    await page.getByText('Dibatalkan. Tidak ada yang diubah.').waitFor(PATIENCE);
    await look('batal');
    expect([isEnrolled(), existsSync(at('stik/bekal-tps/kunci-rahasia.pem'))]).toEqual([false, true]);
  });
});
