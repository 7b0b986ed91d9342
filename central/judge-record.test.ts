import { describe, expect, test } from 'vitest';
import { judgeRecord, type Known, parseArrival } from './judge-record.ts';
import { CONSISTENT, FORM, figuresOf, recordOf } from './testing/records.ts';

const kit = 'kit-a';
const tps = '1671010001001';
const digest = 'a'.repeat(64);
const nothingKnown: Known = {
  tps,
  form: FORM,
  sameSequence: undefined,
  before: undefined,
  after: undefined,
  superseded: undefined,
};
const record = recordOf({ kit, tps });

describe('what can be said from the message alone', () => {
  test('an unregistered kit and a false signature are refused, naming the sequence the message claims', () => {
    expect(parseArrival({ kit, digest, opened: { kind: 'unknown-kit' } }, 7)).toMatchObject({
      code: 'unknown-kit',
      sequence: 7,
    });
    expect(parseArrival({ kit, digest, opened: { kind: 'bad-signature', why: 'x' } }, null)).toMatchObject({
      code: 'bad-signature',
      sequence: null,
    });
  });

  test('a signed record that names another kit is refused', () => {
    const arrived = { kit: 'kit-b', digest, opened: { kind: 'signed', payload: record } } as const;
    expect(parseArrival(arrived, 1)).toMatchObject({ kind: 'refuse', code: 'bad-signature' });
  });

  test('content that is no record is refused with the path of every fault', () => {
    const payload = { ...record, figures: null, tps: 5 };
    const outcome = parseArrival({ kit, digest, opened: { kind: 'signed', payload } }, 1);
    expect(outcome).toMatchObject({ code: 'bad-schema', detail: expect.stringMatching(/tps: .*; figures: /) });
  });
});

describe('a record against what is known', () => {
  const judge = (given: Partial<typeof record>, known: Partial<Known> = {}) =>
    judgeRecord({ ...record, ...given }, digest, { ...nothingKnown, ...known });

  test('a consistent record is accepted without a flag', () => {
    expect(judge({})).toMatchObject({ kind: 'accept', flags: [] });
  });

  test('the same record again is a repetition, even if the kit has moved to another TPS since', () => {
    const committedAt = new Date(5);
    const known = { sameSequence: { digest, committedAt }, tps: '1671010001002' };
    expect(judge({}, known)).toMatchObject({ kind: 'repeat', committedAt });
  });

  test('another record under a used sequence number is refused', () => {
    const known = { sameSequence: { digest: 'b'.repeat(64), committedAt: new Date() } };
    expect(judge({}, known)).toMatchObject({ kind: 'refuse', code: 'sequence-conflict', sequence: 1 });
  });

  test('another TPS and an unknown form are refused', () => {
    expect(judge({ tps: '1671010001009' })).toMatchObject({ code: 'wrong-tps' });
    expect(judge({}, { form: undefined })).toMatchObject({ code: 'unknown-form' });
  });

  test.each([
    ['a figure that is not on the form', { figures: figuresOf(CONSISTENT).map((f) => ({ ...f, id: `${f.id}.x` })) }],
    ['a figure twice', { figures: [...record.figures, ...record.figures] }],
    ['a page the form has not', { pages: [{ page: 9, sha256: digest, bytes: 1 }] }],
    ['a page twice', { pages: [...record.pages, ...record.pages] }],
    ['a picture larger than any photo', { pages: [{ page: 1, sha256: digest, bytes: 2 ** 40 }] }],
    ['a second version of nothing', { version: 2 }],
    ['a first version that corrects', { supersedes: digest }],
    ['a first version with the reason of a correction', { correction: 'misread' as const }],
    ['a second record after nothing', { sequence: 2 }],
  ])('%s does not fit', (_, given) => {
    expect(judge(given)).toMatchObject({ kind: 'refuse', code: 'bad-schema' });
  });

  test('a broken blocking rule is accepted and flagged by whether the KPPS declared it', () => {
    const broken = recordOf({ kit, tps, figures: figuresOf({ ...CONSISTENT, 'suara.sah': 376 }) });
    expect(judge(broken)).toMatchObject({ kind: 'accept', flags: ['breach-undeclared'] });
    expect(judge({ ...broken, paperBreaksRules: true })).toMatchObject({ flags: ['breach-declared'] });
  });

  test('the centre judges by itself: a kit that says all is well is flagged', () => {
    const figures = figuresOf({ ...CONSISTENT, 'suara.sah': 376 });
    expect(judge({ figures })).toMatchObject({ flags: ['breach-undeclared', 'verdicts-differ'] });
  });

  test('missing figures and pages are flagged', () => {
    const partial = recordOf({ kit, tps, figures: figuresOf({ 'paslon-1': 1 }), pages: record.pages.slice(0, 1) });
    expect(judge(partial)).toMatchObject({ flags: ['figures-missing', 'pages-missing'] });
  });

  test('a record that does not join its neighbours breaks the chain, whichever came first', () => {
    const second = { sequence: 2, previous: 'c'.repeat(64) };
    expect(judge(second, { before: { digest: 'c'.repeat(64) } })).toMatchObject({ flags: [] });
    expect(judge(second, { before: { digest: 'd'.repeat(64) } })).toMatchObject({ flags: ['chain-broken'] });
    expect(judge({}, { after: { previous: digest } })).toMatchObject({ flags: [] });
    expect(judge({}, { after: { previous: 'd'.repeat(64) } })).toMatchObject({ flags: ['chain-broken'] });
  });

  test('a correction must name the version before of the same document', () => {
    const correction = { version: 2, supersedes: 'c'.repeat(64) };
    const superseded = { mode: 'resmi', tps, form: FORM.id, version: 1 } as const;
    expect(judge(correction, { superseded })).toMatchObject({ flags: [] });
    expect(judge(correction, { superseded: { ...superseded, version: 3 } })).toMatchObject({
      flags: ['corrects-another'],
    });
    expect(judge(correction, { superseded: { ...superseded, form: 'other' } })).toMatchObject({
      flags: ['corrects-another'],
    });
  });
});
