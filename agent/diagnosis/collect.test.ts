import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Configuration, type LoadedConfiguration, loadConfiguration } from '#agent/configuration.ts';
import { happened } from '#agent/event-log/catalogue.ts';
import { EVENTS_FILE, openEventLog } from '#agent/event-log/event-log.ts';
import { type Disk, nodeDisk } from '#agent/store/disk.ts';
import { openStore } from '#agent/store/store.ts';
import { simulateClock } from '#drivers/clock/simulated-clock.ts';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { addTestKit } from '#test/mosquitto.ts';
import { collectDiagnosis, type DiagnosisOrder } from './collect.ts';
import type { Diagnosis } from './diagnosis.ts';
import { keepNewest, writeDiagnosis } from './diagnosis-file.ts';
import { journalLines } from './journal.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'resmi' } as const;
const NIK = '1671012304560007';
const clock = simulateClock(new Date('2024-11-27T13:05:09Z'));
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-diagnosis-'));
const at = (...names: readonly string[]) => join(folder, ...names);
const identity = (file: string) => join('authority', 'kits', OWNER.kit, file);
let configuration: Configuration;
let jws: string;

/** A kit after two documents, with its real store, log and certificates. */
beforeAll(async () => {
  await addTestKit(at('authority'), OWNER.kit, OWNER.tps);
  const files = { certificate: identity('kit.crt'), key: identity('kit.key') };
  writeFileSync(
    at('kit.json'),
    JSON.stringify({
      ...{ ...OWNER, forms: ['c-hasil-kwk-gubernur'], data: 'data', camera: { kind: 'csi' }, panel: { port: 0 } },
      broker: { url: 'mqtts://kit:rahasia@broker.example:8883', ca: 'authority/broker-ca.crt', ...files },
      signing: files,
      central: { certificate: 'gone.crt', sealing: 'authority/sealing.pem' },
    }),
  );
  configuration = loadedFrom('kit.json');
  const signer = kitSigner({ authority: at('authority'), kit: OWNER.kit });
  const evening = z.looseObject({ phase: z.object({ name: z.string() }) });
  const fresh = { phase: { name: 'menunggu' }, wrongPins: { 'kpps-1': 1 } };
  const opened = await openStore({ disk: nodeDisk, folder: at('data/resmi'), ...OWNER, evening, fresh });
  if (!opened.ok) throw new Error(opened.reason);
  await confirmDocument(opened.store, signer, 1_000);
  await confirmDocument(opened.store, signer, 1_000);
  jws = opened.store.records()[0]?.jws ?? '';
  const log = await openEventLog({ file: at('data/resmi', EVENTS_FILE), run: 1, clock });
  log.note(happened('readiness-checked', { worst: 'red', camera: 'blurred' }));
  log.note(happened('picture-judged', { code: 'blurred', measured: 0.3, limit: 0.15 }));
  log.note(happened('link-lost', { code: 'no-network' }));
  await log.settled();
});
afterAll(() => rmSync(folder, { recursive: true }));

function loadedFrom(file: string): Configuration {
  const loaded = loadConfiguration(at(file));
  if (!loaded.ok) throw new Error(loaded.reason);
  return loaded.configuration;
}

function collect(changes: Partial<DiagnosisOrder> = {}): Promise<Diagnosis> {
  const loaded: LoadedConfiguration = { ok: true, configuration };
  return collectDiagnosis({ loaded, agent: 'tps-kit 9.9', clock, now: [], journal: async () => [], ...changes });
}

