import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { type AppWindow, expect, test } from '../support/app';
import { writeSavedRuns } from '../support/savedRuns';
import { brief } from '../support/scenarios';

test.use({ hasScenarios: true });

const fixtures = resolve(import.meta.dirname, '../fixtures/imports');

/** Answers the next dialogs of the system, which no test can click. */
async function answerDialogs(app: ElectronApplication, answer: { save?: string; open?: string[] }): Promise<void> {
  await app.evaluate(({ dialog }, { save, open }) => {
    dialog.showSaveDialog = async () => ({ canceled: save === undefined, filePath: save ?? '' });
    dialog.showOpenDialog = async () => ({ canceled: open === undefined, filePaths: open ?? [] });
  }, answer);
}

/** Drops a file on the window, as a file manager does. */
async function drop(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'dropped' }))`,
  );
  await page.locator('#dropped').setInputFiles(path);
  await page.evaluate(`{
    const input = document.querySelector('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of input.files) dataTransfer.items.add(file);
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    input.remove();
  }`);
}

/** Puts runs that are alike into the history of a window. */
async function seed({ page }: AppWindow, folder: string, count: number): Promise<void> {
  await page.evaluate(`window.proofload.importFiles({ paths: ${JSON.stringify(writeSavedRuns(folder, count))} })`);
}

async function run(appWindow: AppWindow): Promise<void> {
  await appWindow.show('Run');
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
}

test.describe('runs beside each other', () => {
  let folder: string;
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-compare-'));
  });
  test.afterEach(() => rmSync(folder, { recursive: true }));

  test('are compared, also with the results of other tools, which are imported by dialog and by drop', async ({
    appWindow,
  }) => {
    test.slow();
    const { app, page } = appWindow;
    await run(appWindow);
    await appWindow.show('History');
    await answerDialogs(app, { open: [resolve(fixtures, 'artillery-2.0.34.json')] });
    await page.getByRole('button', { name: 'Import …' }).click();
    await expect(page.getByRole('region', { name: 'Imported' })).toContainText('first byte of the response');
    await drop(page, resolve(fixtures, 'jmeter-5.6.jtl'));
    await expect(page.getByRole('region', { name: 'Imported' })).toContainText('JMeter');
    const rows = page.getByRole('table', { name: 'Runs' }).locator('[data-run]');
    await expect(rows).toHaveCount(3);

    await page.getByLabel('Select all loaded runs').check();
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
    const table = page.getByRole('table', { name: 'Compared runs' });
    await expect(table.locator('[data-run]')).toHaveCount(3);
    // The result stands first, as a sentence for each run.
    await expect(page.getByTestId('comparison')).toHaveText([/^B (is|and A|against A) .*at P95/, /^C .*at P95/]);
    await expect(page.getByRole('region', { name: 'Before you compare' })).toContainText(
      'Latency is measured differently',
    );
    await expect(page.getByRole('table', { name: 'Compared with the baseline' })).toContainText("can't tell");
    await appWindow.expectLine('Throughput');
    await appWindow.expectLine('Percentile distribution');
    await appWindow.expectLine('Histogram');
    await expect(page.locator('[data-chart^="Heatmap"]')).toHaveCount(1);
    await appWindow.chart('P95').getByRole('button', { name: 'Table' }).click();
    await expect(appWindow.chart('P95').getByRole('columnheader', { name: 'B' })).toBeVisible();

    // Another baseline, and one run fewer.
    await table.getByRole('button', { name: 'Make baseline' }).first().click();
    await expect(table.locator('[data-run]').first()).toContainText('baseline');
    await table
      .getByRole('button', { name: /^Remove/ })
      .last()
      .click();
    await expect(table.locator('[data-run]')).toHaveCount(2);
  });

  test('are offered in pairs, and one click compares the last with its baseline', async ({ appWindow }) => {
    test.slow();
    const { page } = appWindow;
    await seed(appWindow, folder, 2);
    await appWindow.show('Compare');
    const pairs = page.getByRole('region', { name: 'Recent pairs' });
    await expect(pairs.getByRole('button')).toHaveText([/Target on sqlite: the last two runs/]);
    await appWindow.show('History');
    await page.getByRole('table', { name: 'Runs' }).locator('[data-run]').last().getByRole('button').click();
    await page.getByLabel(/^Baseline/).click();
    await expect(page.getByLabel(/^Baseline/)).toBeChecked();
    await appWindow.show('Overview');
    const changes = page.getByRole('region', { name: 'Compared with baselines' });
    await expect(changes.getByRole('listitem')).toHaveText([/Target on sqlite.*This run .*at P95/]);
    await appWindow.show('Compare');
    await pairs.getByRole('button', { name: /the last run against its baseline/ }).click();
    await expect(page.getByTestId('comparison')).toHaveText([/^B (is|and A|against A) .*at P95/]);
    await expect(page.getByRole('table', { name: 'Compared with the baseline' }).locator('svg')).toHaveCount(5);
    await page.getByRole('button', { name: 'Choose other runs' }).click();
    await expect(pairs).toBeVisible();
  });

  test('can be replayed through the live view, and written to files with their charts', async ({ appWindow }) => {
    test.slow();
    const { app, page } = appWindow;
    await seed(appWindow, folder, 1);
    await appWindow.show('History');
    await page.getByRole('table', { name: 'Runs' }).locator('[data-run]').first().getByRole('button').click();
    const throughput = await appWindow.tile('Throughput').textContent();
    await page.getByRole('button', { name: 'Replay' }).click();
    const replay = page.getByRole('region', { name: 'Replay' });
    await replay.getByLabel('Position').fill('5000');
    await expect(page.getByText(/Running, 0:0\d left/)).toBeVisible();
    await expect(appWindow.verdict).toHaveCount(0);
    await appWindow.expectPoints('Response time');
    await appWindow.select(replay.getByLabel('Speed'), '60 ×');
    await replay.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(appWindow.verdict).toBeVisible();
    await expect(appWindow.tile('Throughput')).toHaveText(throughput ?? '');
    await replay.getByRole('button', { name: 'Close replay' }).click();

    const html = join(folder, 'run.html');
    await answerDialogs(app, { save: html });
    await appWindow.act(page.getByRole('button', { name: 'Export' }), 'Page (HTML)');
    await expect(appWindow.notice(`Saved as ${html}`)).toBeVisible();
    expect(readFileSync(html, 'utf8')).toContain('Response time by percentile');
    for (const [format, begin] of [
      ['SVG', '<svg'],
      ['PNG', '\u0089PNG'],
    ] as const) {
      const file = join(folder, `chart.${format}`);
      await answerDialogs(app, { save: file });
      await appWindow.act(page.getByLabel('Save or copy Response time'), `Save as ${format} …`);
      await expect(appWindow.notice(`Saved as ${file}`)).toBeVisible();
      const saved = readFileSync(file);
      expect(saved.toString('latin1').startsWith(begin)).toBe(true);
      expect(saved.length).toBeGreaterThan(2_000);
    }
    // A chart that is made of boxes and not drawn.
    const waterfall = join(folder, 'waterfall.png');
    await answerDialogs(app, { save: waterfall });
    await appWindow.act(appWindow.chart('Waterfall').getByLabel(/^Save or copy/), 'Save as PNG …');
    await expect(appWindow.notice(`Saved as ${waterfall}`)).toBeVisible();
    expect(readFileSync(waterfall).length).toBeGreaterThan(2_000);
    // A folder that is not there: the error says what to do.
    await answerDialogs(app, { save: join(folder, 'nowhere', 'run.csv') });
    await appWindow.act(page.getByRole('button', { name: 'Export' }), 'Seconds (CSV)');
    await expect(page.getByRole('alert')).toContainText('Choose another folder');
  });

  test('the history is backed up and compacted from the window', async ({ appWindow }) => {
    const { app, page } = appWindow;
    const file = join(folder, 'backup.sqlite');
    await answerDialogs(app, { save: file });
    await appWindow.show('Settings');
    const history = page.getByRole('region', { name: 'History' });
    await expect(history).toContainText('0 runs');
    await history.getByRole('button', { name: 'Back up …' }).click();
    await expect(appWindow.notice(`Backed up to ${file}`)).toBeVisible();
    expect(readFileSync(file).toString('latin1', 0, 15)).toBe('SQLite format 3');
    await history.getByRole('button', { name: 'Compact' }).click();
    await expect(appWindow.notice(/Compacted from .* MB to .* MB/)).toBeVisible();
  });
});
