import { defineConfig } from '@playwright/test';

const measuring = '**/measuring/**';
// Pictures are of Linux' way of drawing fonts.
const pictures = process.platform === 'linux' ? [] : ['**/screens.e2e.ts'];
// Windows has neither signals that a program can handle, nor scripts whose first line names their interpreter.
const ofPosix = process.platform === 'win32' ? ['**/{drivers,signals}.e2e.ts'] : [];

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './tests/support/windowSetup.mjs',
  projects: [
    { name: 'windows', testIgnore: [...pictures, ...ofPosix, measuring], outputDir: 'test-results/e2e' },
    // What is right of these is a time or a rate: one at a time, after the others, or they would measure each other.
    {
      name: 'measuring',
      testMatch: `${measuring}/*.e2e.ts`,
      dependencies: ['windows'],
      workers: 1,
      outputDir: 'test-results/e2e-measuring',
    },
  ],
  snapshotPathTemplate: '{testDir}/{testFilePath}-snapshots/{arg}-{platform}{ext}',
  // Each with a display of its own; elsewhere windows share the clipboard and the front of the desktop. Most of the time
  // of a test is waiting.
  workers: process.platform === 'linux' ? 3 : 1,
  fullyParallel: true,
  // These end only what hangs: a test takes no longer for them. On a machine that is four times slower than the slowest
  // known, with all else beside them, every test must still come to its end.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
