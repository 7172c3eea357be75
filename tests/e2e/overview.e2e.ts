import { expect, test } from '../support/app';
import { brief, long } from '../support/scenarios';

test.use({ hasScenarios: true });

test('the board has engines with their promise, and the user’s scenarios with the last run on each target', async ({
  appWindow,
}) => {
  test.slow();
  const { page } = appWindow;
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  await appWindow.show('Overview');
  const board = page.getByRole('table', { name: 'Engines by levels' });
  const engine = board.getByRole('row', { name: /^SQLite, optimised/ });
  await expect(engine).toContainText('default');
  await expect(engine).toContainText('power-safe');
  await expect(engine).toContainText('not tested yet');
  await expect(engine.getByRole('button', { name: /requires level 1: P95 < 100 ms/ })).toHaveAttribute(
    'title',
    /Requires level 1/,
  );
  const scenario = board.getByRole('row', { name: new RegExp(`^${brief.name}`) });
  await expect(scenario.getByRole('button')).toHaveText([/memory.*just now|memory.*minute/]);
  await scenario.getByRole('button').click();
  await expect(page.getByRole('region', { name: 'Saved run' })).toBeVisible();
  // What was not run is chosen by its cell, and not started.
  await appWindow.show('Overview');
  await board
    .getByRole('row', { name: new RegExp(`^${long.name}`) })
    .getByRole('button', { name: /not run yet/ })
    .click();
  await expect(page.getByRole('button', { name: `Run ${long.name}` })).toBeEnabled();
});

test('a run in progress is on the Overview with its live P95, and can be stopped there', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  await appWindow.chooseScenario(long, 'memory');
  await appWindow.runScenario(long);
  await expect(page.getByText(/Running, /)).toBeVisible();
  await appWindow.show('Overview');
  const running = page.getByRole('region', { name: 'Run in progress' });
  await expect(running).toContainText(`${long.name} on memory`);
  await expect(running.getByTestId('live-p95')).toHaveText(/^P95 [\d.]+ ms$/);
  await expect(page.getByRole('region', { name: 'Next step' })).toHaveCount(0);
  await running.getByRole('button', { name: 'Stop' }).click();
  await expect(running).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Recent runs' })).toContainText(long.name);
});
