import { fileURLToPath } from 'node:url';

/** The digit model shipped with this agent. */
export const MODEL_FILE = fileURLToPath(new URL('../../models/digits.onnx', import.meta.url));

/** The words model shipped with this agent. */
export const WORDS_MODEL_FILE = fileURLToPath(new URL('../../models/words.onnx', import.meta.url));
