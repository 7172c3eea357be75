import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioSchema } from '../../shared/scenario/schema';
import { expect, launch, test } from '../support/app';
import { startServer } from '../support/testServer';

test('a scenario is made from a curl command, changed, undone, tried, saved and run', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  const { url, close } = await startServer((request, response) => {
    response.statusCode = request.url === '/orders' ? 200 : 404;
    response.end('{}');
  });
  try {
    await appWindow.show('Scenarios');
    await page.getByRole('button', { name: 'Import requests …' }).click();
    await page.getByLabel('curl command, HAR or OpenAPI').fill(`curl -X POST ${url}orders --json '{"a":1}'`);
    await page.getByRole('button', { name: 'Import text' }).click();
    await expect(page.getByRole('textbox', { name: 'url of request 1' })).toHaveValue(`${url}orders`);

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Orders');
    await page.getByRole('spinbutton', { name: 'Rate', exact: true }).fill('20');
    await page.getByRole('textbox', { name: 'Duration' }).fill('soon');
    await expect(page.getByText('is not a duration such as 500ms, 30s or 2m').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('textbox', { name: 'Duration' })).toHaveValue('1m');
    await page.getByRole('textbox', { name: 'Duration' }).fill('2s');
    await page.getByRole('textbox', { name: 'Warm-up, not measured' }).fill('0s');
    await expect(page.getByRole('img', { name: 'Load: up to 20.0 req/s over 2.0 s' })).toBeVisible();

    await page.getByRole('button', { name: 'Dry run' }).click();
    await expect(page.getByRole('region', { name: 'Dry run' })).toContainText('✓ passed');
    await page.getByRole('button', { name: 'Select for a run' }).click();
    await page.getByRole('button', { name: 'Run Orders' }).click();
    await expect(appWindow.verdict).toBeVisible();
    await expect(page.getByText(`Orders on ${new URL(url).origin}`)).toBeVisible();
  } finally {
    await close();
  }
});

test('what is not saved is there again after a restart, and a level is changed as a copy only', async ({
  dataFolder,
}) => {
  const first = await launch(dataFolder);
  await first.show('Scenarios');
  await first.page.getByRole('button', { name: /Target/ }).click();
  await expect(first.page.getByRole('textbox', { name: 'Name', exact: true })).not.toBeEditable();
  await first.page.getByRole('button', { name: 'Duplicate' }).click();
  await first.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
  await first.page.getByRole('button', { name: 'Add a threshold' }).click();
  await first.app.close();

  const second = await launch(dataFolder);
  await second.show('Scenarios');
  await second.page.getByRole('button', { name: /Mine/ }).click();
  await expect(second.page.getByText('● unsaved')).toBeVisible();
  await second.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(second.page.getByText('● unsaved')).toBeHidden();
  await second.page.getByRole('button', { name: 'Delete' }).click();
  await expect(second.page.getByText('Mine was deleted.')).toBeVisible();
  await second.page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(second.page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Mine');
  await second.app.close();
});

test('the journeys of a scenario are divided among several scenarios, saved, and have one load again', async ({
  dataFolder,
}) => {
  const file = join(dataFolder, 'scenarios', 'shop.json');
  const written = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'shop',
    name: 'Shop',
    load: { executor: 'constant-arrival-rate', rate: 5, duration: '10s' },
    journeys: ['look', 'find', 'buy'].map((name) => ({ name, steps: [{ url: `/${name}` }] })),
  });
  mkdirSync(join(dataFolder, 'scenarios'), { recursive: true });
  writeFileSync(file, JSON.stringify(written));
  const appWindow = await launch(dataFolder);
  const { page } = appWindow;
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: /Shop/ }).click();
  await page.getByRole('button', { name: 'Divide the journeys among several scenarios' }).click();
  const first = page.getByRole('region', { name: 'Scenario scenario', exact: true });
  await expect(first.getByRole('spinbutton', { name: 'Rate', exact: true })).toHaveValue('5');
  await expect(first.getByRole('checkbox', { name: 'find' })).toBeChecked();
  await first.getByRole('textbox', { name: 'Scenario' }).fill('browse');
  const buy = page.getByRole('region', { name: 'Scenario scenario_2' });
  await buy.getByRole('textbox', { name: 'Start after' }).fill('5s');
  await buy.getByRole('textbox', { name: 'Duration' }).fill('8s');
  await buy.getByRole('textbox', { name: 'Scenario' }).fill('buy');
  await expect(page.getByRole('list', { name: 'Scenarios over time' })).toContainText('10 virtual users, 5s to 13s');

  // A journey is in one scenario, whichever name it has.
  await page.getByRole('region', { name: 'Scenario buy' }).getByRole('checkbox', { name: 'find' }).check();
  await expect(
    page.getByRole('region', { name: 'Scenario browse' }).getByRole('checkbox', { name: 'find' }),
  ).not.toBeChecked();
  await page
    .getByRole('region', { name: 'Journey find' })
    .getByRole('textbox', { name: 'Journey', exact: true })
    .fill('search');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('● unsaved')).toBeHidden();
  expect(scenarioSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).load).toMatchObject({
    executor: 'scenarios',
    scenarios: [
      { name: 'browse', journeys: ['look'], startTime: '0s', executor: 'constant-arrival-rate', rate: 5 },
      { name: 'buy', journeys: ['search', 'buy'], startTime: '5s', executor: 'constant-vus', duration: '8s' },
    ],
  });

  await page.getByRole('button', { name: 'Use one load for all journeys' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('● unsaved')).toBeHidden();
  expect(scenarioSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).load).toEqual(written.load);
  await appWindow.app.close();
});

