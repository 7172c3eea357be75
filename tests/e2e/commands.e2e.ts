import { expect, launch, test } from '../support/app';
import { brief } from '../support/scenarios';

test.use({ hasScenarios: true });

test('commands are found, by the keyboard alone', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('integrity');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Integrity' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('level 5');
  await page.keyboard.press('Enter');
  await page.keyboard.press('g');
  await expect(page.locator('input[name=level][value=level-5]')).toBeChecked();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toContainText('Select a level');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('single keys are text where text is typed', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hrs');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toHaveValue('hrs');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toBeVisible();
});

test('the menu has every command, and does it', async ({ sharedWindow }) => {
  const { app, page } = sharedWindow;
  const clicked = await app.evaluate(({ Menu }) => {
    const labels: string[] = [];
    for (const menu of Menu.getApplicationMenu()?.items ?? [])
      for (const item of menu.submenu?.items ?? []) {
        labels.push(item.label);
        if (item.label === 'Engine integrity') item.click();
      }
    return labels;
  });
  expect(clicked).toEqual(
    expect.arrayContaining(['Run the selected level', 'New window', 'Recent runs', 'Dark theme']),
  );
  await expect(page.getByRole('heading', { name: 'Integrity' })).toBeVisible();
});

test('dark or light is chosen once for all windows, and remembered', async ({ dataFolder }) => {
  const first = await launch(dataFolder);
  await first.show('Settings');
  await first.page.getByRole('radio', { name: 'Light' }).check();
  const scheme = () => first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await expect.poll(scheme).toBe('light');
  await first.app.close();
  const second = await launch(dataFolder);
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
  expect(await second.page.evaluate('matchMedia("(prefers-color-scheme: light)").matches')).toBe(true);
  await second.app.close();
});

test('another window shows the same run, and a link opens a saved one', async ({ appWindow }) => {
  const { app, page } = appWindow;
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  const opening = appWindow.nextWindow();
  await page.keyboard.press('Control+n');
  const other = await opening;
  await expect(other.getByTestId('verdict')).toBeVisible();

  await page.keyboard.press('Control+Shift+C');
  await expect(page.getByText('Run copied to the clipboard as Markdown.')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^\*\*Passed:\*\*/);
  expect(copied).toContain('| Operation | Count |');

  const id = /\*\*Run\*\* ([\w-]+)/.exec(copied)?.[1] ?? '';
  const linked = appWindow.nextWindow();
  await page.evaluate(`window.proofload.openWindow({ runId: ${JSON.stringify(id)} })`);
  await expect((await linked).getByRole('region', { name: 'Saved run' })).toBeVisible();
  await app.evaluate(({ app: electron }, link) => {
    electron.emit('second-instance', {}, ['proofload', link], '', undefined);
  }, `proofload://run/${id}`);
  await expect
    .poll(() => Promise.all(app.windows().map((window) => window.getByRole('region', { name: 'Saved run' }).count())))
    .toContain(1);
});

test('a window that crashes is opened anew, and the run goes on', async ({ appWindow }) => {
  test.slow();
  const { app, page } = appWindow;
  // Longer than it takes to open a window.
  await page.evaluate(
    `window.proofload.startRun({ scenario: 'brief', target: { kind: 'engine', engine: 'memory' }, duration: '6s' })`,
  );
  await expect(page.getByText(/Running, /)).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            `document.querySelector('[aria-label=Notifications]')?.textContent + '|' + document.querySelector('[data-testid=verdict]')?.textContent`,
          ),
          // A question that a page gets while it is being loaded is never answered.
          new Promise((giveUp) => setTimeout(giveUp, 3_000)),
        ]),
      ),
    )
    .toMatch(/crashed.*\|.*Passed/);
});
