import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Disk } from '#agent/store/disk.ts';
import { said } from '#agent/tally/testing/seen.ts';
import { openRecord, signRecord } from '#contract/wire/envelope.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { certificatesOf, type Signer } from '#contract/wire/signature.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import type { Session, SessionView } from './session.ts';
import { KIT, type ScriptedKit, type ScriptedSheet, scriptedKit, sheet, TPS } from './testing/scripted-kit.ts';
import { BESAR, pageEvidence, SMALL_FORMS, written } from './testing/small-forms.ts';

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 1);
const RIGHT = { l: written(120), p: written(130), j: written(250) };
const PAGE_1 = sheet(BESAR, 1, pageEvidence(BESAR, 1, RIGHT), () => PICTURE, PICTURE);
const PAGE_2 = sheet(BESAR, 2, pageEvidence(BESAR, 2, { memilih: written(200) }), () => PICTURE, PICTURE);
const UNSURE_2 = sheet(BESAR, 2, pageEvidence(BESAR, 2, { memilih: written(203, 8) }), () => PICTURE, PICTURE);
const SOON = { timeout: 5_000, interval: 2 };

let authority: { folder: string; remove(): void };
let signer: Signer;
beforeAll(async () => {
  authority = await testAuthority(KIT, TPS);
  signer = kitSigner({ authority: authority.folder, kit: KIT });
});
afterAll(() => authority.remove());

function kit(disk: Disk, sheets: readonly ScriptedSheet[]): Promise<ScriptedKit> {
  const sign = (record: ResultRecord) => signRecord(record, signer);
  return scriptedKit({ disk, folder: 'data', forms: SMALL_FORMS, sheets, sign });
}

/** Does what a patient person does next on this screen. */
async function goOn(session: Session, buttons: ScriptedKit['buttons']): Promise<void> {
  const { turn, state, ask, draft, confirmation } = session.view();
  if (state === 'menunggu') buttons.press('PINDAI');
  else if (ask?.kind === 'figure')
    await session.act(turn, { kind: 'answer', figure: ask.figure, value: ask.candidates[0] ?? null });
  else if (ask?.kind === 'breach' && ask.step === 'ask') await session.act(turn, { kind: 'declare', rule: ask.rule });
  else if (confirmation?.sight === 'unseen' && draft) {
    const figures = Object.fromEntries(Object.entries(draft.figures).map(([id, { value }]) => [id, value]));
    await session.act(turn, { kind: 'shown', figures });
  } else if (ask || confirmation?.sight === 'armed') buttons.press('YA');
}

