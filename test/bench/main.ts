import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedData } from '#test/shared-data.ts';

/** `make bench`: every figure the project promises, one benchmark after another so that none disturbs the next. About half an hour. */
const labels = sharedData('field/labels.csv');

const BENCHMARKS: readonly (readonly [what: string, script: string, ...parameters: string[]])[] = [
  ['one page, press to figures', 'test/bench/page.bench.ts'],
  ['memory of the kit', 'test/bench/memory.bench.ts'],
  ...(labels ? ([['real boxes and scans', 'models/evaluate/field.ts', '--data', dirname(labels)]] as const) : []),
  ['store, outbox, broker, receipt', 'test/bench/store.bench.ts'],
  ['the decoder on simulated readers', 'test/bench/tally.bench.ts', '1000'],
  ['what each source adds', 'test/bench/sources.bench.ts'],
  ['synthesis', 'test/bench/synthesis.bench.ts'],
  ['official form, filled and photographed', 'test/bench/forms.bench.ts'],
];

for (const [what, script, ...parameters] of BENCHMARKS) {
  console.log(`\n=== ${what}: node ${[script, ...parameters].join(' ')}`);
  const { status } = spawnSync(process.execPath, [script, ...parameters], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
