import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect, launch, test } from '../support/app';
import { brief } from '../support/scenarios';

test.use({ hasScenarios: true });

test('another tool that is on the PATH can generate the load', async ({ dataFolder }) => {
  const folder = join(dataFolder, 'commands');
  mkdirSync(folder);
  // A stand-in for k6, which sends nothing.
  symlinkSync(resolve('tests/support/k6StandIn.mjs'), join(folder, 'k6'));
  const appWindow = await launch(dataFolder, {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    PROOFLOAD_K6_STAND_IN: JSON.stringify({ rate: 100, durationMs: 3_000 }),
  });
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.page.getByRole('combobox', { name: 'Generator' }).click();
  await appWindow.page.getByRole('option', { name: 'k6', exact: true }).click();
  await expect(appWindow.page.getByText('no response time can be proven to pass')).toBeVisible();
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toContainText('Inconclusive');
  await expect(appWindow.page.getByText('k6 generated the load.').first()).toBeVisible();
  await appWindow.app.close();
});

test('Docker that is on the PATH can start k6', async ({ dataFolder }) => {
  const folder = join(dataFolder, 'commands');
  mkdirSync(folder);
  // A stand-in for Docker, which starts that for k6.
  symlinkSync(resolve('tests/support/dockerStandIn.mjs'), join(folder, 'docker'));
  const appWindow = await launch(dataFolder, {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    PROOFLOAD_DOCKER_STAND_IN: JSON.stringify({ folder }),
    PROOFLOAD_K6_STAND_IN: JSON.stringify({ rate: 100, durationMs: 3_000 }),
  });
  await appWindow.chooseScenario(brief, 'memory');
  const { page } = appWindow;
  await expect(page.getByText('Use the command line to start a load in Kubernetes or on AWS.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Generator' }).click();
  await page.getByRole('option', { name: 'k6 in Docker' }).click();
  await expect(page.getByText('Docker pulls grafana/k6:2.2.0 if it is missing.')).toBeVisible();
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toContainText('Inconclusive');
  await expect(page.getByText('k6 generated the load.').first()).toBeVisible();
  await appWindow.app.close();
});
