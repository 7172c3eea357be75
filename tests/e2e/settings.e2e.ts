import { expect, launch, test } from '../support/app';

test('the index of the settings leads to each section and marks the one that is read', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  await sharedWindow.show('Settings');
  const index = page.getByRole('navigation', { name: 'Sections' });
  await expect(index.getByRole('button')).toHaveText([
    'Appearance',
    'History',
    'Data folder',
    'Databases',
    'Outputs',
    'Allowed hosts',
    'Secrets',
    'Diagnostics',
  ]);
  await index.getByRole('button', { name: 'Databases' }).click();
  await expect(page.getByRole('region', { name: 'Databases' })).toBeInViewport();
  await expect(index.getByRole('button', { name: 'Databases' })).toHaveAttribute('aria-current', 'location');
  await index.getByRole('button', { name: 'Diagnostics' }).click();
  await expect(page.getByRole('heading', { name: 'Diagnostics' })).toBeInViewport();
  await expect(index).toBeInViewport();
});

test('at 200 % zoom the index marks the section that is read, and covers no title', async ({ appWindow }) => {
  const { app, page } = appWindow;
  await appWindow.show('Settings');
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(1280, 800);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate('[innerWidth, innerHeight].join()')).toBe('640,400');
  const index = page.getByRole('navigation', { name: 'Sections' });
  const marked = index.locator('[aria-current=location]');
  for (const title of ['Databases', 'Diagnostics', 'History']) {
    // Where the index stands is known a frame after the zoom; a title that was scrolled to before that is covered.
    await expect(async () => {
      await page
        .getByRole('region', { name: title, exact: true })
        .evaluate((section) => section.scrollIntoView({ block: 'start' }));
      await expect(marked).toHaveText(title, { timeout: 2_000 });
      const [above, heading] = [
        await index.boundingBox(),
        await page.getByRole('heading', { name: title, exact: true }).boundingBox(),
      ];
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0);
    }).toPass();
  }
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  await expect(marked).toHaveText('Appearance');
});

test('the settings fill the window, and a wide one has the cards of a section side by side', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.show('Settings');
  const history = page.getByRole('region', { name: 'History' });
  const boxOf = (name: string) => history.getByRole('region', { name, exact: true }).boundingBox();
  for (const [width, isBeside] of [
    [1920, true],
    [1440, true],
    [1280, false],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    const [size, safety] = [await boxOf('Size'), await boxOf('Safety')];
    const end = (safety?.x ?? 0) + (safety?.width ?? 0);
    expect({ width, isBeside: size?.y === safety?.y, isFilled: width - end < 100 }).toEqual({
      width,
      isBeside,
      isFilled: true,
    });
  }
});

test('the data folder is opened in the file manager, and what keeps it from that is told', async ({
  appWindow,
  dataFolder,
}) => {
  const { app, page } = appWindow;
  await app.evaluate(({ app: electronApp, shell }) => {
    const opened: string[] = [];
    Object.assign(electronApp, { opened });
    Object.assign(shell, {
      openPath: async (path: string) => {
        opened.push(path);
        return opened.length === 1 ? '' : 'no file manager';
      },
    });
  });
  await appWindow.show('Settings');
  const open = page.getByRole('region', { name: 'Data folder' }).getByRole('button', { name: 'Open folder' });
  await open.click();
  const opened = () =>
    app.evaluate(({ app: electronApp }) =>
      'opened' in electronApp && Array.isArray(electronApp.opened) ? electronApp.opened.map(String) : [],
    );
  await expect.poll(opened).toEqual([dataFolder]);
  await open.click();
  await expect(page.getByRole('alert')).toContainText('no file manager');
});

test('diagnostics are shown as they are copied: versions and last errors, and no secret', async ({ appWindow }) => {
  const { app, page } = appWindow;
  await appWindow.show('Settings');
  const secrets = page.getByRole('region', { name: 'Secrets' });
  await secrets.getByLabel('Name of the secret').fill('API_TOKEN');
  await secrets.getByLabel('Value of the secret').fill('swordfish-4711');
  await secrets.getByRole('button', { name: 'Add' }).click();
  await expect(secrets).toContainText('API_TOKEN');
  await page.evaluate(`window.proofload.getRun({ id: 'swordfish-4711' })`);
  const diagnostics = page.getByRole('region', { name: 'Diagnostics' });
  await diagnostics.getByRole('button', { name: 'Refresh' }).click();
  const text = diagnostics.getByLabel('Diagnostics');
  await expect(text).toHaveValue(/getRun: run-not-found/);
  await expect(text).toHaveValue(/^Proofload \d[\s\S]*SQLite: 3[\s\S]*History: 0 runs/);
  await expect(text).not.toHaveValue(/swordfish/);
  await diagnostics.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(appWindow.notice('Diagnostics copied to the clipboard.')).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(await text.inputValue());
});

test('the history is held to a size: what that would remove is said before, and the limit is kept', async ({
  sharedWindow,
}) => {
  const { page } = sharedWindow;
  await sharedWindow.show('Settings');
  const history = page.getByRole('region', { name: 'History' });
  await expect(history).toContainText('No limit is set.');
  const field = history.getByLabel('Limit in MB');
  await field.fill('20');
  await expect(history).toContainText('A size is a whole number from 50');
  await expect(history.getByRole('button', { name: 'Set', exact: true })).toBeDisabled();
  await field.fill('60');
  await expect(history.getByRole('status')).toContainText('Nothing is removed now');
  await history.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(history).toContainText('The limit is 60 MB.');
  await page.reload();
  await sharedWindow.show('Settings');
  await expect(history).toContainText('The limit is 60 MB.');
  await history.getByRole('button', { name: 'No limit' }).click();
  await expect(history).toContainText('No limit is set.');
});

test('dates and numbers are written by the locale of the user', async ({ dataFolder }) => {
  const appWindow = await launch(dataFolder, { PROOFLOAD_LOCALE: 'de-DE' });
  await appWindow.show('Settings');
  await expect(appWindow.page.getByRole('region', { name: 'Appearance' })).toContainText(
    '24.11.2026, 14:21:20 and 24.000,5',
  );
  await appWindow.app.close();
});
