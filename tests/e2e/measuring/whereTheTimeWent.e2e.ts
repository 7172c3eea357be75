import { expect, test } from '../../support/app';
import { brief } from '../../support/scenarios';

test.use({ hasScenarios: true });

test('says where the time went, and shows it by how long requests took', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.chooseScenario(brief, 'sqlite');
  await page.getByText('Options of SQLite, optimised').click();
  await page.getByLabel('commitDelayMs').fill('40');
  await appWindow.runScenario(brief);
  await appWindow.expectPoints('Parts of the mean request');
  await expect(appWindow.verdict).toBeVisible({ timeout: 40_000 });
  const answer = page.getByRole('region', { name: 'Where did the time go?' });
  await expect(answer.locator('[data-cause="server.commit"]')).toContainText('commit (fsync)');
  const waterfall = appWindow.chart('Waterfall');
  await expect(waterfall.locator('[data-band=median]')).toContainText(/median request\d/);
  await expect(waterfall.locator('[data-band=slowest_5] [title^="commit (fsync): "]')).toBeVisible();
  await waterfall.getByRole('button', { name: 'Table' }).click();
  await expect(waterfall.getByRole('row', { name: /^commit \(fsync\)/ })).toBeVisible();
  await answer.getByRole('combobox').selectOption('read');
  await expect(waterfall).toContainText('Parts of a request, read');
});
