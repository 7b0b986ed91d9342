import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { classesOf } from '#agent/read/words-alphabet.ts';
import type { Split } from '#synthesis/hand/mnist.ts';
import { randomOf } from '#synthesis/random.ts';
import { drawWordsExample, spellingOf } from './words-input.ts';

/**
 * Appends to what words.py learns from: `<set>.x` (strips, row by row, 255 ink, one after the
 * other) and `<set>.txt` (a line a strip: its width, then the classes it spells, none where all ink is print). Rooms are rendered
 * by the synthesis and cut by the reader itself, so that training sees what reading will see.
 *
 * make-lines.ts train --count N --seed S   by the fonts that may be trained on, and letters of our own
 * make-lines.ts check --count N --seed S   by the other fonts
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'out/lines' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

const [set] = positionals;
if (set === 'train') append(set, 'train');
else if (set === 'check') append(set, 'test');
else {
  console.error('usage: make-lines.ts train|check [--count N] [--seed S] [--out DIR]');
  process.exit(2);
}

function append(name: string, split: Split): void {
  mkdirSync(options.out, { recursive: true });
  const random = randomOf(`lines/${split}/${options.seed}`);
  const strips = openSync(join(options.out, `${name}.x`), 'a');
  const spellings = openSync(join(options.out, `${name}.txt`), 'a');
  const started = performance.now();
  let count = 0;
  while (count < Number(options.count)) {
    const { strip, written } = drawWordsExample(split, null, random);
    if (!strip) continue;
    writeSync(
      strips,
      Uint8Array.from(strip.dark, (value) => Math.round(255 * value)),
    );
    writeSync(spellings, `${[strip.width, ...classesOf(spellingOf(written))].join(' ')}\n`);
    count++;
  }
  closeSync(strips);
  closeSync(spellings);
  console.log(`${name}: ${count} lines in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
