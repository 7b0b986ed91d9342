import { readFile } from 'node:fs/promises';
import type { Reader } from '#agent/read/reading.ts';
import { decode } from '#agent/tally/decode.ts';
import { shippedForms } from '#contract/forms.ts';

/** A page whose figures are known, printed, written and photographed by our own simulator: page 3 of the Governor's form. */
const FORM = 'c-hasil-kwk-gubernur';
const WRITTEN: Readonly<Record<string, number>> = { 'suara.sah': 346, 'suara.tidak-sah': 12, 'suara.total': 358 };

/** Whether the reader, with the models that are installed, reads the known page as what it says. */
export async function readKnownPage(reader: Reader): Promise<'right' | 'wrong' | 'dead'> {
  const reading = await reader.read(await readFile(new URL('./known-page/page.jpg', import.meta.url)), null);
  if (reading.kind === 'refused') return reading.code === 'reader-died' ? 'dead' : 'wrong';
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`${FORM} does not ship`);
  const { figures } = decode(form, new Map(Object.entries(reading.evidence)));
  const isRight = Object.entries(WRITTEN).every(([id, value]) => {
    const figure = figures.get(id);
    return figure?.best.value === value && figure.status === 'accepted';
  });
  return isRight ? 'right' : 'wrong';
}
