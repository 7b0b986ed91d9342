import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { lampsIn, tuneOf } from '#agent/session/signals.ts';
import { STAGES } from '#agent/session/state.ts';
import { KEYS, LAMP_ROWS, LAYING, SOUND_ROWS, TROUBLE } from '#provisioning/paper/quick-card.ts';
import { quickCardPdf } from '#provisioning/paper/quick-card-pdf.ts';

const WORKING = ['menunggu', 'memotret', 'membaca', 'periksa', 'konfirmasi', 'menyimpan'] as const;

describe('the quick card', () => {
  it('shows of every state the lamps that the kit shows', () => {
    for (const name of [...WORKING, ...STAGES]) {
      const { green, amber, red } = lampsIn(name);
      const row = LAMP_ROWS.find(({ states, isRefused }) => states.includes(name) && !isRefused);
      expect([name, row?.lamps]).toEqual([name, [green, amber, red]]);
    }
    const { green, amber, red } = lampsIn('menunggu', true);
    expect(LAMP_ROWS.find(({ isRefused }) => isRefused)?.lamps).toEqual([green, amber, red]);
  });

  it('counts the beeps that the kit makes', () => {
    for (const { sound, beeps } of SOUND_ROWS) expect([sound, tuneOf(sound).length]).toEqual([sound, beeps]);
  });

  it('has all of it on one page', async () => {
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await quickCardPdf(), encoding: 'utf8' });
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages).toHaveLength(1);
    const words = pages[0]?.replaceAll(/\s+/g, ' ') ?? '';
    for (const line of [LAYING, KEYS, TROUBLE].flatMap(({ lines }) => lines)) expect(words).toContain(line);
    for (const { rhythm, means } of SOUND_ROWS) expect(words).toContain(`${rhythm}: ${means}`);
    for (const { means } of LAMP_ROWS) expect(words).toContain(means);
  });
});
