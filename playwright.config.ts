import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  // Pictures are of Linux' way of drawing fonts, and the folder of the package is built for it.
  testIgnore: process.platform === 'linux' ? [] : ['**/screens.e2e.ts', '**/package.e2e.ts'],
  globalSetup: './tests/support/windowSetup.mjs',
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
