import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type AppWindow, expect, launch, test } from '../support/app';
import { expectPicture } from '../support/pictures';
import { severalScenarios } from '../support/severalScenarios';

// biome-ignore lint/suspicious/noSkippedTests: another Chromium draws other pictures
test.skip(process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined, 'the pictures are those of the substitute Electron');

const runs = resolve(import.meta.dirname, '../fixtures/screens');
const experiments = resolve(import.meta.dirname, '../fixtures/experiments');

/** Two days after the runs of the pictures. */
const today = new Date('2026-11-26T12:00:00Z');

/** What differs from machine to machine, or from day to day. */
const varying = ['[data-varies]'];

/** Shows a screen and waits for the last thing that it loads: an empty picture would hold it to nothing. */
async function showUntil(appWindow: AppWindow, screen: Parameters<AppWindow['show']>[0], last: Locator): Promise<void> {
  await appWindow.show(screen);
  await expect(last).toBeVisible();
}

/** Every screen as a user meets it, on the same saved runs. */
const screens: readonly (readonly [name: string, show: (appWindow: AppWindow, dataFolder: string) => Promise<void>])[] =
  [
    [
      'overview',
      (appWindow) => showUntil(appWindow, 'Overview', appWindow.page.getByRole('region', { name: 'Next step' })),
    ],
    ['run-empty', (appWindow) => showUntil(appWindow, 'Run', appWindow.page.getByText('Open the sample run'))],
    [
      'scenarios',
      async (appWindow) => {
        await appWindow.show('Scenarios');
        await appWindow.page.getByRole('button', { name: /Spike/ }).click();
        await expect(appWindow.page.getByRole('button', { name: 'Duplicate', exact: true })).toBeVisible();
      },
    ],
    ['options-empty', (appWindow) => showUntil(appWindow, 'Options', appWindow.page.getByRole('table'))],
    [
      'options',
      async (appWindow, dataFolder) => {
        cpSync(experiments, join(dataFolder, 'experiments'), { recursive: true });
        await appWindow.show('History');
        await appWindow.show('Options');
        await expect(appWindow.page.getByRole('table', { name: 'Options' })).toBeVisible();
      },
    ],
    [
      'options-where-the-time-goes',
      ({ page }) =>
        page.locator('[data-chart="Waterfall"]').evaluate((element) => element.scrollIntoView({ block: 'start' })),
    ],
    ['history', (appWindow) => showUntil(appWindow, 'History', appWindow.page.locator('[data-run]').nth(1))],
    [
      'saved-run',
      async (appWindow) => {
        await appWindow.show('History');
        await appWindow.page
          .locator('[data-run]')
          .filter({ hasText: 'sqlite-json' })
          .getByRole('button')
          .first()
          .click();
        await expect(appWindow.chart('Heatmap').or(appWindow.chart('Waterfall')).first()).toBeVisible();
      },
    ],
    [
      'saved-run-charts',
      async ({ page }) => {
        await page
          .locator('[data-chart="Response time"]')
          .evaluate((element) => element.scrollIntoView({ block: 'start' }));
      },
    ],
    [
      'comparison',
      async (appWindow) => {
        await appWindow.page.getByRole('button', { name: '← All runs' }).click();
        await appWindow.page.getByLabel('Select all loaded runs').check();
        await appWindow.page.getByRole('button', { name: 'Compare', exact: true }).last().click();
        await expect(appWindow.page.getByRole('table', { name: 'Compared with the baseline' })).toBeVisible();
      },
    ],
    [
      'integrity',
      (appWindow) => showUntil(appWindow, 'Integrity', appWindow.page.getByText('Run the suite to see its evidence')),
    ],
    [
      'several-scenarios',
      async (appWindow, dataFolder) => {
        const folder = join(dataFolder, 'scenarios');
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'several.json'), JSON.stringify(severalScenarios()));
        await appWindow.show('Scenarios');
        await appWindow.page.getByRole('button', { name: /Several/ }).click();
        await expect(appWindow.page.getByRole('list', { name: 'Scenarios over time' })).toBeVisible();
      },
    ],
    [
      'settings',
      (appWindow) => showUntil(appWindow, 'Settings', appWindow.page.getByText('PostgreSQL and MongoDB with Docker')),
    ],
    [
      'palette',
      async ({ page }) => {
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
      },
    ],
    [
      'keys',
      async ({ page }) => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      },
    ],
    [
      'sample-run',
      async (appWindow) => {
        const { page } = appWindow;
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await page.getByPlaceholder('Find a command').fill('sample');
        await page.keyboard.press('Enter');
        await expect(appWindow.chart('Flame graph').getByRole('img', { name: /Flame graph/ })).toBeVisible();
      },
    ],
    [
      'flame-graph',
      (appWindow) => appWindow.chart('Flame graph').evaluate((element) => element.scrollIntoView({ block: 'end' })),
    ],
    [
      'live',
      async (appWindow) => {
        const { page } = appWindow;
        await page.getByRole('button', { name: 'Replay' }).click();
        const replay = page.getByRole('region', { name: 'Replay' });
        await replay.getByLabel('Position').fill('15000');
        await expect(page.getByText(/Running, 0:15 left/)).toBeVisible();
        await appWindow.expectPoints('Response time');
        await replay.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      },
    ],
  ];

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The pointer rests in the middle of the screen and would hover what is there.
    await page.mouse.move(1, 1);
    const mask = varying.map((selector) => page.locator(selector));
    await expectPicture(page, `${name}-${colorScheme}.png`, mask);
  }
}

test('every screen looks as it did, in dark and in light', async ({ dataFolder }) => {
  // Each of the pictures may take all of its time.
  test.setTimeout(900_000);
  // With a path, the tools of this machine would be offered as generators.
  const appWindow = await launch(dataFolder, { TZ: 'UTC', PATH: '' });
  const { page, app } = appWindow;
  await page.setViewportSize({ width: 1280, height: 800 });
  // Ages are told by the clock of the page: it stands.
  await page.clock.setFixedTime(today);
  const paths = readdirSync(runs).map((file) => resolve(runs, file));
  await page.evaluate(`window.proofload.importFiles({ paths: ${JSON.stringify(paths)} })`);
  await page.reload();
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  for (const [name, show] of screens) {
    await show(appWindow, dataFolder);
    await look(page, name);
  }
  await app.close();
});
