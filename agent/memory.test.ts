import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { addTestKit } from '#test/mosquitto.ts';
import { type Configuration, storeFolder } from './configuration.ts';
import { copyOf, openMemory } from './memory.ts';

const KIT = 'palembang-0001';
const TPS = '1671010001001';
let folder: string;
let configuration: Configuration;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-memory-'));
  const at = (name: string) => join(folder, name);
  configuration = {
    ...{ kit: KIT, tps: TPS, mode: 'latihan', forms: ['c-hasil-kwk-gubernur'], data: at('data'), copy: at('stick') },
    ...{ camera: { kind: 'folder', folder: at('tray') }, slip: { columns: 32 }, panel: { port: 0 }, readLimit: 20 },
    broker: { url: ['mqtts://localhost'], ca: at('ca'), certificate: at('crt'), key: at('key') },
    ...{ signing: { certificate: at('crt'), key: at('key') }, central: { certificate: at('central'), sealing: '' } },
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const isMounted = async () => true;
const opened = async () => {
  const memory = await openMemory(configuration, isMounted);
  if (!memory.ok) throw new Error(memory.reason);
  return memory;
};

/** An evening with one document, which lies on the stick too. */
async function evening() {
  await addTestKit(join(folder, 'authority'), KIT, TPS);
  const signer = kitSigner({ authority: join(folder, 'authority'), kit: KIT });
  const first = await opened();
  await confirmDocument(first.store, signer, 1_000);
  const copy = copyOf(configuration, first.store, isMounted);
  await vi.waitFor(() => expect(copy?.state()).toEqual({ kind: 'whole' }));
  await copy?.close();
  await first.close();
  return first;
}

it('is found as it was left, and brought back from the stick where the card has lost it', async () => {
  const first = await evening();
  expect(first.found).toBe('fresh');
  const again = await opened();
  expect(again.found).toBe('whole');
  await again.close();

  rmSync(storeFolder(configuration), { recursive: true });
  const restored = await opened();
  expect(restored).toMatchObject({ found: 'restored', evening: 'kept' });
  expect(restored.store.records()).toEqual(first.store.records());
  await restored.close();
});

it('is not opened on a disk that cannot be written', async () => {
  writeFileSync(join(folder, 'data'), 'a file where a folder should be');
  expect(await openMemory(configuration, isMounted)).toMatchObject({ ok: false, fault: 'disk-fault' });
});

it('is not opened without what only the stick holds, where that cannot be brought back', async () => {
  await evening();
  rmSync(storeFolder(configuration), { recursive: true });
  mkdirSync(storeFolder(configuration));
  writeFileSync(join(storeFolder(configuration), 'pictures'), 'a file where a folder should be');
  expect(await openMemory(configuration, isMounted)).toMatchObject({ ok: false, fault: 'copy' });
});