describe('a diagnosis', () => {
  it('says what is installed, on which machine, for which polling station', async () => {
    const { versions, machine, kit, why, at: when } = await collect();
    expect([when, versions.agent, versions.runtime['node'], why]).toEqual([
      ...['2024-11-27T13:05:09.000Z', 'tps-kit 9.9', process.versions.node, null],
    ]);
    expect(versions.models['digits']).toMatch(/^[0-9a-f]{64}$/);
    expect(versions.forms).toContain('c-hasil-kwk-gubernur');
    expect(machine).toMatchObject({ architecture: process.arch, clock: clock.setBy() });
    expect(kit).toMatchObject({ ...OWNER, camera: { kind: 'csi' }, brokers: ['broker.example:8883'] });
  });

  it('says how the store stands, by number', async () => {
    const { stores } = await collect();
    expect(stores).toMatchObject([
      {
        mode: 'resmi',
        pictures: { count: 2 },
        holds: { kit: OWNER.kit, run: 1, state: 'menunggu', records: { waiting: 2, received: 0, refused: 0 } },
      },
    ]);
    expect(stores[0]?.files.map(({ name }) => name)).toContain('store.0.json');
  });

  it('holds the events, and apart from them the last readiness and how the last photos were judged', async () => {
    const { events, health, pictures, unreadableEvents } = await collect({ now: [{ part: 'kamera', says: NIK }] });
    expect(events.map(({ id }) => id)).toEqual(['readiness-checked', 'picture-judged', 'link-lost']);
    expect(health.lastReadiness?.details).toEqual({ worst: 'red', camera: 'blurred' });
    expect(pictures.map(({ details }) => details)).toEqual([{ code: 'blurred', measured: 0.3, limit: 0.15 }]);
    expect([unreadableEvents, health.now]).toEqual([0, [{ part: 'kamera', says: '[number]' }]]);
  });

  it('says whose certificates are there and until when, and which cannot be read', async () => {
    const { certificates } = await collect();
    expect(certificates).toContainEqual({
      ...{ field: 'signing.certificate', holder: OWNER.kit },
      ...{ from: expect.stringMatching(/^\d{4}-/), to: expect.stringMatching(/^\d{4}-/) },
    });
    expect(certificates).toContainEqual({ field: 'central.certificate', fault: expect.stringContaining('gone.crt') });
  });

  it('holds no key, no password, no record, no picture’s name and nothing of the work in progress but its state', async () => {
    const text = JSON.stringify(await collect());
    const key = readFileSync(at(identity('kit.key')), 'utf8').split('\n')[1] ?? '';
    expect(key.length).toBeGreaterThan(20);
    const [picture = ''] = readdirSync(at('data/resmi/pictures'));
    for (const secret of [key, 'kit.key', 'rahasia', jws, jws.slice(0, 40), picture.slice(0, 64), 'kpps-1'])
      expect(text).not.toContain(secret);
  });

  it('tells of the machine where there is no configuration, and why', async () => {
    const { kit, why, versions, stores } = await collect({
      loaded: { ok: false, reason: 'kit.json: "tps": 13 digits' },
    });
    expect([kit, why, stores]).toEqual([null, 'kit.json: "tps": 13 digits', []]);
    expect(versions.agent).toBe('tps-kit 9.9');
  });

  it('says of a store that is damaged what is the matter with it, and changes nothing', async () => {
    const damaged = { ...configuration, data: at('damaged') };
    mkdirSync(at('damaged/latihan'), { recursive: true });
    for (const slot of [0, 1]) writeFileSync(at('damaged/latihan', `store.${slot}.json`), 'torn');
    const { stores } = await collect({ loaded: { ok: true, configuration: damaged } });
    expect(stores).toMatchObject([{ mode: 'latihan', holds: { fault: 'unreadable' } }]);
    expect(readdirSync(at('damaged/latihan'))).toEqual(['store.0.json', 'store.1.json']);
  });
});

describe('the journal', () => {
  const program = (name: string, script: string) => {
    const file = at(name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  it('is asked for the kit and the kernel alone, and no line keeps a NIK', async () => {
    const asked = program('asked', `echo "$@"; echo "kernel: id ${NIK}"; echo "sha ${'1234567890abcdef'.repeat(4)}"`);
    const [args, line, digest] = await journalLines(asked);
    expect(args).toContain('_SYSTEMD_UNIT=tps-kit.service + UNIT=tps-kit.service');
    expect(args).not.toContain('_SYSTEMD_UNIT=tps-kit-kiosk.service');
    expect([line, digest]).toEqual(['kernel: id [number]', `sha ${'1234567890abcdef'.repeat(4)}`]);
  });

  it('says why there is none', async () => {
    const [why, ...rest] = await journalLines(at('no-such-program'));
    expect([why, rest]).toEqual([expect.stringMatching(/^\(journal: no-program: /), [why]]);
    const refused = program(
      'refused',
      'echo "No journal files were opened due to insufficient permissions." >&2; exit 1',
    );
    expect(await journalLines(refused)).toContainEqual(expect.stringContaining('insufficient permissions'));
  });
});

describe('the file of a diagnosis', () => {
  it('is named by kit and time, whole, and for its owner alone', async () => {
    const diagnosis = await collect();
    const written = await writeDiagnosis(nodeDisk, at('out'), diagnosis);
    expect(written).toEqual({ ok: true, name: 'diagnosa-palembang-0001-20241127-130509.json' });
    const file = at('out/diagnosa-palembang-0001-20241127-130509.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(diagnosis)));
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is refused where only the room for records is left', async () => {
    const full: Disk = { ...nodeDisk, free: async () => 30 * 1024 * 1024 };
    expect(await writeDiagnosis(full, at('full'), await collect())).toMatchObject({ ok: false, code: 'disk-full' });
    expect(readdirSync(at('full'))).toEqual([]);
  });

  it('is one of five at most where the kit itself keeps them, the newest', async () => {
    for (let minute = 10; minute < 18; minute += 1) {
      await writeDiagnosis(nodeDisk, at('own'), { ...(await collect()), at: `2024-11-27T13:${minute}:00.000Z` });
      await keepNewest(nodeDisk, at('own'));
    }
    writeFileSync(at('own/other.txt'), '');
    await keepNewest(nodeDisk, at('own'));
    expect(readdirSync(at('own')).map((name) => name.slice(-11, -5))).toEqual([
      ...['131300', '131400', '131500', '131600', '131700'],
      'othe',
    ]);
  });
});
