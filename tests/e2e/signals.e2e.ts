import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../electron/system/processes';
import { identifyProcess } from '../../electron/system/processIdentity';
import { type AppWindow, expect, launch, test } from '../support/app';
import { descendantsOf } from '../support/descendantsOf';
import { long } from '../support/scenarios';
import { embeddedData } from '../support/servicePlace';

test.use({ hasScenarios: true });

/** Launches the app on a data folder, and starts a run that goes on for most of a minute. */
async function launchRunning(dataFolder: string): Promise<AppWindow> {
  const appWindow = await launch(dataFolder);
  await appWindow.chooseScenario(long, 'sqlite');
  await appWindow.runScenario(long);
  await expect(appWindow.page.getByText(/Running, 0:5[0-8] left/)).toBeVisible();
  return appWindow;
}

/** Launches the app again, and opens the last run. */
async function openLastRun(dataFolder: string): Promise<AppWindow> {
  const appWindow = await launch(dataFolder);
  await appWindow.show('History');
  await appWindow.page.getByRole('row').nth(1).getByRole('button').click();
  return appWindow;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} to the app and its whole group: the run is stopped, audited and saved, and no process is left`, async ({
    dataFolder,
  }) => {
    const first = await launchRunning(dataFolder);
    const app = first.app.process();
    const pid = app.pid ?? 0;
    const started = descendantsOf(pid);
    let said = '';
    app.stderr?.on('data', (text) => {
      said += text;
    });
    const ended = once(app, 'exit');
    process.kill(-pid, signal);
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    // Chromium would say in the terminal that it cannot start its helper, two thousand times a second.
    expect(said.split('\n').filter((line) => line.includes('GPU process'))).toEqual([]);

    const second = await openLastRun(dataFolder);
    await expect(second.verdict).toContainText('Interrupted');
    await expect(second.verdict).toContainText('Proofload was closed');
    await expect(second.page.getByText(/acknowledged writes/).first()).toBeVisible();
    await second.app.close();
  });
}

test('a signal that a launcher passes on while the app is busy with that to the group ends nothing', async ({
  dataFolder,
}) => {
  const first = await launchRunning(dataFolder);
  const pid = first.app.process().pid ?? 0;
  // The launcher's signal arrives in the meantime, and is heard when the time of the first is over.
  await first.app.evaluate(({ app }) => {
    app.once('before-quit', () => {
      process.kill(process.pid, 'SIGTERM');
      for (const startMs = performance.now(); performance.now() < startMs + 1_200; );
    });
  });
  const ended = once(first.app.process(), 'exit');
  process.kill(-pid, 'SIGTERM');
  expect(await ended).toEqual([0, null]);

  const second = await openLastRun(dataFolder);
  await expect(second.verdict).toContainText('Interrupted: Proofload was closed');
  await second.app.close();
});

test('a second signal ends the app at once, and the next start keeps what was measured', async ({ dataFolder }) => {
  const first = await launchRunning(dataFolder);
  const app = first.app.process();
  const pid = app.pid ?? 0;
  const started = descendantsOf(pid);
  // A run whose processes stand still can't be stopped in order.
  const workers = started.filter((child) => identifyProcess(child)?.command.includes('node.mojom.NodeService'));
  expect(workers.length).toBeGreaterThanOrEqual(2);
  for (const worker of workers) process.kill(worker, 'SIGSTOP');
  const ended = once(app, 'exit');
  const again = setInterval(() => process.kill(pid, 'SIGTERM'), 100);
  expect(await ended).toEqual([null, 'SIGKILL']);
  clearInterval(again);
  for (const worker of workers) process.kill(worker, 'SIGCONT');
  await expect.poll(() => started.filter(isAlive)).toEqual([]);

  const second = await openLastRun(dataFolder);
  await expect(second.verdict).toContainText('Interrupted');
  await second.app.close();
});

test('the embedded PostgreSQL ends with an app that is killed', async ({ dataFolder }) => {
  const { app, page } = await launch(dataFolder);
  await page.evaluate('window.proofload.startPostgres()');
  const server = Number(readFileSync(join(embeddedData(dataFolder), 'postmaster.pid'), 'utf8').split('\n')[0]);
  expect(isAlive(server)).toBe(true);
  app.process().kill('SIGKILL');
  await expect.poll(() => isAlive(server)).toBe(false);
});
