import type { Locator, Page } from '@playwright/test';
import { type AppWindow, expect, test } from '../support/app';
import { pausedSecond, writeRunWithMoments } from '../support/runWithMoments';
import { brief, long } from '../support/scenarios';

test.use({ hasScenarios: true });

/** Opens a saved run with a pause of the service, and a doubt. */
async function openRunWithMoments(appWindow: AppWindow, dataFolder: string): Promise<void> {
  const { page } = appWindow;
  const path = writeRunWithMoments(dataFolder);
  await page.evaluate(`window.proofload.importFiles({ paths: [${JSON.stringify(path)}] })`);
  await appWindow.show('History');
  await page.locator('[data-run]').first().getByRole('button').first().click();
  await expect(page.getByTestId('verdict')).toContainText('Inconclusive');
}

/** Puts the pointer on a second of a chart whose axis has a minute. */
async function pointAt(page: Page, plot: Locator, second: number): Promise<void> {
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the chart has no place');
  await page.mouse.move(box.x + (box.width * second) / 60, box.y + box.height / 2);
}

/**
 * Points at a second until its note is there: a chart that gets more to show is drawn anew or moves, and does not notice
 * a pointer that rests.
 */
async function pointUntilNoted(page: Page, plot: Locator, second: number, note: Locator): Promise<void> {
  await expect(async () => {
    await page.mouse.move(1, 1);
    await pointAt(page, plot, second);
    await expect(note).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

test('a moment is in the list and on the charts, with its cause, and a click zooms to it and back', async ({
  appWindow,
  dataFolder,
}) => {
  const { page } = appWindow;
  await openRunWithMoments(appWindow, dataFolder);
  // The worst second stands under the verdict, with the way to it.
  const highlights = page.getByLabel('What stands out');
  await expect(highlights).toContainText('0:30 garbage collection of 120 ms in the service');
  await expect(highlights).toContainText('Where the time went');
  await highlights.getByRole('button', { name: 'Show it on the charts' }).click();
  await expect(page.getByText('The charts show 0:19 to 0:40.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  const moment = page.getByRole('region', { name: 'Moments' }).getByRole('button', { name: /^0:30 / });
  await expect(moment).toContainText('garbage collection of 120 ms in the service');
  await moment.click();
  await expect(page.getByText('The charts show 0:19 to 0:40.')).toBeVisible();
  await expect(moment).toHaveAttribute('aria-pressed', 'true');
  await moment.click();
  await expect(page.getByText('The charts show')).toBeHidden();

  const chart = appWindow.chart('Response time');
  const note = chart.locator('[data-moment-note]');
  await expect(note).toBeHidden();
  await pointUntilNoted(page, chart.locator('.u-over'), pausedSecond, note);
  await expect(note).toContainText('0:30 garbage collection of 120 ms in the service');
  await pointAt(page, chart.locator('.u-over'), 10);
  await expect(note).toBeHidden();

  const heatmap = appWindow.chart('Heatmap');
  await expect(heatmap.locator('[data-moment]')).toHaveCount(1);
  await pointUntilNoted(page, heatmap.locator('canvas'), pausedSecond - 0.5, heatmap.locator('[data-moment-note]'));
  await expect(note).toBeHidden();
  await page.mouse.move(1, 1);
  await chart.getByRole('group').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(chart.getByRole('status')).toContainText('garbage collection of 120 ms in the service');
  await expect(note).toBeVisible();
  await page.keyboard.press('+');
  await expect(page.getByText('The charts show 0:15 to 0:45.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('The charts show')).toBeHidden();
});

test('a doubt is called by its name and leads to its finding in Trust', async ({ appWindow, dataFolder }) => {
  const { page } = appWindow;
  await openRunWithMoments(appWindow, dataFolder);
  const doubt = page.getByRole('list', { name: 'Thresholds' }).getByRole('button', { name: 'send lateness' });
  await doubt.click();
  const evidence = page.getByRole('dialog', { name: 'send lateness' });
  await expect(evidence).toContainText('? blocks the verdict');
  await expect(evidence).toContainText('It could have moved the P95 response time');
  await evidence.getByRole('button', { name: 'Show in Trust' }).click();
  const finding = page.locator('[data-report-section="Trust"] [data-label="send lateness"]');
  await expect(finding).toBeFocused();
  await expect(finding).toBeInViewport();
  await doubt.click();
  await page.keyboard.press('Escape');
  await expect(doubt).toBeFocused();
});

test('a run without response times by second says so where its operations would be charted', async ({
  appWindow,
  dataFolder,
}) => {
  await openRunWithMoments(appWindow, dataFolder);
  await expect(appWindow.page.getByText('There are no charts by operation')).toBeVisible();
  await expect(appWindow.chart('P95 by operation')).toHaveCount(0);
});

test('lanes are chosen, resized by keyboard and pointer, and remembered', async ({ appWindow }) => {
  const { page } = appWindow;
  await page.getByRole('button', { name: 'Open the sample run' }).click();
  await expect(appWindow.verdict).toContainText('Failed');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const lane = (name: string): Locator => timeline.locator(`[data-lane="${name}"]`);
  await expect(lane('throughput')).toBeVisible();
  await expect(lane('memory')).toHaveCount(0);
  await timeline.getByRole('button', { name: 'Lanes' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Throughput' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Memory' }).click();
  await page.keyboard.press('Escape');
  await expect(lane('throughput')).toHaveCount(0);
  await expect(lane('memory')).toBeVisible();

  const edge = timeline.getByRole('separator', { name: 'Height of Response time' });
  await edge.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(edge).toHaveAttribute('aria-valuenow', '260');
  const heightOf = async (): Promise<number | undefined> =>
    (await lane('response-time').locator('[data-chart-canvas]').boundingBox())?.height;
  await expect.poll(heightOf).toBe(260);
  // Waits until nothing above it moves it.
  await edge.hover();
  await page.mouse.down();
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge has no place');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 60);
  await page.mouse.up();
  await expect(edge).toHaveAttribute('aria-valuenow', '200');

  await page.reload();
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  await appWindow.show('History');
  await page.locator('[data-run]').first().getByRole('button').first().click();
  await expect(lane('memory')).toBeVisible();
  await expect(lane('throughput')).toHaveCount(0);
  await expect.poll(heightOf).toBe(200);
  await appWindow.act(timeline.getByRole('button', { name: 'Lanes' }), 'Reset lanes');
  await expect(lane('throughput')).toBeVisible();
  await expect(lane('memory')).toHaveCount(0);
  await expect.poll(heightOf).toBe(240);
});

test('a run has its slowest requests, each leading to its second, and charts of its operations', async ({
  appWindow,
}) => {
  const { page } = appWindow;
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  const slowest = page.getByRole('table', { name: 'Slowest requests' });
  await expect(slowest.getByRole('rowheader', { name: 'read' })).toHaveCount(3);
  await appWindow.select(page.getByRole('combobox', { name: 'Slowest requests of' }), 'read');
  await expect(slowest.getByRole('rowheader')).toHaveText(Array.from({ length: 20 }, () => 'read'));
  await slowest.getByRole('button').first().click();
  await expect(page.getByText('The charts show 0:00 to 0:03.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeInViewport();

  await appWindow.expectPoints('P95 by operation');
  await appWindow.expectPoints('Rate by operation');
  const chart = appWindow.chart('Rate by operation');
  await expect(chart.locator('figcaption')).toContainText('read');
  await page
    .getByRole('group', { name: 'Operations, up to 6 at once' })
    .getByRole('checkbox', { name: 'read' })
    .uncheck();
  await expect(chart.locator('figcaption')).not.toContainText('read');
});

test('the tiles of a live run keep their place while their numbers change', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.chooseScenario(long, 'memory');
  await appWindow.runScenario(long);
  await appWindow.expectPoints('Throughput');
  const places = await page.evaluate(`new Promise((done) => {
    const seen = new Set();
    let changes = 0;
    const note = () => {
      for (const tile of document.querySelectorAll('[data-tile]')) {
        const { x, width, height } = tile.getBoundingClientRect();
        seen.add([tile.dataset.tile, x, width, height].join(' '));
      }
    };
    const observer = new MutationObserver(() => {
      note();
      changes += 1;
      if (changes < 12) return;
      observer.disconnect();
      done([...seen]);
    });
    note();
    const tiles = document.querySelector('[data-tile]').parentElement;
    observer.observe(tiles, { subtree: true, childList: true, characterData: true });
  })`);
  expect(places).toHaveLength(7);
  await appWindow.stop();
  await expect(appWindow.verdict).toContainText('Interrupted');
});
