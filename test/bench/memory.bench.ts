import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedForms } from '#contract/forms.ts';
import { kppsAt } from '#test/kpps.ts';
import { photoTray } from '#test/photo-tray.ts';
import { setScene } from '#test/scene.ts';
import { residentMb } from './resident.ts';
import { printTable } from './table.ts';

/**
 * Resident memory of a whole kit, the agent and its seeing process, over 200 pages of 12 megapixels
 * scanned through the panel, without a network. Goal: under 400 MB at the end, and not growing.
 */
const PAGES = Number(process.argv[2] ?? 200);
const EVERY = 25;
const FORM = 'c-hasil-kwk-gubernur';

const form = shippedForms().byId(FORM);
if (!form) throw new Error(`there is no form ${FORM}`);
const tray = await photoTray(fileURLToPath(new URL('../../.cache/demo-photos', import.meta.url)), form, 'demo');
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-memory-'));
const photos = join(folder, 'photos');
mkdirSync(photos);
// Pages 1 and 2 in turn: the document never gets whole, so every photo is taken, read and answered.
for (let n = 0; n < PAGES; n += 1) {
  copyFileSync(join(tray.folder, `page-${(n % 2) + 1}.jpg`), join(photos, `${String(n).padStart(4, '0')}.jpg`));
}
const scene = await setScene({ folder, photos, kit: 'palembang-0001', tps: '1671010001001', forms: [FORM] });
const kpps = kppsAt(await scene.startKit(), tray.written);

const rows: (readonly (string | number)[])[] = [];
for (let n = 1; n <= PAGES; n += 1) {
  await kpps.scan();
  if (n === 1 || n % EVERY === 0) rows.push(measure(n, scene.kit.pid() ?? 0));
}
await scene.stop();
rmSync(folder, { recursive: true });
printTable('Memory of the kit, resident', ['pages', 'agent', 'seeing', 'together'], rows);

function measure(pages: number, pid: number): readonly (string | number)[] {
  const agent = residentMb(pid);
  const seeing = childrenOf(pid).reduce((sum, child) => sum + residentMb(child), 0);
  return [pages, `${agent} MB`, `${seeing} MB`, `${agent + seeing} MB`];
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}
