import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Diagnosis } from '#agent/diagnosis/diagnosis.ts';
import type { PanelView } from '#agent/panel/panel-view.ts';
import { kppsAt, toldNow } from './kpps.ts';
import { type Scene, setScene } from './scene.ts';

/** The file for the technician, asked for by the keys of a kit in the middle of its work. */
const SOON = { timeout: 60_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-diagnosis-'));
const photos = join(folder, 'photos');
let scene: Scene;
let panel: string;

beforeAll(async () => {
  mkdirSync(photos);
  copyFileSync('agent/health/known-page/page.jpg', join(photos, 'page.jpg'));
  const owner = { kit: 'palembang-0001', tps: '1671010001001', forms: ['c-hasil-kwk-gubernur'] };
  scene = await setScene({ folder, photos, ...owner, onScreen: true });
  panel = await scene.startKit();
}, 120_000);
afterAll(async () => {
  await scene.stop();
  rmSync(folder, { recursive: true });
});

const seen = async () => (await toldNow(`${panel}events`)) as PanelView;

function hands(deed: object) {
  const headers = { 'content-type': 'application/json', origin: new URL(panel).origin };
  return fetch(`${panel}stand/do`, { method: 'POST', headers, body: JSON.stringify(deed) });
}

test('the grip makes a file that tells how the kit is, and leaves its work alone', async () => {
  await vi.waitFor(async () => expect((await seen()).readiness?.checks.length).toBeGreaterThan(0), SOON);
  await hands({ kind: 'lay', sheet: 'page.jpg' });
  const kpps = kppsAt(panel, {});
  await kpps.act({ kind: 'press', button: 'PINDAI' });
  const before = await kpps.until('the page to be read', ({ draft }) => draft !== null);
  await hands({ kind: 'grip' });
  await vi.waitFor(async () => expect((await seen()).diagnosis).toMatchObject({ kind: 'made', on: 'kit' }), SOON);
  const after = await seen();
  expect([after.turn, after.state]).toEqual([before.turn, before.state]);

  const [name = ''] = readdirSync(join(folder, 'kit/diagnosa'));
  const text = readFileSync(join(folder, 'kit/diagnosa', name), 'utf8');
  const { pictures, events, health, stores } = JSON.parse(text) as Diagnosis;
  expect(pictures.map(({ details }) => details)).toMatchObject([{ code: 'good', page: 3, paper: expect.any(Number) }]);
  expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(['kit-started', 'readiness-checked', 'page-read']));
  expect(health.now).toContainEqual({ part: 'Pembaca angka', says: 'green: Membaca halaman uji dengan benar.' });
  expect(stores).toMatchObject([{ mode: 'resmi', pictures: { count: 1 }, holds: { state: before.state } }]);
  const [picture = ''] = readdirSync(join(folder, 'kit/resmi/pictures'));
  expect(text).not.toContain(picture.slice(0, 64));
}, 120_000);
