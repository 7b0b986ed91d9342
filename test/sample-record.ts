import type { ResultRecord } from '#contract/wire/record.ts';

/** A record as a kit would make it, with the parts a test cares about put in. */
export function sampleRecord(parts: Partial<ResultRecord>): ResultRecord {
  return {
    schema: 1,
    kind: 'hasil',
    mode: 'latihan',
    form: 'c-hasil-kwk-gubernur',
    tps: '1671010001001',
    kit: 'palembang-0001',
    version: 1,
    supersedes: null,
    figures: [{ id: 'valid', value: 283, read: 283, probability: 0.999, by: 'machine', officer: null }],
    verdicts: [{ rule: 'valid-sum', verdict: 'holds', severity: 'blocking' }],
    paperBreaksRules: false,
    pages: [{ page: 1, sha256: 'a'.repeat(64), bytes: 300_000 }],
    sequence: 1,
    previous: null,
    bootId: 'boot-1',
    monotonicMs: 5_000,
    wallClock: '2024-11-27T12:00:00.000Z',
    clockSynchronised: true,
    agent: '0.1.0',
    model: 'b'.repeat(64),
    ...parts,
  };
}
