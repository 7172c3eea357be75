import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { type AppWindow, expect, launch, test } from '../support/app';

const runs = resolve(import.meta.dirname, '../fixtures/screens');

/** What differs from machine to machine, or from day to day. */
const varying = ['.navigation-foot', '.command', '[data-varies]'];

/** Every screen as a user meets it, on the same saved runs. */
const screens: readonly (readonly [name: string, show: (appWindow: AppWindow) => Promise<void>])[] = [
  ['run-empty', (appWindow) => appWindow.show('Run')],
  [
    'scenarios',
    async (appWindow) => {
      await appWindow.show('Scenarios');
      await appWindow.page.getByRole('button', { name: /Spike/ }).click();
    },
  ],
  ['options-empty', (appWindow) => appWindow.show('Options')],
  ['history', (appWindow) => appWindow.show('History')],
  [
    'saved-run',
    async (appWindow) => {
      await appWindow.show('History');
      await appWindow.page.locator('[data-run]').filter({ hasText: 'sqlite-json' }).getByRole('button').first().click();
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
      await appWindow.page.getByLabel('Select all that are loaded').check();
      await appWindow.page.getByRole('button', { name: 'Compare', exact: true }).last().click();
      await expect(appWindow.page.getByRole('table', { name: 'Compared runs' })).toBeVisible();
    },
  ],
  ['integrity', (appWindow) => appWindow.show('Integrity')],
  ['settings', (appWindow) => appWindow.show('Settings')],
  [
    'palette',
    async ({ page }) => {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    },
  ],
];

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The pointer rests in the middle of the screen and would hover what is there.
    await page.mouse.move(1, 1);
    await expect.soft(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
      mask: varying.map((selector) => page.locator(selector)),
      maskColor: '#808080',
      animations: 'disabled',
      caret: 'hide',
      maxDiffPixelRatio: 0.002,
    });
  }
}

test('every screen looks as it did, in dark and in light', async ({ dataFolder }) => {
  test.setTimeout(180_000);
  const appWindow = await launch(dataFolder, { TZ: 'UTC' });
  const { page, app } = appWindow;
  await page.setViewportSize({ width: 1280, height: 800 });
  const paths = readdirSync(runs).map((file) => resolve(runs, file));
  await page.evaluate(`window.proofload.importFiles({ paths: ${JSON.stringify(paths)} })`);
  await page.reload();
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  for (const [name, show] of screens) {
    await show(appWindow);
    await look(page, name);
  }
  await app.close();
});
