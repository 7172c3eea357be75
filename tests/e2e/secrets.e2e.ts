import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AppWindow, expect, launch, test } from '../support/app';
import { startServer } from '../support/testServer';

const value = 'marker-of-the-secret';

const scenario = {
  schema: 'proofload.scenario/1',
  id: 'secret',
  name: 'Secret',
  load: { executor: 'shared-iterations', vus: 1, iterations: 20 },
  requests: [{ url: '/x?key={{secret.API_TOKEN}}', headers: { Authorization: 'Bearer {{secret.API_TOKEN}}' } }],
};

/** What a server was asked for: lines and the values of `Authorization`. */
async function watchedServer() {
  const seen: string[] = [];
  const server = await startServer((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization}`);
    response.end();
  });
  return { ...server, seen };
}

/** Makes the run; returns the error with which it does not begin, as the window gets it. */
function start({ page }: AppWindow, url: string): Promise<unknown> {
  return page.evaluate(`(async () => {
    await window.proofload.saveScenario({ draft: ${JSON.stringify(scenario)} });
    const started = await window.proofload.startRun({ scenario: 'secret', target: { kind: 'url', url: '${url}' } });
    return started.error ?? null;
  })()`);
}

async function give({ page }: AppWindow): Promise<void> {
  await page.getByLabel('Name of the secret').fill('API_TOKEN');
  await page.getByLabel('Value of the secret').fill(value);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByLabel('Value of the secret')).toHaveValue('');
}

/** Whether a file holds the value. What Chromium has removed since it was listed holds nothing. */
function holdsValue(file: string): boolean {
  try {
    return readFileSync(file, 'latin1').includes('marker-of');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** The files of the data folder that hold the value. */
function filesWithValue(dataFolder: string): string[] {
  return readdirSync(dataFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(holdsValue);
}

test('a secret is given in Settings, sent with a run, and seen nowhere else', async ({ appWindow, dataFolder }) => {
  const { page, app } = appWindow;
  const { url, seen, close } = await watchedServer();
  try {
    expect(await start(appWindow, url)).toMatchObject({
      code: 'secret-unknown',
      message: 'the secret API_TOKEN has no value',
      hint: expect.stringContaining('in Settings'),
    });
    expect(seen).toEqual([]);

    // As on a system that has a key. Here it is one that everybody knows, which Proofload does not take by itself.
    await app.evaluate(({ safeStorage }) => safeStorage.setUsePlainTextEncryption(true));
    await appWindow.show('Settings');
    await give(appWindow);
    const panel = page.getByRole('region', { name: 'Secrets' });
    await expect(panel).toContainText('API_TOKEN stored, encrypted');
    expect(await page.content()).not.toContain('marker-of');
    expect(await page.evaluate('window.proofload.getSecrets()')).toEqual({
      ok: true,
      value: { secrets: [{ name: 'API_TOKEN', from: 'kept' }], isEncrypted: true },
    });

    expect(await start(appWindow, url)).toBeNull();
    await appWindow.show('Run');
    await expect(appWindow.verdict).toBeVisible();
    expect(new Set(seen)).toEqual(new Set([`/x?key=${value} Bearer ${value}`]));
    const view = await page.evaluate('window.proofload.getRunView()');
    expect(JSON.stringify(view)).toContain('{{secret.API_TOKEN}}');
    expect(JSON.stringify(view)).not.toContain('marker-of');
    expect(filesWithValue(dataFolder)).toEqual([]);

    await appWindow.show('Settings');
    await page.getByRole('button', { name: 'Delete API_TOKEN' }).click();
    await expect(panel.getByText('API_TOKEN stored')).toBeHidden();
    expect(await start(appWindow, url)).toMatchObject({ code: 'secret-unknown' });
  } finally {
    await close();
  }
});

test('without a key of the system a secret lasts until the app ends, and the screen says so', async ({
  dataFolder,
}) => {
  const first = await launch(dataFolder);
  await first.show('Settings');
  await expect(first.page.getByText('This system has no key to encrypt them with')).toBeVisible();
  await give(first);
  await expect(first.page.getByRole('region', { name: 'Secrets' })).toContainText('API_TOKEN until Proofload closes');
  await first.app.close();
  expect(filesWithValue(dataFolder)).toEqual([]);

  const second = await launch(dataFolder, { PROOFLOAD_SECRET_OTHER: value });
  await second.show('Settings');
  const panel = second.page.getByRole('region', { name: 'Secrets' });
  await expect(panel).toContainText('OTHER from the environment');
  await expect(panel.getByText('API_TOKEN', { exact: true })).toBeHidden();
  await second.app.close();
});

test('workers do not get the secrets that are in the environment of the app', async ({ dataFolder }) => {
  const { app, page } = await launch(dataFolder, { PROOFLOAD_SECRET_OTHER: value, PROOFLOAD_STORAGE: 'memory' });
  await app.evaluate(({ utilityProcess }) => {
    const environments: unknown[] = [];
    const { fork } = utilityProcess;
    utilityProcess.fork = (file, args, options) => {
      environments.push(options?.env);
      return fork(file, args, options);
    };
    Object.assign(globalThis, { environments });
  });
  const environments = (): Promise<unknown[]> => app.evaluate(() => Reflect.get(globalThis, 'environments'));
  await page.evaluate(
    `window.proofload.startRun({ scenario: 'level-0', target: { kind: 'engine', engine: 'memory' }, duration: '2s' })`,
  );
  await expect.poll(async () => (await environments()).length).toBeGreaterThanOrEqual(2);
  for (const environment of await environments()) {
    expect(environment).toMatchObject({ PROOFLOAD_STORAGE: 'memory' });
    expect(JSON.stringify(environment)).not.toContain('marker-of');
  }
  await app.close();
});
