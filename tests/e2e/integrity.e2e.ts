import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/app';
import { MongoDouble } from '../support/mongoDouble/process';
import { brief } from '../support/scenarios';

test.use({ hasScenarios: true });

test('puts an engine to the test, shows the evidence of each check, and keeps it', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  await appWindow.show('Integrity');
  await expect(page.getByText('not tested yet')).toHaveCount(6);
  await page.getByRole('button', { name: /^Hybrid/ }).click();
  await page.getByRole('button', { name: 'Test Hybrid' }).click();
  await expect(page.getByRole('status')).toContainText(/\d+ checks done/);
  await expect(page.getByRole('button', { name: /^Hybrid/ })).toContainText('✓ conforms', { timeout: 240_000 });
  const kill = page.locator('[data-check=kill]');
  await expect(kill).toContainText('passed');
  await expect(kill).toContainText(/20 times the process that holds the engine was ended by SIGKILL/);
  await expect(page.locator('[data-status=failed]')).toHaveCount(0);
  await appWindow.show('Run');
  await appWindow.show('Integrity');
  const row = page.getByRole('table', { name: 'Engines by checks' }).getByRole('row', { name: /^Hybrid/ });
  await expect(row).toContainText('survives a power failure');
  await expect(row).toContainText('no anomaly');
  // A cell leads to the evidence of its checks.
  await row.getByRole('button', { name: /^durability of Hybrid: [1-9]\d* passed, 0 failed/ }).click();
  await expect(page.locator('[data-check=kill]')).toBeVisible();
  await expect(page.locator('[data-check][data-group=documents]')).toHaveCount(0);
  await page.getByRole('button', { name: 'All checks' }).click();
  await expect(page.locator('[data-check][data-group=documents]').first()).toBeVisible();
});

test('a suite can be stopped, and nothing of it is kept', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  await sharedWindow.show('Integrity');
  await page.getByRole('button', { name: 'Test SQLite, optimised' }).click();
  await expect(page.getByRole('status')).toContainText(/\d+ checks done/);
  await page.getByRole('button', { name: 'Stop the suite' }).click();
  await expect(page.getByRole('alert')).toContainText('The suite was stopped');
  await expect(page.getByText('not tested yet')).toHaveCount(6);
});

test('tests the URL of a database when it is entered, and keeps it without showing its password', async ({
  appWindow,
}) => {
  const { page } = appWindow;
  const folder = mkdtempSync(join(tmpdir(), 'proofload-mongo-'));
  const double = await MongoDouble.start(folder);
  await appWindow.show('Settings');
  const mongo = page.getByRole('region', { name: 'MongoDB' });
  const url = mongo.getByRole('textbox', { name: 'URL of MongoDB' });
  await url.fill('mongodb://127.0.0.1:1/');
  await mongo.getByRole('button', { name: 'Test and use' }).click();
  await expect(mongo.getByRole('alert')).toContainText('The server cannot be used');
  await expect(url).toHaveValue('mongodb://127.0.0.1:1/');
  await appWindow.answerQuestions(0);
  await url.fill('mongodb://0.0.0.0/');
  await mongo.getByRole('button', { name: 'Test and use' }).click();
  await expect(mongo.getByRole('alert')).toContainText('0.0.0.0 is not this machine');
  await url.fill(double.url);
  await mongo.getByRole('button', { name: 'Test and use' }).click();
  await expect(mongo).toContainText('MongoDB wire-protocol test double');
  await mongo.getByRole('button', { name: 'Remove' }).click();
  await expect(mongo).toContainText('No server configured');
  await expect(page.getByRole('region', { name: 'Docker' })).toContainText(
    /docker compose -f ".*compose\.yaml" up -d --wait/,
  );
  await double.kill();
  rmSync(folder, { recursive: true });
});

test('starts and stops the embedded PostgreSQL', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.show('Settings');
  const postgres = page.getByRole('region', { name: 'PostgreSQL' });
  await expect(postgres).toContainText('The embedded server is stopped');
  await postgres.getByRole('button', { name: 'Start' }).click();
  await expect(postgres).toContainText('The embedded server is running');
  await postgres.getByRole('button', { name: 'Stop' }).click();
  await expect(postgres).toContainText('The embedded server is stopped');
});

test('runs with settings of the engine, and says which are wrong', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.chooseScenario(brief, 'sqlite');
  await page.getByText('Settings of SQLite, optimised').click();
  await page.getByLabel('groupCommitMaxWrites').fill('0');
  await appWindow.runScenario(brief);
  await expect(page.getByRole('alert')).toContainText('groupCommitMaxWrites');
  await page.getByLabel('groupCommitMaxWrites').fill('16');
  await appWindow.select(page.getByLabel('synchronous'), 'normal');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toContainText('Passed');
});
