import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHIPPED = readFileSync(join(ROOT, 'packaging/resources'), 'utf8').trim().split('\n');

/** What the program finds beside its sources; children that it forks are in the executable itself. */
function soughtFiles(): readonly string[] {
  const sources = execFileSync('git', ['ls-files', 'agent', 'drivers', 'contract'], { cwd: ROOT, encoding: 'utf8' });
  return sources
    .split('\n')
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))
    .flatMap((path) =>
      [...readFileSync(join(ROOT, path), 'utf8').matchAll(/new URL\('([^']+)', import\.meta\.url\)/g)].map(
        ([, sought]) => normalize(join(dirname(path), sought ?? '')),
      ),
    )
    .filter((path) => !path.endsWith('-child.ts'));
}

describe('the package', () => {
  it('ships every file that the program looks for', () => {
    const sought = soughtFiles();
    const missing = sought.filter(
      (path) => !SHIPPED.some((shipped) => path === shipped || path.startsWith(`${shipped}/`)),
    );
    expect(sought).toContain('models/digits.onnx');
    expect(missing).toEqual([]);
  });

  it('ships nothing that is not there', () => {
    for (const path of SHIPPED) expect(statSync(join(ROOT, path)).size, path).toBeGreaterThan(0);
  });
});
