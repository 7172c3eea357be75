import { expect, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { startShop } from '../support/shop';

/** A recording of a token that the second request sends back. */
const recording = {
  log: {
    creator: { name: 'Test' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 20,
        request: { method: 'GET', url: 'http://127.0.0.1:1/token', headers: [] },
        response: {
          status: 200,
          headers: [],
          content: { mimeType: 'application/json', text: '{"access_token":"t-4711-xyz"}' },
        },
      },
      {
        startedDateTime: '2026-01-01T00:00:02.000Z',
        time: 20,
        request: {
          method: 'GET',
          url: 'http://127.0.0.1:1/account',
          headers: [{ name: 'Authorization', value: 'Bearer t-4711-xyz' }],
        },
        response: { status: 200, headers: [], content: { mimeType: 'application/json', text: '{}' } },
      },
    ],
  },
};

test('a recording becomes a journey with variables, or single requests where they are wanted', async ({
  appWindow,
}) => {
  const { page } = appWindow;
  const open = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Import requests …' }).click();
    await page.getByLabel('curl command, HAR or OpenAPI').fill(JSON.stringify(recording));
  };
  await appWindow.show('Scenarios');
  await open();
  await page.getByRole('button', { name: 'Import text' }).click();
  const found = page.getByRole('region', { name: 'Correlations' });
  const row = found.getByRole('row', { name: /access_token/ });
  await expect(row).toHaveText('access_token$.access_token of GET /tokenheader Authorization of GET /accountapplied');
  await expect(page.getByRole('img', { name: /^Load: up to 10/ })).toBeVisible();
  // Nothing of the recorded session is left that would have to be named.
  await expect(page.getByRole('dialog', { name: 'Secrets in the requests' })).toHaveCount(0);

  await open();
  await page.getByLabel('Import as single requests by weight, not as a journey').check();
  await page.getByRole('button', { name: 'Import text' }).click();
  const secrets = page.getByRole('dialog', { name: 'Secrets in the requests' });
  await secrets.getByRole('button', { name: 'Leave as they are' }).click();
  await expect(page.getByRole('textbox', { name: 'url of request 2' })).toHaveValue('http://127.0.0.1:1/account');
});

test('correlations are applied with one click after the import, and taken back with one', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: 'Import requests …' }).click();
  await page.getByLabel('curl command, HAR or OpenAPI').fill(JSON.stringify(recording));
  await page.getByLabel('Turn values of responses').uncheck();
  await page.getByRole('button', { name: 'Import text' }).click();
  await page
    .getByRole('dialog', { name: 'Secrets in the requests' })
    .getByRole('button', { name: 'Leave as they are' })
    .click();
  const found = page.getByRole('region', { name: 'Correlations' });
  const steps = page.getByRole('list', { name: /^Steps of / });
  await expect(found).toContainText('$.access_token of GET /token');
  await expect(found).toContainText('header Authorization of GET /account');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect({ colorScheme, violations: await violationsIn(page) }).toEqual({ colorScheme, violations: [] });
  }
  await expect(steps.getByText('1 variable')).toHaveCount(0);

  await found.getByRole('button', { name: 'Apply access_token' }).click();
  await expect(found).toContainText('applied');
  await expect(steps).toContainText('1 variable');
  await page.getByText('JSON', { exact: true }).click();
  await expect(page.getByLabel('Scenario as JSON')).toHaveValue(/Bearer {{access_token}}/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(found.getByRole('button', { name: 'Apply access_token' })).toBeVisible();
  await expect(page.getByLabel('Scenario as JSON')).toHaveValue(/Bearer t-4711-xyz/);

  // They stay with the scenario when it is saved, and are gone when they are closed.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await expect(found).toBeVisible();
  await found.getByRole('button', { name: 'Close the correlations' }).click();
  await expect(found).toHaveCount(0);
});

test('a single request is tried, and what came back is shown', async ({ appWindow }) => {
  const { page } = appWindow;
  const shop = await startShop();
  try {
    await appWindow.show('Scenarios');
    await page.getByRole('button', { name: 'New scenario' }).first().click();
    await page.getByRole('radio', { name: 'to a service of your own', exact: true }).check();
    await page.getByRole('textbox', { name: 'url of request 1' }).fill(`${shop.url}login`);
    await page.getByRole('button', { name: 'Add a request' }).click();
    // Without a session the shop sends on to its login, which no single request takes for right.
    await page.getByRole('textbox', { name: 'url of request 2' }).fill(`${shop.url}products`);

    await page.getByRole('button', { name: 'Try request 1' }).click();
    const first = page.getByRole('region', { name: 'Try of request 1' });
    await expect(first.getByRole('status')).toContainText('1 of 1 steps passed.');
    await expect(first).toContainText('name="csrf"');
    await expect(first.getByRole('button', { name: /^(Check|Extract) / })).toHaveCount(0);
    await page.getByRole('button', { name: 'Try request 2' }).click();
    const second = page.getByRole('region', { name: 'Try of request 2' });
    await expect(second.getByRole('status')).toContainText('0 of 1 steps passed.');
    await expect(second.getByRole('status')).toContainText('redirected');
    await expect(first).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Dry run' })).toHaveCount(0);
    expect(shop.counts.logins).toBe(0);
  } finally {
    await shop.close();
  }
});
