import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contract } from '../../shared/ipc/contract';
import { expect, launch, test } from '../support/app';

test('the window is sandboxed, isolated and bound to its page', async ({ sharedWindow }) => {
  const { app, page } = sharedWindow;
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in the types, since it is for tests.
    const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
    return typeof read === 'function' ? read.call(contents) : undefined;
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(await page.evaluate('typeof require + typeof process + typeof module')).toBe('undefinedundefinedundefined');
  expect(await page.evaluate('Object.keys(window.proofload).sort().join()')).toBe(
    [
      ...Object.keys(contract),
      'locale',
      'onConformance',
      'onExperiment',
      'onImport',
      'onRequest',
      'onRunEvent',
      'pathOf',
    ]
      .sort()
      .join(),
  );

  const policy = await page.evaluate(
    'fetch("/index.html").then(({ headers }) => headers.get("content-security-policy"))',
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(page.url()).toBe('proofload://app/');
  await page.evaluate('void (location.href = "https://example.invalid/")');
  expect(await page.evaluate('window.open("https://example.invalid/")')).toBeNull();
  expect(page.url()).toBe('proofload://app/');
  expect(await page.evaluate('fetch("/%2e%2e/main/index.js").then(({ status }) => status)')).toBe(404);
});

test('the main process refuses input that the contract does not allow', async ({ sharedWindow }) => {
  const call = (method: string, input: unknown): Promise<unknown> =>
    sharedWindow.page.evaluate(`window.proofload.${method}(${JSON.stringify(input)})`);
  const memory = { kind: 'engine', engine: 'memory' };
  for (const [method, input] of [
    ['startRun', { scenario: 'level-2', target: { kind: 'engine', engine: 'rm -rf' } }],
    ['startRun', { scenario: 'level-2', target: memory, surprise: true }],
    ['startRun', { scenario: 'level-0', target: { kind: 'url', url: 'file:///etc/passwd' } }],
    ['withdrawHost', { host: '' }],
    ['startRun', null],
    ['listRuns', { limit: -1 }],
    ['getRun', { id: 7 }],
  ] as const) {
    expect(await call(method, input)).toMatchObject({ ok: false, error: { code: 'usage' } });
  }
  expect(await call('getRun', { id: "' OR 1=1" })).toMatchObject({ ok: false, error: { code: 'run-not-found' } });
  expect(await call('startRun', { scenario: 'level-99', target: memory })).toMatchObject({
    ok: false,
    error: { code: 'scenario-unknown' },
  });
  expect(await call('startRun', { scenario: 'level-0', target: memory, duration: '1 hour' })).toMatchObject({
    ok: false,
    error: { code: 'usage' },
  });
});

test('a page can ask for a host other than this machine, and only the user can say yes', async ({ sharedWindow }) => {
  const call = (method: string, input: unknown): Promise<unknown> =>
    sharedWindow.page.evaluate(`window.proofload.${method}(${JSON.stringify(input)})`);
  const asked = await sharedWindow.answerQuestions(0);
  const refused = { ok: false, error: { code: 'remote-not-allowed', message: '0.0.0.0 is not this machine' } };
  const target = { kind: 'url', url: 'http://0.0.0.0:9/' };
  const request = { method: 'GET', url: 'http://0.0.0.0:9/' };
  const draft = {
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    requests: [request],
  };
  expect(await call('startRun', { scenario: 'level-0', target })).toMatchObject(refused);
  expect(await call('climb', { target, duration: '1s' })).toMatchObject(refused);
  expect(await call('dryRunScenario', { draft })).toMatchObject(refused);
  expect(await call('tryJourney', { draft })).toMatchObject(refused);
  const experiment = {
    levelId: 'level-0',
    duration: '1s',
    pairs: 2,
    untilSure: false,
    metric: 'p95',
    withCapacity: false,
  };
  const variants = ['memory', 'http://0.0.0.0:9/'];
  expect(await call('startExperiment', { ...experiment, variants })).toMatchObject(refused);
  const url = 'postgres://u:p@127.0.0.1:9/db?host=0.0.0.0';
  expect(await call('useDatabase', { server: 'postgres', url })).toMatchObject(refused);
  expect(await asked()).toEqual([
    expect.stringContaining('Smoke loads it with 20 req/s for 10s.'),
    expect.stringContaining('One level after the other loads it: 20 req/s; '),
    expect.stringContaining('Mine loads it with 20 iterations by each of 1 virtual user'),
    expect.stringContaining('Mine loads it with 1 iteration by each of 1 virtual user'),
    expect.stringContaining('Smoke loads it with 20 req/s for 1s, again and again.'),
    expect.stringContaining('up to the highest rate that it holds'),
  ]);
  expect(await call('getAllowedHosts', undefined)).toEqual({ ok: true, value: [] });
  const methods = await sharedWindow.page.evaluate(
    'Object.keys(window.proofload).filter((name) => /host/i.test(name))',
  );
  expect(methods).toEqual(['getAllowedHosts', 'withdrawHost']);
});

test('the window comes back where it was, and at the default when its memory is unreadable', async ({ dataFolder }) => {
  const place = { x: 60, y: 50, width: 1000, height: 700 };
  const first = await launch(dataFolder);
  const bounds = (app: typeof first.app) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await first.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), place);
  // The display moves a window when it gets to it.
  await expect.poll(() => bounds(first.app)).toEqual(place);
  await first.app.close();
  const second = await launch(dataFolder);
  await expect.poll(() => bounds(second.app)).toEqual(place);
  await second.app.close();
  writeFileSync(join(dataFolder, 'window', 'window-state.json'), '{ damaged');
  const third = await launch(dataFolder);
  await expect.poll(() => bounds(third.app)).toMatchObject({ width: 1280, height: 800 });
  await third.app.close();
});

test('PROOFLOAD_STORAGE chooses the engine', async ({ dataFolder }) => {
  const appWindow = await launch(dataFolder, { PROOFLOAD_STORAGE: 'memory' });
  await expect(appWindow.page.locator('input[name=engine][value=memory]')).toBeChecked();
  await appWindow.app.close();
});

test('better-sqlite3 survives the collection of thousands of statements in this Electron', () => {
  // A prebuilt add-on of the wrong Node-API version passes a smoke test and aborts exactly here.
  const electron = join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? resolve(import.meta.dirname, '../../node_modules/electron/dist'),
    'electron',
  );
  const script = `
    const Database = require('better-sqlite3');
    const nativeBinding = process.env.PROOFLOAD_SQLITE_BINDING;
    const database = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
    for (let index = 0; index < 50000; index += 1) {
      database.prepare('SELECT ?').get(index);
      if (index % 5000 === 0) global.gc();
    }
    process.stdout.write('collected');
  `;
  const output = execFileSync(electron, ['--expose-gc', '-e', script], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  expect(output).toBe('collected');
});
