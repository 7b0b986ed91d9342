import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signRecord } from '#contract/wire/envelope.ts';
import type { Signer } from '#contract/wire/signature.ts';
import { PRINTER_FAULTS } from '#drivers/printer/printer.ts';
import { openSerialPrinter } from '#drivers/printer/serial-printer.ts';
import { escPosDevice } from '#drivers/printer/testing/esc-pos-device.ts';
import { SERIAL } from '#drivers/serial/serial-line.ts';
import { ptysOfTests } from '#drivers/serial/testing/pty.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { KIT, type ScriptedKit, type ScriptedKitSetting, scriptedKit, sheet, TPS } from './testing/scripted-kit.ts';
import { BESAR, pageEvidence, SMALL_FORMS, written } from './testing/small-forms.ts';

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 1);
const VALUES = { l: written(120), p: written(130), j: written(250), memilih: written(200) };
const SHEETS = [1, 2].map((page) => sheet(BESAR, page, pageEvidence(BESAR, page, VALUES), () => PICTURE, PICTURE));
const SOON = { timeout: 5_000, interval: 2 };
const LONG = { timeout: 20_000, interval: 20 };
const plugged = ptysOfTests();

let authority: Awaited<ReturnType<typeof testAuthority>>;
let signer: Signer;
beforeAll(async () => {
  authority = await testAuthority(KIT, TPS);
  signer = kitSigner({ authority: authority.folder, kit: KIT });
});
afterAll(() => authority.remove());

/** A kit whose document was just stored. */
async function stored(disk = powerCutDisk(), devices: ScriptedKitSetting['devices'] = {}): Promise<ScriptedKit> {
  const at = await scriptedKit({
    ...{ disk, folder: 'data', forms: SMALL_FORMS, sheets: SHEETS, devices },
    sign: (record) => signRecord(record, signer),
  });
  const until = (state: string) => vi.waitFor(() => expect(at.session.view().state).toBe(state), SOON);
  for (const [n] of SHEETS.entries()) {
    at.buttons.press('PINDAI');
    await vi.waitFor(() => expect(at.session.view().draft?.pages).toHaveLength(n + 1), SOON);
  }
  const { turn, draft } = at.session.view();
  const figures = Object.fromEntries(Object.entries(draft?.figures ?? {}).map(([id, { value }]) => [id, value]));
  await at.session.act(turn, { kind: 'shown', figures });
  await vi.waitFor(() => expect(at.session.view().confirmation?.sight).toBe('armed'), SOON);
  at.buttons.press('YA');
  await until('tersimpan');
  return at;
}

const linesOf = ({ printer }: ScriptedKit, n: number) =>
  printer.printed()[n]?.flatMap((piece) => (piece.kind === 'line' ? [piece.text] : [])) ?? [];
const idle = (at: ScriptedKit, slips: number) =>
  vi.waitFor(() => {
    expect(at.printer.printed()).toHaveLength(slips);
    expect(at.session.view().printer).toEqual({ kind: 'idle' });
  }, SOON);

describe('the slips of a stored document', () => {
  it('come out at ULANG, one for each who gets one, with what was confirmed', async () => {
    const at = await stored();
    at.buttons.press('ULANG');
    await idle(at, 2);
    expect(linesOf(at, 0).join('\n')).toMatch(/Pemilih, laki-laki \.+ 120/);
    expect(linesOf(at, 1)).toEqual(linesOf(at, 0));
    expect(at.session.view().documents[0]?.record).toEqual({ sequence: 1, printed: 1 });
    await at.session.close();
  });

  it('are marked as copies when they are printed again, after a power cut too', async () => {
    const disk = powerCutDisk();
    const at = await stored(disk);
    at.buttons.press('ULANG');
    await idle(at, 2);
    await at.session.close();
    const sign = () => Promise.reject(new Error('nothing is signed again'));
    const again = await scriptedKit({ disk, folder: 'data', forms: SMALL_FORMS, sheets: [], sign });
    await again.session.act(again.session.view().turn, { kind: 'print', sequence: 1 });
    await idle(again, 2);
    expect([linesOf(again, 0).includes('SALINAN KE-1'), linesOf(at, 0).includes('SALINAN KE-1')]).toEqual([
      true,
      false,
    ]);
    await again.session.close();
  });

  it.each(PRINTER_FAULTS)(
    'that do not come out for %s are told, and come out later as what they are',
    async (fault) => {
      const at = await stored();
      at.printer.become(fault);
      at.buttons.press('ULANG');
      await vi.waitFor(() => expect(at.session.view().printer).toEqual({ kind: 'fault', code: fault }), SOON);
      expect(at.session.view()).toMatchObject({ state: 'tersimpan', documents: [{ record: { printed: 0 } }, {}, {}] });
      at.printer.become('ready');
      at.buttons.press('ULANG');
      await idle(at, 2);
      expect(linesOf(at, 0).join()).not.toContain('SALINAN');
      await at.session.close();
    },
  );

  it('come out whole after the printer was pulled out in the middle of one and put in again', async () => {
    const pty = await plugged();
    const device = escPosDevice();
    let pulls = true;
    pty.onData((bytes) => {
      if (!pulls || !Buffer.from(bytes).includes('Pemilih')) return void pty.send(device.hear(bytes));
      pulls = false;
      void pty.unplug();
    });
    const looking = { firstMs: 20, longestMs: 100, watchMs: 30, tell: () => undefined };
    const setting = { ...SERIAL, ...looking, path: pty.path, answerMs: 500, printMs: 30_000 };
    const printer = openSerialPrinter(setting);
    await vi.waitFor(async () => expect(await printer.state()).toBe('ready'), LONG);
    const at = await stored(powerCutDisk(), { printer });
    at.buttons.press('ULANG');
    await vi.waitFor(() => expect(at.session.view().printer).toEqual({ kind: 'fault', code: 'gone' }), LONG);
    expect(device.printed()).toEqual([]);
    await pty.plug();
    await vi.waitFor(async () => expect(await printer.state()).toBe('ready'), LONG);
    at.buttons.press('ULANG');
    await vi.waitFor(() => expect(device.printed().filter((line) => line === '[cut]')).toHaveLength(2), LONG);
    await vi.waitFor(() => expect(at.session.view().printer).toEqual({ kind: 'idle' }), LONG);
    expect(device.printed().join()).not.toContain('SALINAN');
    await at.session.close();
    await printer.close();
  });

  it('of a record that is not stored are nobody’s', async () => {
    const at = await stored();
    await at.session.act(at.session.view().turn, { kind: 'print', sequence: 7 });
    expect(at.printer.printed()).toHaveLength(0);
    await at.session.close();
  });
});
