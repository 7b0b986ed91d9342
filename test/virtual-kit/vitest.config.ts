import { defineConfig } from 'vitest/config';

/** Cases in the virtual kit: as root, most of an hour long, a target of their own (`make virtual-kit`). */
export default defineConfig({
  test: {
    include: ['test/virtual-kit/*.virtual.ts'],
    globalSetup: 'test/virtual-kit/setup.ts',
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
