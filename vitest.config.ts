import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{electron,renderer,shared}/**/*.test.ts', 'tests/unit/**/*.test.{ts,mjs}'],
          // Time is never what a test asserts; a check of the slowest engine takes seconds on a slow machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/integrationSetup.mjs',
          // Each file runs real processes with real load: one at a time, or they would measure each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
