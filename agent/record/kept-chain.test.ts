import { generateKeyPairSync } from 'node:crypto';
import { CompactSign } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import { digestOf } from '#contract/wire/signature.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { verifyKept } from './kept-chain.ts';

const KIT = 'palembang-0001';
const { privateKey } = generateKeyPairSync('ed25519');
let kept: readonly OutboxRecord[];

async function keptRecord(sequence: number, previous: string | null, kit = KIT): Promise<OutboxRecord> {
  const record = sampleRecord({ kit, sequence, previous, form: `form-${sequence}` });
  const payload = new TextEncoder().encode(JSON.stringify(record));
  const jws = await new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
  const { form, version } = record;
  return { sequence, digest: digestOf(jws), jws, form, version, pictures: [], answer: { kind: 'waiting' } };
}

function changed(at: number, change: Partial<OutboxRecord>): readonly OutboxRecord[] {
  return kept.map((record, n) => (n === at ? { ...record, ...change } : record));
}

describe('the records a kit holds', () => {
  beforeAll(async () => {
    const first = await keptRecord(1, null);
    const second = await keptRecord(2, first.digest);
    kept = [first, second, await keptRecord(3, second.digest)];
  });

  it('are its chain as they were signed, and none is one', () => {
    expect(verifyKept(KIT, kept)).toEqual({ ok: true });
    expect(verifyKept(KIT, [])).toEqual({ ok: true });
  });

  it('are not when one was removed, exchanged or repeated', async () => {
    expect(verifyKept(KIT, kept.slice(1))).toMatchObject({ code: 'gap', at: 0 });
    expect(verifyKept(KIT, kept.toSpliced(1, 1))).toMatchObject({ code: 'gap', at: 1 });
    expect(verifyKept(KIT, kept.toSpliced(1, 1, await keptRecord(2, null)))).toMatchObject({
      code: 'broken-link',
      at: 1,
    });
    expect(verifyKept(KIT, [...kept, ...kept.slice(2)])).toMatchObject({ code: 'gap', at: 3 });
  });

  it('are not when an envelope was altered, or is of another number or kit', async () => {
    const [, second] = kept;
    const jws = second?.jws.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) ?? '';
    expect(verifyKept(KIT, changed(1, { jws }))).toEqual({ ok: false, at: 1, code: 'altered' });
    expect(verifyKept(KIT, changed(1, { jws: 'x', digest: digestOf('x') }))).toMatchObject({ code: 'altered' });
    expect(verifyKept(KIT, changed(1, { sequence: 5 }))).toMatchObject({ code: 'altered', at: 1 });
    expect(verifyKept(KIT, [await keptRecord(1, null, 'palembang-0002')])).toMatchObject({ code: 'another-kit' });
  });
});
