import { afterEach, expect, inject, test } from 'vitest';
import { type Evening, evening } from './evening.ts';

/** Serial devices pulled out of the machine's USB sockets in the middle of their work, and put in again. */

let at: Evening | null = null;
afterEach(() => at?.end());

test('a badge reader that is pulled out in the middle of a badge hears the next one whole', async () => {
  at = await evening(inject('savedKit'), 'ready');
  const { kpps, machine, badge, deviceIs } = at.kit();
  const { barcode } = machine.serial;
  await barcode.plug();
  await deviceIs('barcode', 'there');
  barcode.send(Buffer.from('KPPS-'));
  await barcode.unplug();
  await deviceIs('barcode', 'not there');
  await barcode.plug();
  await deviceIs('barcode', 'there');
  badge('KPPS-2');
  const { badge: heard } = await kpps.until('a badge', (view) => view.badge !== null);
  expect(heard).toBe('kpps-2');
});

test('a printer that is pulled out in the middle of a slip is missed, and prints the slips once it is back', async () => {
  at = await evening(inject('savedKit'), 'confirming');
  const { kpps, machine, plugPrinter, deviceIs } = at.kit();
  const first = await plugPrinter(500);
  await deviceIs('printer', 'there');
  await kpps.confirm();
  await kpps.until('everything to be sent', ({ record, uplink }) => record !== null && uplink?.pictures.waiting === 0);
  await machine.pins.press('ULANG');
  await kpps.until('the printer to be missed', ({ printer }) => printer?.kind === 'fault' && printer.code === 'gone');
  expect(first.printed()[0]).toBe('TANDA TERIMA TPS');
  expect(first.printed()).not.toContain('[cut]');

  const second = await plugPrinter();
  await deviceIs('printer', 'there');
  await machine.pins.press('ULANG');
  const { documents } = await kpps.until('the slips', ({ documents: all }) => (all[0]?.record?.printed ?? 0) > 0);
  await kpps.until('the printer to rest', ({ printer }) => printer?.kind === 'idle');
  expect(documents[0]?.record?.printed).toBe(1);
  // One for the witness, one that stays.
  expect(second.printed().filter((line) => line === '[cut]')).toHaveLength(2);
  expect(second.printed().join('\n')).not.toContain('SALINAN');
});
