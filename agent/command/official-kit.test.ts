import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfiguration } from '#agent/configuration.ts';
import { happened } from '#agent/event-log/catalogue.ts';
import { EVENTS_FILE, openEventLog } from '#agent/event-log/event-log.ts';
import { becomeOfficial } from '#agent/mode.ts';
import { firstState, State } from '#agent/session/state.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore } from '#agent/store/store.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { type Scene, setScene } from '#test/scene.ts';

/** A kit that was configured for practice, and made official on the evening by its chair: its results are those of the evening. */
const OWNER = { kit: 'palembang-0001', tps: '1671010001001' } as const;
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-official-'));
const at = (...names: readonly string[]) => join(folder, ...names);
let scene: Scene;

beforeAll(async () => {
  const forms = ['c-hasil-kwk-gubernur'];
  scene = await setScene({ folder, photos: at('photos'), ...OWNER, forms, mode: 'latihan' });
  const loaded = loadConfiguration(at('kit.json'));
  if (!loaded.ok) throw new Error(loaded.reason);
  await becomeOfficial(loaded.configuration, new Date());
  const setting = { disk: nodeDisk, folder: at('kit/resmi'), ...OWNER, mode: 'resmi' } as const;
  const opened = await openStore({ ...setting, evening: State, fresh: firstState() });
  if (!opened.ok) throw new Error(opened.reason);
  await confirmDocument(opened.store, kitSigner({ authority: at('authority'), kit: OWNER.kit }), 1_000);
  const log = await openEventLog({ file: at('kit/resmi', EVENTS_FILE), run: 1, clock: systemClock() });
  log.note(happened('official-begun'));
  await log.settled();
}, 60_000);
afterAll(async () => {
  await scene.stop();
  rmSync(folder, { recursive: true });
});

const tpsKit = async (...args: readonly string[]) =>
  (await promisify(execFile)('agent/tps-kit', [...args, '--config', at('kit.json')])).stdout;

it('its results are exported', async () => {
  await nodeDisk.makeFolder(at('stick'));
  expect(await tpsKit('export', '--to', at('stick'))).toContain('1 rekaman, 1 gambar.');
});

it('its events are shown', async () => {
  expect(await tpsKit('events')).toContain('official-begun');
});

it('its diagnosis says that it is official', async () => {
  await tpsKit('diagnose', '--to', at('diagnosis'));
  const [name = ''] = readdirSync(at('diagnosis'));
  expect(JSON.parse(readFileSync(at('diagnosis', name), 'utf8')).kit.mode).toBe('resmi');
});
