import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession } from 'onnxruntime-node';

/** A model file, loaded. */
export interface OnnxFile {
  readonly session: InferenceSession;
  /** sha256 of the file, hexadecimal. */
  readonly sha256: string;
}

/**
 * Loads a model that models/train exports. One thread: more are slower on two cores, and the page needs
 * them too. Rejects, naming the file, where it is no such model.
 */
export async function openOnnx(file: string): Promise<OnnxFile> {
  return load(file).catch((error: Error) => {
    throw new Error(`the model ${file} cannot be used: ${error.message}`);
  });
}

async function load(file: string): Promise<OnnxFile> {
  const bytes = await readFile(file);
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  return { session, sha256: createHash('sha256').update(bytes).digest('hex') };
}
