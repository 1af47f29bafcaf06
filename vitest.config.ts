import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // How long a hang is put up with. A test that needs minutes on a busy machine has not failed.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A wait on a state ends with the state; a busy machine may take longer than the second that is the default.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    // Tests that run side by side each start a browser; two cores carry no more.
    maxConcurrency: 3,
    // Child processes and browsers must not inherit what a developer's shell or a CI has set.
    env: { CI: '' },
    allowOnly: false,
    passWithNoTests: false,
  },
});
