import fc from 'fast-check';
import { contract, methodNames } from '../../shared/ipc/contract';
import { expect, test } from '../support/app';
import { startServer } from '../support/testServer';

const valuesPerMethod = 60;

test('every method refuses what its schema does not allow, whatever it is', async ({ sharedWindow }) => {
  test.slow();
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        id: fc.jsonValue(),
        ids: fc.jsonValue(),
        paths: fc.jsonValue(),
        text: fc.jsonValue(),
        target: fc.jsonValue(),
        scenario: fc.jsonValue(),
        levelId: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom('__proto__', '../../etc/passwd', { __proto__: { ok: true } }, { constructor: null }, [[[]]]),
  );
  let refused = 0;
  for (const method of methodNames) {
    const { input } = contract[method];
    const values = fc
      .sample(anything, { numRuns: valuesPerMethod, seed: 42 })
      .map((value): unknown => JSON.parse(JSON.stringify(value)))
      .filter((value) => !input.safeParse(value).success);
    const codes = await sharedWindow.page.evaluate(
      `Promise.all(${JSON.stringify(values)}.map(async (value) => (await window.proofload.${method}(value)).error?.code))`,
    );
    expect({ method, codes }).toEqual({ method, codes: values.map(() => 'usage') });
    refused += values.length;
  }
  expect(refused).toBeGreaterThan(methodNames.length * 30);
  // The app is as usable as before.
  await expect(sharedWindow.page.locator('.app[data-ready=true]')).toBeVisible();
});

test('a page gets no permission, no device, no window and no other page', async ({ sharedWindow }) => {
  const { app, page } = sharedWindow;
  const states = await page.evaluate(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(async (name) =>
      (await navigator.permissions.query({ name })).state))`);
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied', 'denied']);
  const failures = await page.evaluate(`Promise.all([
    navigator.mediaDevices?.getUserMedia({ audio: true }).then(() => 'given', () => 'refused'),
    navigator.clipboard?.readText().then(() => 'given', () => 'refused'),
    navigator.usb?.requestDevice({ filters: [] }).then(() => 'given', () => 'refused'),
  ])`);
  expect(failures).not.toContain('given');
  await page.evaluate(`{
    const frame = document.createElement('iframe');
    frame.src = 'https://example.invalid/';
    document.body.append(frame);
    const link = Object.assign(document.createElement('a'), { href: 'file:///etc/passwd', target: '_blank' });
    document.body.append(link);
    link.click();
  }`);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(page.url()).toBe('proofload://app/');
});

test('no script but ours runs, and no page but ours is reached', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  let reached = 0;
  const server = await startServer((_request, response) => {
    reached += 1;
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('here');
  });
  const outcome = await page.evaluate(`new Promise((done) => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.injected = true">');
    const tried = new Promise((failed) => document.body.lastElementChild.addEventListener('error', failed));
    fetch('https://example.invalid/').then(() => 'reached', () => 'refused').then((remote) =>
      fetch('file:///etc/passwd').then(() => 'reached', () => 'refused').then((local) => {
        // Later, since what a debugger evaluates may evaluate.
        tried.then(() => setTimeout(() => {
          let evaluated = 'refused';
          try { evaluated = (0, eval)('"evaluated"'); } catch {}
          done([window.injected ?? 'none', remote, local, evaluated]);
        }));
      }));
  })`);
  expect(outcome).toEqual(['none', 'refused', 'refused', 'refused']);

  // A service of this machine that would answer any page.
  const tried = await page.evaluate(`(async (url) => {
    const settled = (target) => new Promise((done) => {
      target.addEventListener('load', () => done('reached'));
      target.addEventListener('open', () => done('reached'));
      target.addEventListener('error', () => done('refused'));
    });
    const element = (tag, attributes) => document.body.appendChild(Object.assign(document.createElement(tag), attributes));
    const socket = () => { try { return settled(new WebSocket(url.replace('http', 'ws'))); } catch { return 'refused'; } };
    return Promise.all([
      fetch(url).then(() => 'reached', () => 'refused'),
      fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' }).then(() => 'reached', () => 'refused'),
      settled(new EventSource(url)),
      socket(),
      settled(element('img', { src: url })),
      settled(element('script', { src: url })),
      settled(element('link', { rel: 'stylesheet', href: url })),
    ]);
  })(${JSON.stringify(server.url)})`);
  await server.close();
  expect(tried).toEqual(Array.from({ length: 7 }, () => 'refused'));
  expect(reached).toBe(0);
});

test('a page that is not ours gets no answer, though it has the bridge', async ({ sharedWindow }) => {
  const answers = await sharedWindow.app.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`;
    const asked: unknown[] = [];
    for (const url of [
      'proofload://app/',
      'data:text/html,<p>hello',
      'about:blank',
      'proofload://evil/',
      `file://${app.getAppPath()}/out/renderer/index.html`,
    ]) {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      // What there is nothing of is a page as well.
      await window.loadURL(url).catch(() => {});
      const answer = await window.webContents.executeJavaScript('window.proofload.getPreferences()');
      asked.push([url.split('/').slice(0, 3).join('/'), answer.ok]);
      window.destroy();
    }
    return asked;
  });
  expect(answers).toEqual([
    ['proofload://app', true],
    ['data:text/html,<p>hello', false],
    ['about:blank', false],
    ['proofload://evil', false],
    ['file://', false],
  ]);
});

test('names that are markup are text', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  const name = '<img src=x onerror="window.injected=true">';
  await page.evaluate(`window.proofload.copyText({ text: ${JSON.stringify(name)} })`);
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Find a command, a level or a run').fill(name);
  await expect(page.getByText('No matches.')).toBeVisible();
  expect(await page.evaluate('window.injected ?? "none"')).toBe('none');
});

test('what is imported is read elsewhere: the main process answers others meanwhile', async ({ sharedWindow }) => {
  const { page } = sharedWindow;
  const order = await page.evaluate(`(async () => {
    const order = [];
    await Promise.all([
      window.proofload.readRequests({ text: 'curl http://127.0.0.1:1/', filter: {} }).then(({ ok }) => order.push('requests ' + ok)),
      window.proofload.getPreferences().then(() => order.push('preferences')),
    ]);
    return order;
  })()`);
  expect(order).toEqual(['preferences', 'requests true']);
});
