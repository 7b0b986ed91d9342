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
  await deviceIs('barcode', 'gone');
  await barcode.plug();
  await deviceIs('barcode', 'there');
  badge('KPPS-2');
  const { badge: heard } = await kpps.until('a badge', (view) => view.badge !== null);
  expect(heard).toBe('kpps-2');
});

test('a printer that is pulled out in the middle of a slip is missed, and prints the slips once it is back', async () => {
  at = await evening(inject('savedKit'), 'confirming');
  const { kpps, machine, plugPrinter, deviceIs } = at.kit();
  const first = await plugPrinter();
  await deviceIs('printer', 'ready');
  await kpps.confirm();
  await kpps.until('the record', ({ record }) => record !== null);

  const cut = Promise.withResolvers<void>();
  machine.serial.printer.onData(() => {
    if (first.printed().length > 3) cut.resolve();
  });
  await machine.pins.press('ULANG');
  await cut.promise;
  await machine.serial.printer.unplug();
  expect(first.printed()).not.toContain('[cut]');
  await kpps.until('the printer to be missed', ({ printer }) => printer?.kind === 'fault' && printer.code === 'gone');

  const second = await plugPrinter();
  await deviceIs('printer', 'ready');
  await machine.pins.press('ULANG');
  const { documents } = await kpps.until('the slips', ({ documents: all }) => (all[0]?.record?.printed ?? 0) > 0);
  await kpps.until('the printer to rest', ({ printer }) => printer?.kind === 'idle');
  expect(documents[0]?.record?.printed).toBe(1);
  // One for the witness, one that stays.
  expect(second.printed().filter((line) => line === '[cut]')).toHaveLength(2);
  expect(second.printed().join('\n')).not.toContain('SALINAN');
});
