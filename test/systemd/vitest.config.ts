import { defineConfig } from 'vitest/config';

/** The units under a real systemd: as root, minutes long, a target of their own (`make test-systemd`). */
export default defineConfig({
  test: {
    include: ['test/systemd/*.booted.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
