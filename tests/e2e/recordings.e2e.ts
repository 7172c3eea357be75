import { expect, test } from '../support/app';

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
  await expect(
    page.getByText(
      'Variable access_token: $.access_token of GET /token comes back in GET /account (header Authorization)',
    ),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^Load: up to 10/ })).toBeVisible();
  // Nothing of the recorded session is left that would have to be named.
  await expect(page.getByRole('dialog', { name: 'Secrets in the requests' })).toHaveCount(0);

  await open();
  await page.getByLabel('Make single requests by weight, not a journey').check();
  await page.getByRole('button', { name: 'Import text' }).click();
  const secrets = page.getByRole('dialog', { name: 'Secrets in the requests' });
  await secrets.getByRole('button', { name: 'Leave as they are' }).click();
  await expect(page.getByRole('textbox', { name: 'url of request 2' })).toHaveValue('http://127.0.0.1:1/account');
});
