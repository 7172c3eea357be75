import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openHistory } from '../../electron/history/openHistory';
import { requestRepair } from '../../electron/history/storeFiles';
import { runDocumentSchema } from '../../shared/run/document';
import { expect, launch, test } from '../support/app';
import { brief, keepScenarios, long, steady } from '../support/scenarios';
import { mountSmallDisk, type SmallDisk } from '../support/smallDisk';

test.use({ hasScenarios: true });

/** A test with a small disk, which is gone after it whatever happens. Undefined where none can be mounted. */
const testWithDisk = test.extend<{ smallDisk: SmallDisk | undefined }>({
  smallDisk: async ({ dataFolder }, use) => {
    const disk = mountSmallDisk(join(dataFolder, 'disk'), '96m');
    await use(disk);
    disk?.unmount();
  },
});

test('a data folder that is deleted in mid-run: the run goes on, says that it is not saved, and can be kept as a file', async ({
  appWindow,
  dataFolder,
}, testInfo) => {
  const { app, page } = appWindow;
  await appWindow.chooseScenario(steady, 'memory');
  await appWindow.runScenario(steady);
  await expect(page.getByText(/Running, /)).toBeVisible();
  // Chromium may create files in it meanwhile.
  for (const name of readdirSync(dataFolder))
    rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await expect(appWindow.verdict).toContainText('Passed');
  await expect(page.getByRole('list', { name: 'Log' })).toContainText('was moved or deleted');
  const note = page.getByRole('alert').filter({ hasText: 'This run could not be saved to the history.' });
  await expect(note).toBeVisible();

  const file = testInfo.outputPath('kept.json');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await note.getByRole('button', { name: 'Save as a file' }).click();
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(runDocumentSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).metrics.http_reqs.count).toBe(500);

  await appWindow.choose(0, 'memory');
  await appWindow.run(0);
  await expect(page.getByRole('alert')).toContainText('Restore the data folder');
});

testWithDisk(
  'a disk that is full in mid-run: the run goes on and says so, and the next one is saved again',
  async ({ smallDisk }) => {
    // biome-ignore lint/suspicious/noSkippedTests: it is skipped where it cannot be made
    if (!smallDisk) return test.skip(true, 'no small disk can be mounted here');
    const data = join(smallDisk.folder, 'data');
    keepScenarios(data, [brief, steady]);
    const appWindow = await launch(data);
    const { page } = appWindow;
    await appWindow.chooseScenario(steady, 'memory');
    await appWindow.runScenario(steady);
    await expect(page.getByText(/Running, /)).toBeVisible();
    smallDisk.fill();
    await expect(appWindow.verdict).toContainText('Passed');
    await expect(page.getByRole('list', { name: 'Log' })).toContainText('free space on the disk');
    await expect(page.getByText('This run could not be saved to the history.')).toBeVisible();

    smallDisk.makeRoom();
    await appWindow.chooseScenario(brief, 'memory');
    await appWindow.runScenario(brief);
    await expect(page.getByText('This run could not be saved to the history.')).toBeHidden();
    await expect(appWindow.verdict).toBeVisible();
    await expect(page.getByText('This run could not be saved to the history.')).toBeHidden();
    await appWindow.app.close();
  },
);

test('a clock that jumps in mid-run, as it does when the machine slept: the run says so, and that it can not change the verdict', async ({
  appWindow,
}) => {
  const { app, page } = appWindow;
  await appWindow.chooseScenario(steady, 'memory');
  await appWindow.runScenario(steady);
  await expect(page.getByText(/Running, /)).toBeVisible();
  await app.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() + 3_600_000;
  });
  // The sentence names two things that can't change it: on a busy machine there are more.
  const named = /Passed.*(a jump of the clock by 3600\.\d s| and .*) can't change that/;
  await expect(appWindow.verdict).toContainText(named);
  await expect(page.getByText(/The clock jumped by 3600\.\d s during the run/).first()).toBeVisible();
});

test('a second start on the same folder ends at once and brings the first one up, which goes on', async ({
  appWindow,
  dataFolder,
}) => {
  const { app, page } = appWindow;
  await appWindow.chooseScenario(long, 'memory');
  await appWindow.runScenario(long);
  await expect(page.getByText(/Running, 0:5\d left/)).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return;
    // Whether a window is in front is for the desktop to say, and there is none here: that it was asked for is enough.
    const focus = window.focus.bind(window);
    window.focus = () => {
      Reflect.set(globalThis, 'wasBroughtUp', true);
      focus();
    };
  });
  const program = await app.evaluate(() => process.execPath);
  const second = spawn(program, [resolve(import.meta.dirname, '../..')], {
    env: { ...process.env, PROOFLOAD_DATA_DIR: dataFolder },
    stdio: 'ignore',
  });
  expect((await once(second, 'exit'))[0]).toBe(0);
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'wasBroughtUp'))).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await appWindow.expectPoints('Throughput');
  await appWindow.stop();
  await expect(appWindow.verdict).toContainText('Interrupted');
});

test('the machine is kept awake while a run goes on, and may sleep after it', async ({ appWindow }) => {
  const { app, page } = appWindow;
  const blockers = (): Promise<number> =>
    app.evaluate(
      ({ powerSaveBlocker }) =>
        Array.from({ length: 100 }, (_, id) => id).filter((id) => powerSaveBlocker.isStarted(id)).length,
    );
  expect(await blockers()).toBe(0);
  await appWindow.chooseScenario(steady, 'memory');
  await appWindow.runScenario(steady);
  await expect(page.getByText(/Running, /)).toBeVisible();
  expect(await blockers()).toBe(1);
  // Whatever it is: the machine may be busy.
  await expect(appWindow.verdict).toBeVisible();
  await expect.poll(blockers).toBe(0);
});

test('a screen that cannot be drawn says so and takes nothing with it: others are there, and so is it after a reload', async ({
  sharedWindow,
}) => {
  const { app, page } = sharedWindow;
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('proofload:run-event', { type: 'started', run: {} });
  });
  const note = page.getByRole('alert').filter({ hasText: 'This screen cannot be displayed' });
  await expect(note).toBeVisible();

  await sharedWindow.show('History');
  await expect(note).toBeHidden();
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible();

  await page.getByRole('navigation').getByRole('button', { name: /^Run/ }).click();
  // A click that comes before the new page would choose the screen of the old one.
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload the window' }).click();
  await loaded;
  await sharedWindow.show('Run');
  await expect(page.getByText(/No run is open/)).toBeVisible();
});

test('a damaged history is repaired at the start, and the window says so and where the old one is', async ({
  dataFolder,
}) => {
  writeFileSync(join(dataFolder, 'history.sqlite'), 'this is no database, but long enough to look like one');
  const { app, page } = await launch(dataFolder);
  const aside = readdirSync(dataFolder).find((name) => /^history-damaged-.*\.sqlite$/.test(name)) ?? 'none';
  await expect(page.getByText('The history was damaged: 0 runs were rescued.')).toContainText(aside);
  await app.close();
});

test('a repair that was asked for while another process has the history open is put off, and the window says so', async ({
  dataFolder,
}) => {
  const other = openHistory(dataFolder);
  requestRepair(dataFolder);
  const { app, page } = await launch(dataFolder);
  await expect(page.getByText(/another Proofload has it open/)).toBeVisible();
  await app.close();
  other.close();
  expect(readdirSync(dataFolder).filter((name) => name.startsWith('history-damaged-'))).toEqual([]);
});
