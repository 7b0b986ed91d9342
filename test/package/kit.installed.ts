import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { kppsAt } from '#test/kpps.ts';
import { type Architecture, type CleanRoot, openCleanRoot } from './clean-root.ts';
import { FORM, installedScene } from './installed-scene.ts';
import { packageOf } from './packages.ts';

const KNOWN_PAGE = fileURLToPath(new URL('../../agent/health/known-page/page.jpg', import.meta.url));
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];
const CHOSEN = process.env['TPS_KIT_ARCH'];

describe.each(ARCHITECTURES.filter((one) => CHOSEN === undefined || CHOSEN === one))(
  'installed on %s',
  (architecture) => {
    let root: CleanRoot;
    let beside: readonly string[];
    beforeAll(() => {
      root = openCleanRoot(architecture);
      beside = root.install(packageOf(architecture));
    });
    afterAll(() => root?.remove());

    it('needs nothing but Debian’s archive, and no OpenCV', () => {
      console.log(`${architecture}: ${beside.length} packages beside it: ${beside.join(' ')}`);
      expect(beside).toContain('tps-kit');
      expect(beside.filter((name) => name.includes('opencv'))).toEqual([]);
      expect(root.run('dpkg', '--verify', 'tps-kit')).toBe('');
    });

    it('says in words what it can do', () => {
      expect(root.run('tps-kit', '--help')).toContain('Membaca angka pada foto formulir');
    });

    it('passes its self-test', () => {
      console.log(root.run('tps-kit', 'self-test'));
    });

    it('reads the known page with the figures of the machine it was built on', () => {
      root.lay(KNOWN_PAGE, 'root/page.jpg');
      const read = figuresOf(root.run('tps-kit', 'read', '--json', '/root/page.jpg'));
      const clone = fileURLToPath(new URL('../../agent/tps-kit', import.meta.url));
      expect(read).toEqual(figuresOf(execFileSync(clone, ['read', '--json', KNOWN_PAGE], { encoding: 'utf8' })));
      expect(read.length).toBeGreaterThan(2);
    });

    it('brings a form from the press of the button to the centre', async () => {
      const scene = await installedScene(root);
      try {
        await scene.broker.start();
        const central = await scene.startCentral();
        const begun = performance.now();
        const kpps = kppsAt(await scene.startKit(), scene.tray.written, { patienceMs: 300_000 });
        const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
        console.log(`${architecture}: start to SIAP ${seconds(begun)} s`);
        for (const page of [1, 2, 3]) {
          const pressed = performance.now();
          expect([page, (await kpps.scan()).notice]).toEqual([page, null]);
          console.log(`${architecture}: page ${page}, press to figures ${seconds(pressed)} s`);
        }
        await kpps.settle();
        await kpps.proofread();
        await kpps.confirm();
        await kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
        const { documents } = Results.parse(await (await fetch(`${central}api/results?mode=resmi`)).json());
        expect(documents.map(({ form }) => form)).toEqual([FORM]);
      } finally {
        await scene.stop();
      }
    });
  },
);

const Report = z.object({
  documents: z.array(
    z.object({ figures: z.array(z.object({ id: z.string(), value: z.number().nullable(), status: z.string() })) }),
  ),
});

const Results = z.object({ documents: z.array(z.object({ form: z.string() })) });

/** What was read, and whether it was sure; probabilities may differ in their last digits. */
function figuresOf(json: string): readonly unknown[] {
  return Report.parse(JSON.parse(json)).documents.flatMap(({ figures }) => figures);
}
