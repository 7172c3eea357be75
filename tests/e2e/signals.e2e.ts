import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childrenOf, isAlive } from '../../electron/system/processes';
import { expect, launch, test } from '../support/app';
import { long } from '../support/scenarios';
import { embeddedData } from '../support/servicePlace';

test.use({ hasScenarios: true });

/** All processes below one, near and far. */
function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} to the app and its whole group: the run is stopped, audited and saved, and no process is left`, async ({
    dataFolder,
  }) => {
    const first = await launch(dataFolder);
    await first.chooseScenario(long, 'sqlite');
    await first.runScenario(long);
    await expect(first.page.getByText(/Running, 0:5[0-8] left/)).toBeVisible();
    const app = first.app.process();
    const pid = app.pid ?? 0;
    const started = descendantsOf(pid);
    const ended = once(app, 'exit');
    process.kill(-pid, signal);
    // A launcher passes on what the group has got already.
    process.kill(pid, signal);
    await ended;
    await expect.poll(() => started.filter(isAlive)).toEqual([]);

    const second = await launch(dataFolder);
    await second.show('History');
    await second.page.getByRole('row').nth(1).getByRole('button').click();
    await expect(second.verdict).toContainText('Interrupted');
    await expect(second.verdict).toContainText('Proofload was closed');
    await expect(second.page.getByText(/acknowledged writes/).first()).toBeVisible();
    await second.app.close();
  });
}

test('the embedded PostgreSQL ends with an app that is killed', async ({ dataFolder }) => {
  const { app, page } = await launch(dataFolder);
  await page.evaluate('window.proofload.startPostgres()');
  const server = Number(readFileSync(join(embeddedData(dataFolder), 'postmaster.pid'), 'utf8').split('\n')[0]);
  expect(isAlive(server)).toBe(true);
  app.process().kill('SIGKILL');
  await expect.poll(() => isAlive(server)).toBe(false);
});
