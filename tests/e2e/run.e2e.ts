import { isAlive } from '../../electron/system/processes';
import { expect, launch, test } from '../support/app';
import { brief, long } from '../support/scenarios';
import { startServer } from '../support/testServer';

test.use({ hasScenarios: true });

test('a level is locked until the one below it unlocks it, and a run of it says so', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.choose(2, 'memory');
  await expect(page.getByText('Requires level 1 with P95 below 100 ms; level 1 has not been run here.')).toBeVisible();
  await page.getByRole('button', { name: 'Run level 2 anyway' }).click();
  await expect(page.getByText(/the level was locked: Requires level 1/)).toBeVisible();
  await expect(page.getByText(/Running, /)).toBeVisible();
  await appWindow.stop();
  await expect(appWindow.verdict).toBeVisible();
  await appWindow.choose(0, 'memory');
  await expect(page.getByRole('button', { name: 'Run level 0', exact: true })).toBeVisible();
});

test('says where the time went, and shows it by how long requests took', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.chooseScenario(brief, 'sqlite');
  await page.getByText('Settings of SQLite, optimised').click();
  // More than a busy machine keeps the generator waiting, which would be the cause of the slowest requests otherwise.
  await page.getByLabel('commitDelayMs').fill('300');
  await appWindow.runScenario(brief);
  await appWindow.expectPoints('Parts of the mean request');
  await expect(appWindow.verdict).toBeVisible();
  const answer = page.getByRole('region', { name: 'Where did the time go?' });
  // A machine that is busy with something else has a cause of its own, and must name that one.
  const cause = answer.locator('[data-cause="server.commit"], [data-cause="processor-withheld"]').first();
  await expect(cause).toContainText(/commit \(fsync\)|had no processor/);
  const waterfall = appWindow.chart('Waterfall');
  await expect(waterfall.locator('[data-band=median]')).toContainText(/Median\d/);
  // The slowest requests of a queue have waited for commits, but perhaps none of them has committed itself.
  await expect(
    waterfall.locator(`[data-band=slowest_5] [title^="waiting for the service's event loop: "]`),
  ).toBeVisible();
  await waterfall.getByRole('button', { name: 'Table' }).click();
  await expect(waterfall.getByRole('row', { name: /^waiting for the service's event loop/ })).toBeVisible();
  await expect(appWindow.chart('Parts of the mean request')).toContainText('commit (fsync)');
  await appWindow.select(answer.getByRole('combobox'), 'read');
  await expect(waterfall).toContainText('Parts of a request, read');
});

test('a percentile with too few samples shows a dash and says how many it needs', async ({ appWindow }) => {
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('P99')).toHaveText('–');
  await expect(appWindow.page.locator('[data-tile=P99]')).toContainText('needs 1,000 requests');
});

test('loads a service by its URL, and a host other than this machine only after a confirmation', async ({
  appWindow,
}) => {
  test.slow();
  const { page } = appWindow;
  const target = await startServer((_request, response) => response.end('ok'));
  // The system takes it for this machine; Proofload takes it for another.
  const elsewhere = target.url.replace('127.0.0.1', '0.0.0.0');
  const refused = await appWindow.answerQuestions(0);
  await appWindow.choose(0, 'url');
  await page.getByRole('textbox', { name: 'URL' }).fill(elsewhere);
  await appWindow.run(0);
  await expect(page.getByRole('alert')).toContainText('0.0.0.0 is not this machine');
  await expect(page.getByRole('alert')).toContainText('confirm 0.0.0.0 when Proofload asks');
  await expect(page.getByText('No run is open')).toBeVisible();
  expect(await refused()).toEqual([
    expect.stringMatching(/^0\.0\.0\.0 is not this machine\nSmoke loads it with 20 req\/s for 10s\. /),
  ]);

  const confirmed = await appWindow.answerQuestions(1);
  await appWindow.chooseScenario(brief, 'url');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toContainText('Passed');
  expect(await confirmed()).toHaveLength(1);
  await page.getByText(/checks found nothing that matters/).click();
  await expect(page.getByText('All 300 requests that were intended were answered.')).toBeVisible();

  // It is remembered until it is withdrawn.
  const start = { scenario: 'level-0', target: { kind: 'url', url: elsewhere }, duration: '1s' };
  const startRun = (): Promise<unknown> => page.evaluate(`window.proofload.startRun(${JSON.stringify(start)})`);
  const again = await appWindow.answerQuestions(0);
  expect(await startRun()).toMatchObject({ ok: true });
  await page.evaluate('window.proofload.stopRun()');
  expect(await again()).toEqual([]);
  await appWindow.show('Settings');
  const hosts = page.getByRole('region', { name: 'Allowed hosts' });
  await expect(hosts.getByRole('listitem')).toContainText(['0.0.0.0']);
  await hosts.getByRole('button', { name: 'Revoke 0.0.0.0' }).click();
  await expect(hosts).toContainText('No host is confirmed');
  expect(await startRun()).toMatchObject({ ok: false, error: { code: 'remote-not-allowed' } });
  expect(await again()).toHaveLength(1);
  await target.close();
});

test('stop keeps what was measured', async ({ appWindow }) => {
  await appWindow.chooseScenario(long, 'memory');
  await appWindow.runScenario(long);
  await expect(appWindow.page.getByText(/Running, 0:5\d left/)).toBeVisible();
  await appWindow.expectPoints('Throughput');
  await expect(appWindow.page).toHaveTitle('Running: Long on memory · Proofload');
  await appWindow.stop();
  await expect(appWindow.verdict).toContainText('Interrupted');
  await expect(appWindow.page).toHaveTitle('Interrupted: Long on memory · Proofload');
  await expect(appWindow.tile('Throughput')).toHaveText(/\d+ req\/s/);
  await expect(appWindow.page.getByRole('button', { name: 'Run Long' })).toBeEnabled();
  await appWindow.show('History');
  await expect(appWindow.page.getByRole('row').nth(1)).toContainText('Interrupted');
});

test('everything can be done from the keyboard', async ({ appWindow }) => {
  const { page } = appWindow;
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Run level 1' })).toBeVisible();
  await page.keyboard.press('2');
  await page.keyboard.press('r');
  await expect(page.getByText(/Running, /)).toBeVisible();
  await page.keyboard.press('s');
  await expect(appWindow.verdict).toContainText('Interrupted');
  await page.keyboard.press('h');
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
});

test('a window without runs says what to do', async ({ sharedWindow }) => {
  await expect(sharedWindow.page.getByText(/No run is open/)).toBeVisible();
  await sharedWindow.show('History');
  await sharedWindow.page.getByRole('button', { name: 'Go to Run' }).click();
  await expect(sharedWindow.page.getByText(/No run is open/)).toBeVisible();
});

/** Asks whether there is anything on the canvas of a chart. */
const isDrawn = (title: string) => `(() => {
  const canvas = document.querySelector('[data-chart="${title}"] canvas');
  if (!canvas || canvas.width === 0) return false;
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
})()`;

test('a window without runs has a sample that shows every chart', async ({ appWindow }) => {
  const { page } = appWindow;
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await expect(appWindow.verdict).toContainText('Failed');
  for (const title of ['Throughput', 'Response time', 'Cache hits', 'Parts of the mean request'])
    await appWindow.expectPoints(title);
  for (const title of ['Processor', 'Event loop', 'Memory']) await appWindow.expectPoints(title);
  for (const title of ['Heatmap', 'Flame graph'])
    await expect(appWindow.chart(title).locator('canvas').first()).toBeVisible();
  await expect(appWindow.chart('Waterfall')).toBeVisible();

  for (const title of ['Throughput', 'Heatmap']) {
    await appWindow.chart(title).getByRole('button', { name: 'Table' }).click();
    await appWindow.chart(title).getByRole('button', { name: 'Chart' }).click();
    await expect.poll(() => page.evaluate(isDrawn(title)), { message: `${title} is drawn again` }).toBe(true);
  }

  await appWindow.act(page.getByLabel('Save or copy Throughput'), 'Copy as image');
  await expect(page.getByText('Chart copied to the clipboard.')).toBeVisible();
  const copied = await appWindow.app.evaluate(({ clipboard }) => clipboard.has('image/png'));
  expect(copied).toBe(true);

  await page.getByRole('button', { name: '← All runs' }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('Sample: level 1');
  await page.reload();
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('sample');
  await page.keyboard.press('Enter');
  await expect(appWindow.verdict).toContainText('Failed');
});

test('errors are drawn by their kind', async ({ appWindow }) => {
  let asked = 0;
  const target = await startServer((_request, response) => {
    asked += 1;
    // None near the end: a response that comes after the load is in no second of the chart.
    response.writeHead(asked <= 120 && asked % 4 === 0 ? 503 : 200).end('ok');
  });
  await appWindow.chooseScenario(brief, 'url');
  await appWindow.page.getByRole('textbox', { name: 'URL' }).fill(target.url);
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  await target.close();
  const chart = appWindow.chart('Errors by kind');
  await expect(chart).toContainText('status-503');
  await chart.getByRole('button', { name: 'Table' }).click();
  // One in four of the first 120, in whichever second it came.
  await expect(chart.getByRole('cell').first()).toBeVisible();
  const counts = await chart.getByRole('cell').allTextContents();
  expect(counts.reduce((sum, count) => sum + (Number(count) || 0), 0)).toBe(30);
});

/** The process ids of the app's utility processes that run our workers. */
function workerProcesses(appWindow: { app: import('@playwright/test').ElectronApplication }): Promise<number[]> {
  return appWindow.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(
        ({ serviceName, name }) =>
          `${serviceName}${name}`.includes('proofload-') || name === 'proofload-target' || name === 'proofload-load',
      )
      .map(({ pid }) => pid),
  );
}

test('a killed worker ends the run as aborted, and the window lives', async ({ appWindow }) => {
  await appWindow.chooseScenario(long, 'memory');
  await appWindow.runScenario(long);
  await expect(appWindow.page.getByText(/Running, 0:5\d left/)).toBeVisible();
  await appWindow.expectPoints('Throughput');
  const [first] = await workerProcesses(appWindow);
  process.kill(first ?? 0, 'SIGKILL');
  await expect(appWindow.verdict).toContainText('Aborted');
  await expect(appWindow.verdict).toContainText(/process ended during the run/);
  await expect(appWindow.page.getByRole('button', { name: 'Run Long' })).toBeEnabled();
});

test('a killed app leaves no process behind, and its next start lists the run as interrupted', async ({
  dataFolder,
}) => {
  const first = await launch(dataFolder);
  await first.chooseScenario(long, 'sqlite');
  await first.runScenario(long);
  await expect(first.page.getByText(/Running, 0:5[0-7] left/)).toBeVisible();
  const workers = await workerProcesses(first);
  expect(workers).toHaveLength(2);
  first.app.process().kill('SIGKILL');
  await expect.poll(() => workers.filter(isAlive)).toEqual([]);

  const second = await launch(dataFolder);
  await second.show('History');
  await expect(second.page.getByRole('row').nth(1)).toContainText('Interrupted');
  await second.page.getByRole('row').nth(1).getByRole('button').click();
  await expect(second.verdict).toContainText('Proofload ended while the run was going on');
  await second.expectPoints('Throughput');
  await second.app.close();
});

test('closing the window in mid-run saves what was measured', async ({ dataFolder }) => {
  const first = await launch(dataFolder);
  await first.chooseScenario(long, 'memory');
  await first.runScenario(long);
  await expect(first.page.getByText(/Running, 0:5\d left/)).toBeVisible();
  await first.app.close();
  const second = await launch(dataFolder);
  await second.show('History');
  await expect(second.page.getByRole('row').nth(1)).toContainText('Interrupted');
  // It was saved then, and not recovered now from what a killed app leaves.
  await second.page.getByRole('row').nth(1).getByRole('button').click();
  await expect(second.verdict).toContainText('Proofload was closed.');
  await second.app.close();
});
