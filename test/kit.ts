import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PILKADA_FORMS } from '#contract/forms.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { eveningTray } from './evening-tray.ts';
import { setScene } from './scene.ts';

/**
 * `make kit`: a kit on screen, for training and for who has no hardware. The program, the broker and the centre
 * are the real ones; camera, keys, lamps, buzzer, badge reader and printer are on the page, and paper lies ready.
 */
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

say('printing, filling and photographing the paper of one TPS (kept for the next run)');
const photos = await eveningTray(path('.cache/evening-photos'));
const folder = path('out/kit');
mkdirSync(folder, { recursive: true });
const scene = await setScene({
  ...{ folder, photos, kit: 'palembang-0001', tps: '1671010001001', forms: PILKADA_FORMS },
  ...{ onScreen: true, officers: await sampleOfficers() },
});
await scene.broker.start();
const central = await scene.startCentral();
const panel = await scene.startKit();

console.log(`
the kit      ${panel}stand/
the centre   ${central}

badges       ${Object.keys(PINS).join(', ')} (in capital letters)
PINs         ${Object.values(PINS).join(', ')}
Everything is kept in out/kit; remove that folder to begin a new evening. Ctrl-C ends it.`);
process.once('SIGINT', async () => {
  await scene.stop();
  process.exit(0);
});

function say(line: string): void {
  console.log(`kit: ${line}`);
}