test('a scenario with journeys is saved with all that its form does not show', async ({ dataFolder }) => {
  const file = join(dataFolder, 'scenarios', 'visit.json');
  const written = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'visit',
    name: 'Visit',
    load: { executor: 'constant-arrival-rate', rate: 5, duration: '10s' },
    variables: { size: { min: 1, max: 3 } },
    journeys: [
      {
        name: 'buy',
        steps: [
          { name: 'login', url: '/login', extract: { token: { jsonPath: '$.token' } }, checks: [{ status: 200 }] },
          { thinkTime: '1s' },
          { name: 'order', url: '/orders/{{token}}?size={{size}}' },
        ],
      },
    ],
  });
  mkdirSync(join(dataFolder, 'scenarios'), { recursive: true });
  writeFileSync(file, JSON.stringify(written));
  const appWindow = await launch(dataFolder);
  const { app, page } = appWindow;
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: /Visit/ }).click();
  const steps = page.getByRole('list', { name: 'Steps of buy' });
  await expect(steps.getByRole('listitem', { name: 'login' })).toContainText('1 check, 1 variable');
  await expect(page.getByRole('img', { name: 'Load: up to 5.0 iterations/s over 10.0 s' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Visits');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('● unsaved')).toBeHidden();
  await app.close();
  expect(scenarioSchema.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual({ ...written, name: 'Visits' });
});

test('what looks like a secret in an imported request is kept by name, or left as it was typed', async ({
  appWindow,
}) => {
  const { page } = appWindow;
  const command = "curl http://127.0.0.1:1/orders?page=2 -H 'Authorization: Bearer typed-token' -b 'id=typed-cookie'";
  const importCommand = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Import requests …' }).click();
    await page.getByLabel('curl command, HAR or OpenAPI').fill(command);
    await page.getByRole('button', { name: 'Import text' }).click();
  };
  await appWindow.show('Scenarios');
  await importCommand();
  const sheet = page.getByRole('dialog', { name: 'Secrets in the requests' });
  await expect(sheet).toContainText('AUTHORIZATION for Authorization');
  await expect(sheet).toContainText('COOKIE for Cookie');
  await expect(sheet).not.toContainText('typed-');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('textbox', { name: 'url of request 1' })).toHaveCount(0);

  await importCommand();
  await sheet.getByRole('button', { name: 'Store by name' }).click();
  await expect(page.getByRole('textbox', { name: 'url of request 1' })).toHaveValue('http://127.0.0.1:1/orders?page=2');
  expect(await page.content()).not.toContain('typed-');
  await appWindow.show('Settings');
  const secrets = page.getByRole('region', { name: 'Secrets' });
  await expect(secrets).toContainText('AUTHORIZATION');
  await expect(secrets).toContainText('COOKIE');

  await appWindow.show('Scenarios');
  await importCommand();
  // The names are taken now: what is typed anew may be something else.
  await expect(sheet).toContainText('AUTHORIZATION_2 for Authorization');
  await sheet.getByRole('button', { name: 'Leave as they are' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'url of request 1' })).toHaveCount(1);
});

test('a threshold relative to a baseline is held against the run that was made the baseline', async ({ appWindow }) => {
  const { page } = appWindow;
  const draft = {
    schema: 'proofload.scenario/1',
    id: 'held',
    name: 'Held',
    load: { executor: 'shared-iterations', vus: 1, iterations: 50 },
    warmup: '0s',
  };
  const keep = async (threshold: string): Promise<void> => {
    const changed = { ...draft, thresholds: { http_req_duration: [threshold] } };
    await page.evaluate(`window.proofload.saveScenario({ draft: ${JSON.stringify(changed)}, before: 'held' })`);
  };
  /** Runs it to its end, and returns what became of its thresholds. */
  const run = async (): Promise<{ id: string; thresholds: unknown }> => {
    const started: { value: { id: string } } = await page.evaluate(
      `window.proofload.startRun({ scenario: 'held', target: { kind: 'engine', engine: 'memory' } })`,
    );
    const { id } = started.value;
    const thresholds = (): Promise<unknown> =>
      page.evaluate(`(async () => {
        const { document } = (await window.proofload.getRunView()).value;
        return document?.id === '${id}' ? document.thresholds : null;
      })()`);
    await expect.poll(thresholds).not.toBeNull();
    return { id, thresholds: await thresholds() };
  };
  await keep('p(50)<10000');
  const first = await run();
  expect(first.thresholds).toMatchObject([{ ok: true }, { isImplicit: true }]);
  await page.evaluate(`window.proofload.setBaseline({ id: '${first.id}', isSet: true })`);
  await keep('p(50)<=baseline*1000');
  const second = await run();
  expect(second.thresholds).toMatchObject([
    { ok: true, baseline: { runId: first.id, value: expect.any(Number) } },
    { isImplicit: true },
  ]);
});
