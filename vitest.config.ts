import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Child processes and browsers must not inherit what a developer's shell or a CI has set.
    env: { CI: '' },
    allowOnly: false,
    passWithNoTests: false,
  },
});
