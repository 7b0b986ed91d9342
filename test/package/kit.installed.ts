import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Architecture, type CleanRoot, openCleanRoot } from './clean-root.ts';

const PACKAGES = fileURLToPath(new URL('../../out/package', import.meta.url));
const KNOWN_PAGE = fileURLToPath(new URL('../../agent/health/known-page/page.jpg', import.meta.url));
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];
const CHOSEN = process.env['TPS_KIT_ARCH'];

function packageOf(architecture: Architecture): string | null {
  const names = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  const name = names
    .filter((candidate) => candidate.endsWith(`_${architecture}.deb`))
    .sort()
    .at(-1);
  return name ? join(PACKAGES, name) : null;
}

describe.each(ARCHITECTURES.filter((one) => CHOSEN === undefined || CHOSEN === one))(
  'installed on %s',
  (architecture) => {
    const deb = packageOf(architecture);
    if (!deb) throw new Error(`no package for ${architecture} in out/package: run make deb`);
    let root: CleanRoot;
    let beside: readonly string[];
    beforeAll(() => {
      root = openCleanRoot(architecture);
      beside = root.install(deb);
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
  },
);

const Report = z.object({
  documents: z.array(
    z.object({ figures: z.array(z.object({ id: z.string(), value: z.number().nullable(), status: z.string() })) }),
  ),
});

/** What was read, and whether it was sure; probabilities may differ in their last digits. */
function figuresOf(json: string): readonly unknown[] {
  return Report.parse(JSON.parse(json)).documents.flatMap(({ figures }) => figures);
}