/** Goes on until the view is as wanted; gives up when the disk gave up, or after a while. */
async function goOnUntil(
  { session, buttons }: ScriptedKit,
  wanted: (view: SessionView) => boolean,
): Promise<SessionView> {
  for (let turn = 0; turn < 400; turn += 1) {
    const view = session.view();
    if (wanted(view) || view.alert) return view;
    await goOn(session, buttons);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return session.view();
}

const isStored = ({ state }: SessionView) => state === 'tersimpan';

describe('a session', () => {
  it('takes a document from PINDAI to a signed record with the pictures it names', async () => {
    const at = await kit(powerCutDisk(), [PAGE_2, PAGE_1]);
    expect((await goOnUntil(at, isStored)).record).toMatchObject({ sequence: 1, form: 'besar', stage: 'tersimpan' });
    const [kept] = at.store.records();
    const roots = certificatesOf(readFileSync(`${authority.folder}/root.crt`, 'utf8'));
    const opened = await openRecord(kept?.jws ?? '', roots, new Date());
    expect(opened).toMatchObject({
      ok: true,
      record: { mode: 'latihan', tps: TPS, kit: KIT, version: 1, paperBreaksRules: false },
    });
    if (!opened.ok) return;
    expect(opened.record.figures.map(({ id, value, by }) => [id, value, by])).toEqual([
      ['l', 120, 'machine'],
      ['p', 130, 'machine'],
      ['j', 250, 'machine'],
      ['memilih', 200, 'machine'],
    ]);
    for (const { sha256 } of opened.record.pages)
      expect(await at.store.pictures.read(sha256)).toMatchObject({ ok: true });
    await at.session.close();
  });

  it('writes down how each photo was judged, whatever became of it', async () => {
    const blurred: ScriptedSheet = {
      jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 2),
      reading: { kind: 'refused', code: 'blurred', measured: 0.3, limit: 0.15 },
    };
    const at = await kit(powerCutDisk(), [blurred, PAGE_1, PAGE_2]);
    await goOnUntil(at, isStored);
    const judged = at.events.filter(({ id }) => id === 'picture-judged').map(({ details }) => details);
    expect(judged).toEqual([
      { code: 'blurred', measured: 0.3, limit: 0.15 },
      { code: 'good', form: 'besar', page: 1, ms: 0 },
      { code: 'good', form: 'besar', page: 2, ms: 0 },
    ]);
    await at.session.close();
  });

  it('records what a person answered beside what the machine read', async () => {
    const at = await kit(powerCutDisk(), [PAGE_1, UNSURE_2]);
    await goOnUntil(at, ({ state }) => state === 'periksa');
    const { turn, ask } = at.session.view();
    expect(ask).toMatchObject({ kind: 'figure', figure: 'memilih', candidates: [203, 208], inWords: null });
    await at.session.act(turn, { kind: 'answer', figure: 'memilih', value: 208 });
    await goOnUntil(at, isStored);
    const payload = at.store.records()[0]?.jws.split('.')[1] ?? '';
    const { figures } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(figures[3]).toMatchObject({ id: 'memilih', value: 208, read: 203, by: 'changed' });
    await at.session.close();
  });

  it('says what the words name, where a person is asked', async () => {
    const memilih = { ...written(203), words: said(208) };
    const at = await kit(powerCutDisk(), [
      PAGE_1,
      sheet(BESAR, 2, pageEvidence(BESAR, 2, { memilih }), () => PICTURE, PICTURE),
    ]);
    await goOnUntil(at, ({ state }) => state === 'periksa');
    expect(at.session.view().ask).toMatchObject({ figure: 'memilih', inWords: 'dua ratus delapan' });
    await at.session.close();
  });

  it('shows why a sheet was refused, and goes on', async () => {
    const refused: ScriptedSheet = { ...PAGE_1, reading: { kind: 'refused', code: 'corner-hidden', corner: 'bl' } };
    const again = { ...PAGE_1, jpeg: Uint8Array.of(...PAGE_1.jpeg, 1) };
    const at = await kit(powerCutDisk(), [refused, again]);
    await goOnUntil(at, ({ notice }) => notice !== null);
    expect(at.session.view().notice).toMatchObject({ refusal: { code: 'corner-hidden', corner: 'bl' } });
    expect(at.lights.shown()).toEqual({ green: 'off', amber: 'off', red: 'slow' });
    expect((await goOnUntil(at, ({ draft }) => draft !== null)).draft?.pages).toHaveLength(1);
    await at.session.close();
  });

  it('does nothing for a screen that shows an earlier turn', async () => {
    const at = await kit(powerCutDisk(), [PAGE_1]);
    const { turn } = at.session.view();
    expect(await at.session.act(turn, { kind: 'press', button: 'PINDAI' })).toBe('done');
    expect(await at.session.act(turn, { kind: 'press', button: 'PINDAI' })).toBe('stale');
    await at.session.close();
  });

  it('keeps one record, however often YA is pressed', async () => {
    const at = await kit(powerCutDisk(), [PAGE_1, PAGE_2]);
    await goOnUntil(at, ({ confirmation }) => confirmation?.sight === 'armed');
    for (let press = 0; press < 10; press += 1) at.buttons.press('YA');
    await vi.waitFor(() => expect(at.store.records()).toHaveLength(1), SOON);
    for (let press = 0; press < 10; press += 1) at.buttons.press('YA');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(at.store.records()).toHaveLength(1);
    await at.session.close();
  });

  it('hears from the store that the record was received', async () => {
    const at = await kit(powerCutDisk(), [PAGE_1, PAGE_2]);
    const { record } = await goOnUntil(at, isStored);
    const links = { records: { waiting: 1, received: 0, refused: 0 }, pictures: { waiting: 0, received: 0, lost: 0 } };
    at.session.hearUplink({ link: { kind: 'connected' }, sentRecord: 1, ...links });
    await vi.waitFor(() => expect(at.session.view().state).toBe('terkirim'), SOON);
    const committedAt = '2024-11-27T12:00:00.000Z';
    await at.store.keepReceipt(
      { kind: 'record', kit: KIT, sequence: 1, digest: record?.digest ?? '', committedAt },
      'jws',
    );
    await vi.waitFor(() => expect(at.session.view().state).toBe('diterima-pusat'), SOON);
    await at.session.close();
  });

  it('makes cut-outs again from the photos after a restart', async () => {
    const disk = powerCutDisk();
    const before = await kit(disk, [PAGE_1, UNSURE_2]);
    const { draft } = await goOnUntil(before, ({ state }) => state === 'periksa');
    await before.session.close();
    const after = await kit(disk, [PAGE_1, UNSURE_2]);
    await vi.waitFor(() => expect(after.session.view().pictures).toHaveLength(2), SOON);
    expect(after.session.picture(draft?.figures['memilih']?.photo ?? '', 'memilih')).toEqual(PICTURE);
    expect(after.session.view().ask).toMatchObject({ kind: 'figure', figure: 'memilih' });
    await after.session.close();
  });

  it('says loudly that nothing can be kept; a press did not happen then, what a device told waits', async () => {
    let full = false;
    const disk = powerCutDisk();
    const create = (file: string) => {
      if (full) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      return disk.create(file);
    };
    const at = await kit({ ...disk, create }, [PAGE_1, PAGE_2]);
    full = true;
    expect(await at.session.act(at.session.view().turn, { kind: 'press', button: 'PINDAI' })).toBe('blocked');
    expect(at.session.view()).toMatchObject({ alert: 'disk-full', state: 'menunggu' });
    full = false;
    const stop = at.session.onChange(() => {
      full = at.session.view().state === 'membaca';
    });
    at.buttons.press('PINDAI');
    await vi.waitFor(() => expect(at.session.view()).toMatchObject({ alert: 'disk-full', state: 'membaca' }), SOON);
    expect(await at.session.act(at.session.view().turn, { kind: 'press', button: 'YA' })).toBe('blocked');
    stop();
    full = false;
    await vi.waitFor(() => expect(at.session.view()).toMatchObject({ alert: null, state: 'menunggu' }), SOON);
    expect(at.session.view().notice).toEqual({ kind: 'store', code: 'disk-full' });
    await at.session.close();
  });
});

