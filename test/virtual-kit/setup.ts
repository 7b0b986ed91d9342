import type { TestProject } from 'vitest/node';
import { type SavedKit, savedKit } from './saved-kit.ts';

declare module 'vitest' {
  interface ProvidedContext {
    savedKit: SavedKit;
  }
}

/** Once for all cases; `TPS_KIT_PACKAGE` names another package than the newest of out/package. */
export async function setup(project: TestProject): Promise<void> {
  const say = (line: string) => console.log(`virtual kit: ${line}`);
  project.provide('savedKit', await savedKit(say, process.env['TPS_KIT_PACKAGE']));
}
