import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Labels of the chips whose lines are on a Raspberry Pi's header: models up to 3, 4, and 5. */
const HEADER_CHIPS = ['pinctrl-bcm2835', 'pinctrl-bcm2711', 'pinctrl-rp1'];

/**
 * What must be added to a line's number on its chip, on a Raspberry Pi the BCM number, to name it in sysfs: kernels
 * from 6.6 on number the header's chip from 512 or 571 instead of 0. Null where no chip of such a label is there
 * (not a Raspberry Pi, or a kernel without sysfs GPIO).
 */
export function gpioBase(labels: readonly string[] = HEADER_CHIPS, root = '/sys/class/gpio'): number | null {
  for (const chip of chipsIn(root)) {
    const label = textIn(join(root, chip, 'label'));
    const base = Number(textIn(join(root, chip, 'base')));
    if (label !== null && labels.includes(label) && Number.isInteger(base)) return base;
  }
  return null;
}

function chipsIn(root: string): readonly string[] {
  try {
    return readdirSync(root)
      .filter((name) => name.startsWith('gpiochip'))
      .sort();
  } catch {
    return [];
  }
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
