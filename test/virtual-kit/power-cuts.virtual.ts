import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { Button } from '#drivers/buttons/buttons.ts';
import { randomOf } from '#synthesis/random.ts';
import { confirmedBy } from '#test/killed-evening.ts';
import { type Evening, evening } from './evening.ts';
import type { Moment } from './saved-kit.ts';
import { FORM, paperOfTable, TPS } from './table.ts';
import type { VirtualKit } from './virtual-kit.ts';

/**
 * The plug is pulled at random moments: what the kernel had not written to the disk is gone. Afterwards the kit is
 * switched on again, and its KPPS goes on with what it shows.
 */
interface Cut {
  readonly from: Moment;
  /** The key that is pressed, and how long after it went down the power goes, ms. */
  readonly after: Button;
  readonly ms: number;
}

const random = randomOf('power cuts');
const CUTS: readonly Cut[] = [
  // While the record is stored (0.2 s), sent and received (1 s), and its pictures are; most of them early.
  ...times(20, () => ({ from: 'confirming', after: 'YA', ms: Math.round(5_000 * random.unit() ** 2) }) as const),
  // While the page is photographed, read and kept, which takes about half a minute in emulation.
  ...times(10, () => ({ from: 'last-page', after: 'PINDAI', ms: random.whole(0, 40_000) }) as const),
];

let at: Evening | null = null;
afterEach(() => at?.end());

describe('a power cut', () => {
  test.each(CUTS)(
    '$ms ms after $after ($from) loses nothing that was confirmed, and nothing counts twice',
    async (cut) => {
      at = await evening(inject('savedKit'), cut.from);
      const kit = at.kit();
      const lastWord = recordShownBy(kit);
      const down = Promise.withResolvers<void>();
      kit.machine.pins.onDown((button) => button === cut.after && down.resolve());
      const disturbed = (cut.after === 'YA' ? kit.kpps.confirm() : kit.kpps.scan()).catch(() => undefined);
      await down.promise;
      await sleep(cut.ms);
      await at.cutPower();
      const shown = await lastWord;
      await disturbed;

      const again = await at.switchOn();
      await again.enterPin();
      await confirmedBy(again.kpps);
      const { record } = await again.kpps.until(
        'receipts of record and pictures',
        (view) => view.record?.stage === 'diterima-pusat' && view.uplink?.pictures.waiting === 0,
      );
      if (shown !== null) expect(record?.digest).toBe(shown);
      expect(await at.results()).toEqual([
        expect.objectContaining({
          ...{ tps: TPS, form: FORM, version: 1, picturesWhole: 3 },
          ...{ digest: record?.digest, figures: (await paperOfTable()).written },
        }),
      ]);
      expect(await at.alarms()).toEqual([]);
      console.log(
        `${cut.ms} ms after ${cut.after}: ${shown === null ? 'no' : 'the'} record was shown, and all is well`,
      );
    },
  );
});

/** Looks at the kit until it is gone; answers the digest of the record that it had shown as stored. */
async function recordShownBy({ kpps }: VirtualKit): Promise<string | null> {
  let shown: string | null = null;
  for (;;) {
    const view = await kpps.view().catch(() => null);
    if (!view) return shown;
    shown = view.record?.digest ?? shown;
    await sleep(50);
  }
}

function times<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make);
}
