import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a small night of kits, with losses and two restarts of the broker, ends with every record accounted for', async () => {
  const out = mkdtempSync(join(tmpdir(), 'tps-kit-load-report-'));
  const program = fileURLToPath(new URL('./load/main.ts', import.meta.url));
  const options = ['--kits', '8', '--minutes', '0.3', '--picture-bytes', '20000', '--out', out, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...options]);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ kits: 8, receivers: 2, refused: [] },
    expected: { records: 32, pictures: 80 },
    held: { records: 32, digests: 32, inLog: 32, pictures: 80 },
  });
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Every record accounted for.');
  rmSync(out, { recursive: true });
}, 240_000);
