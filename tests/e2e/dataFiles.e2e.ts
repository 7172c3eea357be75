import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, test } from '../support/app';
import { startShop } from '../support/shop';

test('a scenario of the window has its setup, and the rows of a file beside it', async ({ dataFolder }) => {
  test.slow();
  const shop = await startShop();
  const names = Array.from({ length: 20 }, (_, index) => `user-${index}`);
  const page = {
    url: `${shop.url}login`,
    extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } },
  };
  const login = (user: string): object => ({
    name: 'login',
    method: 'POST',
    url: `${shop.url}login`,
    body: `user=${user}&csrf={{csrf}}`,
    checks: [{ status: 302 }],
  });
  const scenario = {
    schema: 'proofload.scenario/1',
    id: 'logins',
    name: 'Logins',
    load: { executor: 'constant-vus', vus: 2, duration: '5m' },
    processes: 2,
    setup: { steps: [page, login('setup')] },
    journeys: [{ name: 'visit', steps: [page, login('{{users.name}}')] }],
    dataFiles: [{ name: 'users', file: 'users.csv', mode: 'once' }],
    thresholds: {},
  };
  mkdirSync(join(dataFolder, 'scenarios'), { recursive: true });
  writeFileSync(join(dataFolder, 'scenarios', 'logins.json'), JSON.stringify(scenario));
  writeFileSync(join(dataFolder, 'scenarios', 'users.csv'), ['name', ...names].join('\n'));
  const appWindow = await launch(dataFolder);
  try {
    await appWindow.show('Scenarios');
    await appWindow.page.getByRole('button', { name: /Logins/ }).click();
    await appWindow.page.getByRole('button', { name: 'Select for a run' }).click();
    await appWindow.page.getByRole('button', { name: 'Run Logins' }).click();
    await expect(appWindow.verdict).toBeVisible();
    await expect(appWindow.page.getByText('no row was left: the load stopped').first()).toBeVisible();
    expect(shop.counts.users[0]).toBe('setup');
    expect(shop.counts.users.slice(1).toSorted()).toEqual(names.toSorted());
  } finally {
    await appWindow.app.close();
    await shop.close();
  }
});
