import { resolve } from 'node:path';
import { expect, launch, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { long } from '../support/scenarios';

test.use({ hasScenarios: true });

test('runs are named, tagged, found, deleted and restored', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  for (const engine of ['memory', 'sqlite']) {
    await appWindow.chooseScenario(long, engine);
    await appWindow.runScenario(long);
    await expect(page.getByText(/Running, /)).toBeVisible();
    // A run that is stopped before its first response has nothing for the trend.
    await expect(appWindow.tile('Throughput')).toHaveText(/[1-9]/);
    await appWindow.stop();
    await expect(appWindow.verdict).toBeVisible();
  }
  await appWindow.show('History');
  const rows = page.getByRole('table', { name: 'Runs' }).locator('[data-run]');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('status')).toHaveText('2 runs');

  await rows.first().getByRole('button').click();
  const notes = page.getByRole('region', { name: 'Notes on this run' });
  await notes.getByLabel('Name', { exact: true }).fill('After the index');
  await notes.getByLabel('Notes', { exact: true }).fill('twice as fast');
  await notes.getByLabel('New tag').fill('release');
  await notes.getByLabel('New tag').press('Enter');
  await expect(notes.getByRole('button', { name: 'release ✕' })).toBeVisible();
  // The tick is drawn when the change is saved, and check() would look before that.
  await notes.getByLabel(/^Baseline/).click();
  await expect(notes.getByLabel(/^Baseline/)).toBeChecked();
  await page.getByRole('button', { name: '← All runs' }).click();
  await expect(rows.first()).toContainText('◆ After the index');

  await page.getByLabel('Search runs').fill('TWICE index');
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);
  await appWindow.select(page.getByRole('combobox', { name: 'Target' }), 'memory');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('memory');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);

  await page.getByLabel('Select all loaded runs').check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 runs deleted.')).toBeVisible();
  await expect(rows).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('After the index');

  await page.setViewportSize({ width: 1440, height: 900 });
  // The run that is pressed stands beside the list; both have the same line, and the baseline is across it.
  const preview = page.getByRole('region', { name: 'Preview' });
  await rows.last().locator('td').nth(2).click();
  await expect(preview).toContainText('memory');
  await rows.first().locator('td').nth(2).click();
  await expect(preview).toContainText('After the index');
  await expect(preview).toContainText('twice as fast');
  await expect(preview).toContainText('baseline');
  await expect(rows.first()).toHaveAttribute('data-previewed', 'true');

  // A filter is remembered by its name, also at the next start.
  await appWindow.select(page.getByRole('combobox', { name: 'Target' }), 'sqlite');
  await page.getByRole('button', { name: 'Save filter …' }).click();
  await page.getByLabel('Name of the filter').fill('On sqlite');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);
  await page.reload();
  await appWindow.show('History');
  const saved = page.getByRole('button', { name: 'On sqlite', exact: true });
  await saved.click();
  await expect(rows).toHaveCount(1);
  await expect(saved).toHaveAttribute('aria-pressed', 'true');
  await expect(appWindow.chart('Trend')).toHaveCount(0);
  await page.getByRole('button', { name: 'Delete the filter On sqlite' }).click();
  await expect(saved).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);

  await appWindow.chart('Trend').getByRole('button', { name: 'Table' }).click();
  await expect(appWindow.chart('Trend').getByRole('row')).toHaveCount(3);
});

test('days are typed and chosen as the region writes them, and what is no day is said', async ({ dataFolder }) => {
  const appWindow = await launch(dataFolder, { PROOFLOAD_LOCALE: 'de-CH', TZ: 'Pacific/Kiritimati' });
  const { page } = appWindow;
  // Both began on 24 November 2026 in UTC, and a day later by the clocks of this region.
  const paths = ['level-1-sqlite-json', 'level-2-sqlite'].map((name) =>
    resolve(import.meta.dirname, `../fixtures/screens/${name}.json`),
  );
  await page.evaluate(`window.proofload.importFiles({ paths: ${JSON.stringify(paths)} })`);
  await appWindow.show('History');
  const rows = page.getByRole('table', { name: 'Runs' }).locator('[data-run]');
  await expect(rows).toHaveCount(2);
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];

  await from.fill('26.11.2026');
  await expect(rows).toHaveCount(0);
  await from.fill('25.11.26');
  await expect(rows).toHaveCount(0);
  await from.press('Enter');
  await expect(from).toHaveValue('25.11.2026');
  await expect(rows).toHaveCount(2);

  await to.fill('11/25/2026');
  await to.press('Tab');
  await expect(page.getByRole('alert')).toContainText("'11/25/2026' is not a date. Enter one as ");
  await expect(to).toHaveAttribute('aria-invalid', 'true');
  expect(await violationsIn(page)).toEqual([]);
  await to.fill('24.11.2026');
  await expect(page.getByRole('alert')).toHaveText('The last day is before the first.');

  // By keyboard alone: open the calendar, one day on, and take it.
  await to.press('Alt+ArrowDown');
  await expect(page.getByRole('grid', { name: 'November 2026' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Tuesday, 24 November 2026, .*selected$/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: /^Wednesday, 25 November 2026/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(to).toHaveValue('25.11.2026');
  await expect(to).toBeFocused();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(from).toHaveValue('');
  await appWindow.app.close();
});
