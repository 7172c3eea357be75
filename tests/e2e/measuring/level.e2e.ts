import { expect, test } from '../../support/app';

test('a level runs live to its verdict, is saved, and opens again with the same figures and charts', async ({
  appWindow,
}) => {
  const { page } = appWindow;
  await appWindow.choose(0, 'sqlite');
  await appWindow.run(0);
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByText(/Running, 0:0\d left/)).toBeVisible();
  await expect(appWindow.tile('Throughput')).toHaveText(/\d+\.\d req\/s/);
  // What nobody sees costs nothing while the run goes on.
  const memory = appWindow.chart('Memory').locator('[data-points]');
  await expect(memory).toHaveAttribute('data-points', '0');
  for (const title of ['Throughput', 'Response time', 'Cache hits']) {
    await appWindow.chart(title).scrollIntoViewIfNeeded();
    await appWindow.expectPoints(title);
  }
  await expect(appWindow.chart('Response time').getByRole('group', { name: /P95 limit 50 ms/ })).toBeVisible();

  // Three of the 200 requests above 50 ms, as after one stall of the machine, leave the P95 open.
  await expect(appWindow.verdict).toContainText(/Passed|Inconclusive/);
  await expect(page.getByRole('list', { name: 'Thresholds' }).getByRole('listitem').first()).toContainText(
    /(passed|undecided)http_req_duration/,
  );
  await page.getByText(/checks found nothing that matters/).click();
  await expect(page.getByText('All 200 requests that were intended were answered.')).toBeVisible();
  await expect(
    page.getByText(/responses checked, 0 wrong; \d+ documents with acknowledged writes, 0 lost/),
  ).toBeVisible();
  const [sentence, throughput, p50] = [
    await appWindow.verdict.textContent(),
    await appWindow.tile('Throughput').textContent(),
    await appWindow.tile('P50').textContent(),
  ];
  // Those who read what they don't see find the whole run.
  const seen = await appWindow.chart('Throughput').locator('[data-points]').getAttribute('data-points');
  await expect(memory).toHaveAttribute('data-points', seen ?? '');
  await appWindow.chart('Throughput').getByRole('button', { name: 'Table' }).click();
  const table = await appWindow.chart('Throughput').getByRole('table').textContent();

  await appWindow.show('History');
  await page.getByRole('row').nth(1).getByRole('button').click();
  await expect(appWindow.verdict).toHaveText(sentence ?? '');
  await expect(appWindow.tile('Throughput')).toHaveText(throughput ?? '');
  await expect(appWindow.tile('P50')).toHaveText(p50 ?? '');
  await appWindow.chart('Throughput').getByRole('button', { name: 'Table' }).click();
  await expect(appWindow.chart('Throughput').getByRole('table')).toHaveText(table ?? '');
});
