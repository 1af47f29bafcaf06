import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Tests that run side by side each start a browser; two cores carry no more.
    maxConcurrency: 3,
    // Child processes and browsers must not inherit what a developer's shell or a CI has set.
    env: { CI: '' },
    allowOnly: false,
    passWithNoTests: false,
  },
});
