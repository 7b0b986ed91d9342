import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { BOX_CLASSES, type BoxReading } from '#agent/tally/evidence.ts';
import { CERTAIN_BOX } from '#agent/tally/thresholds.ts';
import { INPUT_LENGTH, PLANES } from './clean-box.ts';
import { SIDE } from './normalise.ts';
import { openOnnx } from './onnx-file.ts';
import { displaced, LOOKS, together } from './second-look.ts';

/** Reads cleaned boxes. The same boxes give the same probabilities, alone or in company. */
export interface DigitModel {
  /** One reading for each input of INPUT_LENGTH numbers (see CleanBox.input). */
  read(inputs: readonly Float32Array[]): Promise<readonly BoxReading[]>;
  /** sha256 of the model file. */
  readonly sha256: string;
  close(): Promise<void>;
}

/** Boxes given to the model at once: a page's worth; more only costs memory. */
const BATCH = 64;

export async function loadDigitModel(file: string): Promise<DigitModel> {
  const { session, sha256 } = await openOnnx(file);
  return {
    sha256,
    async read(inputs) {
      return lookAgain(session, inputs, await readOnce(session, inputs));
    },
    close: () => session.release(),
  };
}

/** A box that is not certain at once is looked at again, a little displaced; of one that is, little would change. */
async function lookAgain(
  session: InferenceSession,
  inputs: readonly Float32Array[],
  readings: readonly BoxReading[],
): Promise<readonly BoxReading[]> {
  const doubtful = [...inputs.keys()].filter((i) => Math.max(...(readings[i] ?? [])) < CERTAIN_BOX);
  const looks = doubtful.flatMap((i) => displaced(inputs[i] ?? new Float32Array()));
  const further = await readOnce(session, looks);
  return readings.map((reading, i) => {
    const n = doubtful.indexOf(i);
    return n < 0 ? reading : together([reading, ...further.slice(n * LOOKS, (n + 1) * LOOKS)]);
  });
}

async function readOnce(session: InferenceSession, inputs: readonly Float32Array[]): Promise<readonly BoxReading[]> {
  const readings: BoxReading[] = [];
  for (let from = 0; from < inputs.length; from += BATCH) {
    readings.push(...(await readBatch(session, inputs.slice(from, from + BATCH))));
  }
  return readings;
}

async function readBatch(session: InferenceSession, inputs: readonly Float32Array[]): Promise<readonly BoxReading[]> {
  const data = new Float32Array(inputs.length * INPUT_LENGTH);
  inputs.forEach((input, i) => {
    data.set(input, i * INPUT_LENGTH);
  });
  const boxes = new Tensor('float32', data, [inputs.length, PLANES, SIDE, SIDE]);
  const { probabilities } = await session.run({ boxes });
  if (!(probabilities?.data instanceof Float32Array)) throw new Error('the model gives no probabilities');
  const all = probabilities.data;
  const classes = BOX_CLASSES.length;
  return inputs.map((_, i) => Array.from(all.subarray(i * classes, (i + 1) * classes)));
}
