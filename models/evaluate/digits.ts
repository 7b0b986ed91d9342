import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { idxInput, readIdxLabels, readIdxPictures } from '#models/train/idx.ts';

/** Reads a set of single digits in idx files (MNIST, USPS; plain or gzip) with the shipped model. */
const { values: options } = parseArgs({
  options: {
    images: { type: 'string' },
    labels: { type: 'string' },
    json: { type: 'boolean', default: false },
    model: { type: 'string', default: MODEL_FILE },
  },
});
if (!options.images || !options.labels) {
  console.error('usage: evaluate:digits -- --images FILE --labels FILE [--json] [--model FILE]');
  process.exit(2);
}

const { width, height, pictures } = readIdxPictures(options.images);
const labels = readIdxLabels(options.labels);
const model = await loadDigitModel(options.model);
const readings = await model.read(pictures.map((picture) => idxInput(picture, width, height)));
const right = readings.filter((reading, i) => reading.indexOf(Math.max(...reading)) === labels[i]).length;
const percent = (100 * right) / pictures.length;
if (options.json) console.log(JSON.stringify({ model: model.sha256, digits: pictures.length, right, percent }));
else console.log(`${right} of ${pictures.length} digits right: ${percent.toFixed(2)} %`);
await model.close();
