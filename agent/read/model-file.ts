import { fileURLToPath } from 'node:url';

/** The digit model shipped with this agent. */
export const MODEL_FILE = fileURLToPath(new URL('../../models/digits.onnx', import.meta.url));
