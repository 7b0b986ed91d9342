import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Disk, nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { openByteSource } from '#contract/wire/bundle-file.ts';
import type { Signer } from '#contract/wire/signature.ts';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { addTestKit } from '#test/mosquitto.ts';
import { type ExportOrder, exportBundle } from './export-bundle.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'latihan' } as const;
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-export-'));
const at = (...names: readonly string[]) => join(folder, ...names);
let signer: Signer;
let store: Store<null>;

beforeAll(async () => {
  await addTestKit(at('authority'), OWNER.kit, OWNER.tps);
  signer = kitSigner({ authority: at('authority'), kit: OWNER.kit });
  const setting = { disk: nodeDisk, folder: at('store'), ...OWNER, evening: z.null(), fresh: null };
  const opened = await openStore(setting);
  if (!opened.ok) throw new Error(opened.reason);
  store = opened.store;
  await nodeDisk.makeFolder(at('stick'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function order(parts: Partial<ExportOrder> = {}): ExportOrder {
  const what = { what: 'undelivered', to: at('stick'), readBack: openByteSource } as const;
  return { disk: nodeDisk, store: at('store'), signer, ...what, ...parts };
}

const confirm = () => confirmDocument(store, signer, 1_000);

/** The real disk, but one of its calls fails. */
function failing(call: 'create' | 'write' | 'sync', code: string): Disk {
  const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
  const create: Disk['create'] = async (file) => {
    if (call === 'create') return fail();
    return { ...(await nodeDisk.create(file)), [call]: fail };
  };
  return { ...nodeDisk, create };
}

describe('an export', () => {
  it('has nothing to lay down where nothing was confirmed', async () => {
    expect(await exportBundle(order())).toMatchObject({ ok: false, code: 'nothing' });
    expect(await exportBundle(order({ store: at('no store') }))).toMatchObject({ ok: false, code: 'nothing' });
  });

  it('holds what central has not answered for, and says which pictures the kit has lost', async () => {
    const [first, second] = [await confirm(), await confirm()];
    expect(await exportBundle(order())).toMatchObject({ ok: true, records: 2, pictures: 2, lost: [] });
    rmSync(store.pictures.file(second));
    expect(await exportBundle(order())).toMatchObject({ ok: true, records: 2, pictures: 1, lost: [second] });
    const digest = store.records()[0]?.digest ?? '';
    const receipt = {
      kind: 'record',
      kit: OWNER.kit,
      sequence: 1,
      digest,
      committedAt: '2024-11-27T12:00:00Z',
    } as const;
    await store.keepReceipt(receipt, 'jws');
    expect(await exportBundle(order())).toMatchObject({ ok: true, records: 2 });
    await store.keepReceipt({ kind: 'picture', kit: OWNER.kit, sha256: first }, 'jws');
    expect(await exportBundle(order())).toMatchObject({ ok: true, records: 1, pictures: 0 });
    expect(await exportBundle(order({ what: 'everything' }))).toMatchObject({ ok: true, records: 2, pictures: 1 });
  });

  it.each([
    ['create', 'EROFS', 'disk-fault'],
    ['write', 'ENOSPC', 'disk-full'],
    ['sync', 'EIO', 'disk-fault'],
  ] as const)('says what the stick refused, and lays down nothing: %s %s', async (call, code, fault) => {
    const to = at(`stick ${call}`);
    await nodeDisk.makeFolder(to);
    expect(await exportBundle(order({ disk: failing(call, code), to }))).toMatchObject({ ok: false, code: fault });
    expect(readdirSync(to)).toEqual([]);
  });

  it('is not called done when the stick gives back something else', async () => {
    const readBack: ExportOrder['readBack'] = async (file) => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
      return openByteSource(file);
    };
    expect(await exportBundle(order({ readBack }))).toMatchObject({ ok: false, code: 'not-whole' });
  });
});
