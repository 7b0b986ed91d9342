import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Happened } from '#agent/event-log/catalogue.ts';
import { type Disk, nodeDisk } from '#agent/store/disk.ts';
import { simulateButtons } from '#drivers/buttons/simulated-buttons.ts';
import { simulateClock } from '#drivers/clock/simulated-clock.ts';
import { collectDiagnosis } from './collect.ts';
import { type DiagnosingPorts, type DiagnosisView, diagnoseOnGrip } from './on-grip.ts';

const SOON = { timeout: 5_000, interval: 5 };
const NAME = 'diagnosa-tanpa-konfigurasi-20241127-130509.json';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-grip-'));
  mkdirSync(join(folder, 'stick'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function kit(changes: Partial<DiagnosingPorts> = {}) {
  const buttons = simulateButtons();
  const [noted, heard, shown]: [Happened[], string[], (DiagnosisView | null)[]] = [[], [], []];
  const collect = vi.fn(() =>
    collectDiagnosis({
      ...{ loaded: { ok: false, reason: 'none' } as const, agent: 'tps-kit 9.9', now: [], journal: async () => [] },
      clock: simulateClock(new Date('2024-11-27T13:05:09Z')),
    }),
  );
  const diagnosing = diagnoseOnGrip({
    ...{ buttons, collect, own: join(folder, 'own'), stick: async () => null, shownMs: 60_000 },
    ...{ note: (happened: Happened) => noted.push(happened), sound: (sound: string) => heard.push(sound) },
    ...changes,
  });
  diagnosing.onChange(() => shown.push(diagnosing.view()));
  const grip = async () => {
    buttons.grip();
    await vi.waitFor(() => expect(['made', 'not-made']).toContain(diagnosing.view()?.kind), SOON);
  };
  return { diagnosing, buttons, collect, grip, noted, heard, shown };
}

const filesIn = (place: string) => readdirSync(join(folder, place));

describe('the grip', () => {
  it('lays a diagnosis on the stick that is in, and tells so by sound, on the screen and in the log', async () => {
    const { grip, diagnosing, noted, heard, shown } = kit({ stick: async () => join(folder, 'stick') });
    expect(diagnosing.view()).toBeNull();
    await grip();
    expect(filesIn('stick')).toEqual([NAME]);
    expect(shown).toEqual([{ kind: 'gathering' }, { kind: 'made', on: 'stick', name: NAME }]);
    expect([heard, noted]).toEqual([['begin', 'good'], [{ id: 'diagnosis-made', details: { on: 'stick' } }]]);
    await diagnosing.close();
  });

  it('keeps it on the kit where no stick is in', async () => {
    const { grip, diagnosing } = kit();
    await grip();
    expect([filesIn('own'), diagnosing.view()]).toEqual([[NAME], { kind: 'made', on: 'kit', name: NAME }]);
    await diagnosing.close();
  });

  it('keeps it on the kit where the stick cannot be written', async () => {
    writeFileSync(join(folder, 'broken'), '');
    const { grip, diagnosing } = kit({ stick: async () => join(folder, 'broken') });
    await grip();
    expect(diagnosing.view()).toMatchObject({ kind: 'made', on: 'kit' });
    await diagnosing.close();
  });

  it('says where nothing could be written why, and a stick that is put in then helps', async () => {
    const full: Disk = { ...nodeDisk, free: async (place) => (place.endsWith('own') ? 0 : nodeDisk.free(place)) };
    let stick: string | null = null;
    const { grip, diagnosing, noted, heard } = kit({ disk: full, stick: async () => stick });
    await grip();
    expect(diagnosing.view()).toEqual({ kind: 'not-made', code: 'disk-full' });
    expect([heard, noted]).toEqual([
      ['begin', 'refused'],
      [{ id: 'diagnosis-not-made', details: { code: 'disk-full' } }],
    ]);
    stick = join(folder, 'stick');
    await grip();
    await vi.waitFor(() => expect(diagnosing.view()).toMatchObject({ kind: 'made', on: 'stick' }), SOON);
    await diagnosing.close();
  });

  it('never takes the kit down, whatever fails while it is gathered', async () => {
    const { grip, diagnosing, noted } = kit({ collect: () => Promise.reject(new Error('a fault of the program')) });
    await grip();
    expect(noted).toEqual([{ id: 'diagnosis-not-made', details: { code: 'fault' } }]);
    await diagnosing.close();
  });

  it('held again while one is being made begins no second', async () => {
    const { buttons, grip, diagnosing, collect } = kit();
    buttons.grip();
    await grip();
    expect(collect).toHaveBeenCalledTimes(1);
    await diagnosing.close();
    buttons.grip();
    expect(collect).toHaveBeenCalledTimes(1);
  });

  it('is told of for a while only', async () => {
    const { grip, diagnosing } = kit({ shownMs: 20 });
    await grip();
    await vi.waitFor(() => expect(diagnosing.view()).toBeNull(), SOON);
    await diagnosing.close();
  });
});
