import { defineConfig } from 'vitest/config';

/** Tests of the installed package: as root, minutes long, a target of their own (`make test-package`). */
export default defineConfig({
  test: {
    include: ['test/package/*.installed.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 1_200_000,
  },
});
