import { afterEach, expect, inject, test } from 'vitest';
import { type Evening, evening } from './evening.ts';
import { CHAIR, FORM, paperOfTable, TPS } from './table.ts';

/** From a key's edge to the centre's receipt, through the interfaces of the kernel. */

let at: Evening | null = null;
afterEach(() => at?.end());

test('PINDAI is pressed, the page is read, YA is pressed, the figures are stored and received by the centre', async () => {
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1_000).toFixed(1);
  at = await evening(inject('savedKit'), 'ready');
  const { kpps, machine, badge, enterPin, deviceIs } = at.kit();
  await kpps.view();
  console.log(`the saved machine answers after ${seconds()} s`);

  expect(await machine.pins.lamps()).toEqual({ green: 'slow', amber: 'off', red: 'off' });
  await machine.serial.barcode.plug();
  await deviceIs('barcode', 'there');
  badge(CHAIR.badge);
  await kpps.until('the badge to be heard', (view) => view.badge === CHAIR.code);
  await enterPin();

  for (const page of [1, 2, 3]) {
    const before = Number(seconds());
    const read = kpps.scan();
    await kpps.until('the page to be read', ({ state }) => state === 'membaca');
    expect(await machine.pins.lamps()).toEqual({ green: 'off', amber: 'on', red: 'off' });
    expect([page, (await read).notice]).toEqual([page, null]);
    console.log(`page ${page}: laid, pressed and read in ${(Number(seconds()) - before).toFixed(1)} s`);
  }
  await kpps.settle();
  await kpps.proofread();
  await kpps.confirm();
  const { record } = await kpps.until(
    'receipts of record and pictures',
    (view) => view.record?.stage === 'diterima-pusat' && view.uplink?.pictures.waiting === 0,
  );
  expect(await machine.pins.lamps()).toEqual({ green: 'on', amber: 'off', red: 'off' });
  expect(await at.results()).toEqual([
    expect.objectContaining({
      ...{ tps: TPS, form: FORM, version: 1, picturesWhole: 3 },
      ...{ digest: record?.digest, figures: (await paperOfTable()).written },
    }),
  ]);
  expect(await at.alarms()).toEqual([]);
  console.log(`received after ${seconds()} s`);
});