describe('power cut at any moment', () => {
  it('ends, after starting again, with exactly one record of the document', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(90),
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 8, maxLength: 8 }),
        async (operations, chances) => {
          const disk = powerCutDisk();
          const before = await kit(disk, [PAGE_1, UNSURE_2]);
          disk.cutAfter(operations);
          const reached = await goOnUntil(before, isStored);
          await before.session.close();
          let next = 0;
          const found = disk.restart(() => chances[next++ % chances.length] ?? 0);
          const after = await kit(found, [PAGE_1, UNSURE_2, PAGE_1, UNSURE_2]);
          if (isStored(reached)) expect(after.store.records()).toHaveLength(1);
          const view = await goOnUntil(after, isStored);
          expect([view.state, after.store.records().length]).toEqual(['tersimpan', 1]);
          await after.session.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('a correction supersedes the record it corrects, with its reason, and shows what that says', async () => {
  const corrected = sheet(
    BESAR,
    1,
    pageEvidence(BESAR, 1, { l: written(110), p: written(140), j: written(250) }),
    () => PICTURE,
    Uint8Array.of(0xff, 0xd8, 0xff, 2),
  );
  const at = await kit(powerCutDisk(), [PAGE_1, PAGE_2, corrected, PAGE_2]);
  await goOnUntil(at, ({ record }) => record !== null);
  expect(at.session.view().documents[0]).toMatchObject({ correctable: true, stage: 'tersimpan' });
  await at.session.act(at.session.view().turn, { kind: 'reopen', form: BESAR.id, reason: 'objection' });
  const view = await goOnUntil(at, ({ state }) => state === 'konfirmasi');
  expect(view.before).toEqual({ l: 120, p: 130, j: 250, memilih: 200 });
  await goOnUntil(at, ({ record }) => record?.sequence === 2);
  const [first, second] = at.store.records();
  const opened = await openRecord(
    second?.jws ?? '',
    certificatesOf(readFileSync(`${authority.folder}/root.crt`, 'utf8')),
    new Date(),
  );
  expect(opened).toMatchObject({
    ok: true,
    record: { version: 2, supersedes: first?.digest, correction: 'objection', previous: first?.digest },
  });
  expect(at.session.view()).toMatchObject({ before: null, correction: null });
  await at.session.close();
});
