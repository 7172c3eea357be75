import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { weakWords } from '../support/contrast';

test.use({ hasScenarios: true });

test('axe finds nothing on any screen, and all that can be pressed can be read in every state, in dark and in light', async ({
  dataFolder,
  appWindow,
}) => {
  test.slow();
  cpSync(resolve(import.meta.dirname, '../fixtures/experiments'), join(dataFolder, 'experiments'), { recursive: true });
  const { page } = appWindow;
  await page.evaluate(
    `window.proofload.importFiles({ paths: ${JSON.stringify(['k6-summary-export.json', 'jmeter-5.6.jtl'].map((name) => resolve(import.meta.dirname, '../fixtures/imports', name)))} })`,
  );
  await page.evaluate(
    `window.proofload.startRun({ scenario: 'brief', target: { kind: 'engine', engine: 'sqlite' }, duration: '2s' })`,
  );
  await expect(appWindow.verdict).toBeVisible();

  const look = async (name: string): Promise<void> => {
    for (const [colorScheme, rules] of [
      ['dark', 'all'],
      ['light', 'colours'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await violationsIn(page, rules);
      expect.soft({ name, colorScheme, violations }).toEqual({ name, colorScheme, violations: [] });
      expect.soft({ name, colorScheme, weak: await weakWords(page) }).toEqual({ name, colorScheme, weak: [] });
    }
  };
  await look('Run');
  // Each with the last thing that it loads: what is still to come would be looked at by nobody.
  for (const [screen, last] of [
    ['Overview', page.getByRole('table', { name: 'Recent runs' })],
    ['Scenarios', page.getByRole('button', { name: /Spike/ })],
    ['Options', page.getByRole('table', { name: 'Options' })],
    ['History', page.locator('[data-run]').nth(2)],
    ['Compare', page.getByRole('heading', { level: 1 })],
    ['Integrity', page.getByText('Run the suite to see its evidence')],
    ['Settings', page.getByText('PostgreSQL and MongoDB with Docker')],
  ] as const) {
    await appWindow.show(screen);
    await expect(last).toBeVisible();
    await look(screen);
  }
  await appWindow.show('History');
  await page.getByLabel('Select all loaded runs').check();
  await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
  await expect(page.getByRole('table', { name: 'Compared with the baseline' })).toBeVisible();
  await look('Comparison');
  await appWindow.show('History');
  await page.getByRole('row').filter({ hasText: 'sqlite' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'Saved run' })).toBeVisible();
  await look('Saved run');
  await page.getByRole('button', { name: 'Replay' }).click();
  const replay = page.getByRole('region', { name: 'Replay' });
  await replay.getByLabel('Position').fill('1000');
  await expect(replay.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await look('Live');
  await page.getByRole('button', { name: 'Close replay' }).click();
  await page.evaluate('window.proofload.keepSampleRun()');
  await page.getByRole('button', { name: '← All runs' }).click();
  await page.locator('[data-run]').filter({ hasText: 'Sample' }).getByRole('button').first().click();
  await expect(appWindow.chart('Flame graph').getByRole('img', { name: /Flame graph/ })).toBeVisible();
  await look('Sample run');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await look('Palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await look('Keys');
});
