import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Architecture } from './clean-root.ts';

const PACKAGES = fileURLToPath(new URL('../../out/package', import.meta.url));

/** The kit's package for an architecture, as `make deb` leaves it. */
export function packageOf(architecture: Architecture): string {
  const names = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  const name = names
    .filter((candidate) => candidate.endsWith(`_${architecture}.deb`))
    .sort()
    .at(-1);
  if (!name) throw new Error(`no package for ${architecture} in out/package: run make deb`);
  return join(PACKAGES, name);
}
