import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Configuration } from './configuration.ts';
import { becomeOfficial, inCurrentMode } from './mode.ts';

const NOW = new Date('2024-11-27T12:00:00Z');
let folder: string;
let configuration: Configuration;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-mode-'));
  const kept = [join(folder, 'data/latihan'), join(folder, 'stick/palembang-0001/latihan')];
  for (const place of [...kept, join(folder, 'stick/palembang-0001/resmi')]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'store.json'), '{}');
  }
  const files = { certificate: '', key: '' };
  configuration = {
    ...{ kit: 'palembang-0001', tps: '1671010001001', mode: 'latihan', forms: ['besar'], slip: { columns: 32 } },
    ...{ data: join(folder, 'data'), copy: join(folder, 'stick'), camera: { kind: 'folder', folder: '' } },
    ...{ panel: { port: 0 }, readLimit: 20, broker: { url: ['mqtts://localhost'], ca: '', ...files }, signing: files },
    central: { certificate: '', sealing: '' },
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const isThere = (name: string) => existsSync(join(folder, name));

describe('a kit that practises', () => {
  it('practises until somebody begins the official evening', async () => {
    expect(await inCurrentMode(configuration)).toBe(configuration);
    expect(isThere('data/latihan/store.json')).toBe(true);
  });

  it('is official from then on, and what was practised is gone, on the stick too', async () => {
    await becomeOfficial(configuration, NOW);
    expect((await inCurrentMode(configuration)).mode).toBe('resmi');
    expect(['data/latihan', 'stick/palembang-0001/latihan'].map(isThere)).toEqual([false, false]);
    expect(isThere('stick/palembang-0001/resmi/store.json')).toBe(true);
  });

  it('has lost nothing of the practice before the official evening is written down', async () => {
    await becomeOfficial(configuration, NOW);
    expect(isThere('data/latihan/store.json')).toBe(true);
  });

  it('goes on practising where that could not be written down', async () => {
    writeFileSync(join(folder, 'blocked'), '');
    const blocked = { ...configuration, data: join(folder, 'blocked') };
    await expect(becomeOfficial(blocked, NOW)).rejects.toThrow();
    expect(isThere('stick/palembang-0001/latihan/store.json')).toBe(true);
  });
});
