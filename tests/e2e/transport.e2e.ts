import { expect, launch, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { answer, startHttp2Server } from '../support/http2Server';
import { startProxy } from '../support/httpProxy';
import { brief, keepScenarios } from '../support/scenarios';
import { startServer } from '../support/testServer';
import { startTlsServer, tlsCertificate, tlsKey } from '../support/tlsServer';

test('a run in the window speaks HTTP/2, with requests and with journeys, and says so', async ({ dataFolder }) => {
  const target = await startHttp2Server({ isPlain: true, handle: (stream) => answer(stream, 'ok') });
  const requests = {
    ...brief,
    id: 'requests',
    name: 'Requests',
    httpVersion: '2-prior-knowledge',
    requests: [{ url: '/' }],
  };
  const steps = [{ name: 'read', url: '/', checks: [{ bodyContains: 'ok' }] }];
  const { requests: _single, ...shared } = requests;
  const journeys = { ...shared, id: 'journeys', name: 'Journeys', journeys: [{ name: 'visit', steps }] };
  keepScenarios(dataFolder, [requests, journeys]);
  const appWindow = await launch(dataFolder);
  const { page } = appWindow;
  for (const scenario of [requests, journeys]) {
    await appWindow.chooseScenario(scenario, 'url');
    await page.getByRole('textbox', { name: 'URL' }).fill(target.url.replace('localhost', '127.0.0.1'));
    await appWindow.runScenario(scenario);
    // The verdict of the run before is gone when this one has begun.
    await expect(page).toHaveTitle(new RegExp(`: ${scenario.name} on `));
    await expect(appWindow.verdict).toBeVisible();
    await expect(appWindow.tile('Errors')).toHaveText(/^0/);
    await expect(page.getByText(/HTTP\/2 was spoken with http:\/\/127\.0\.0\.1:\d+\./).first()).toBeAttached();
  }
  await appWindow.app.close();
  await target.close();
  expect(target.counts.streams).toBeGreaterThan(0);
});

test('a proxy and the version of HTTP are set in the form, and the run goes through the proxy', async ({
  dataFolder,
}) => {
  const target = await startServer((_request, response) => response.end('ok'));
  const proxy = await startProxy();
  const scenario = { ...brief, id: 'proxied', name: 'Proxied', requests: [{ url: '/' }] };
  keepScenarios(dataFolder, [scenario]);
  const appWindow = await launch(dataFolder);
  const { page } = appWindow;
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: /Proxied/ }).click();
  await expect(page.getByRole('combobox', { name: 'HTTP version' })).toHaveText('HTTP/1.1');
  const field = page.getByRole('textbox', { name: 'HTTP proxy' });
  await field.fill('socks5://127.0.0.1:1080');
  await expect(page.getByText(/SOCKS, are not supported/)).toBeVisible();
  await field.fill(proxy.url);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('● unsaved')).toBeHidden();
  await appWindow.show('Run');
  await appWindow.chooseScenario(scenario, 'url');
  await page.getByRole('textbox', { name: 'URL' }).fill(target.url);
  await appWindow.runScenario(scenario);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('Errors')).toHaveText(/^0/);
  await appWindow.app.close();
  await proxy.close();
  await target.close();
  expect(proxy.asked.length).toBeGreaterThan(0);
});

test('TLS options are set in the form, problems stand beside their fields, and the run trusts the CA file', async ({
  dataFolder,
}) => {
  const target = await startTlsServer({ requestCert: true }, (_request, response) => response.end('ok'));
  const scenario = { ...brief, id: 'secure', name: 'Secure', requests: [{ url: `${target.url}a` }] };
  keepScenarios(dataFolder, [scenario]);
  const appWindow = await launch(dataFolder);
  const { page } = appWindow;
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: /Secure/ }).click();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('CA file').fill('missing.pem');
  await expect(field('CA file')).toHaveAccessibleDescription(/^cannot be read: .*missing\.pem/);
  await field('Client certificate').fill(tlsCertificate);
  await expect(field('Key of the client certificate')).toHaveAccessibleDescription(/must name the key/);
  await expect(field('CA file')).toHaveAccessibleDescription(/^cannot be read/);
  await field('Key of the client certificate').fill(tlsKey);
  await field('Server name (SNI)').fill('https://localhost');
  await expect(field('Server name (SNI)')).toHaveAccessibleDescription(/must be the name of a host/);
  await field('Server name (SNI)').fill('localhost');
  await appWindow.app.evaluate(({ dialog }, path) => {
    Object.assign(dialog, { showOpenDialog: async () => ({ canceled: false, filePaths: [path] }) });
  }, tlsCertificate);
  await page.getByRole('button', { name: 'Choose the file: CA file' }).click();
  await expect(field('CA file')).toHaveValue(tlsCertificate);
  await expect(field('CA file')).toHaveAccessibleDescription('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('● unsaved')).toBeHidden();
  await appWindow.show('Run');
  await appWindow.chooseScenario(scenario, 'memory');
  await appWindow.runScenario(scenario);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('Errors')).toHaveText(/^0/);
  await appWindow.app.close();
  await target.close();
});

test('a level runs on an https URL with the TLS options beside it, and they are remembered', async ({ dataFolder }) => {
  const names: unknown[] = [];
  const target = await startTlsServer({ requestCert: true }, (request, response) => {
    names.push('servername' in request.socket ? request.socket.servername : undefined);
    response.end('ok');
  });
  keepScenarios(dataFolder, [brief]);
  const appWindow = await launch(dataFolder);
  const { page } = appWindow;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await appWindow.chooseScenario(brief, 'url');
  await expect(page.getByText('TLS options')).toBeHidden();
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(target.url);
  await page.getByText('TLS options').click();
  await field('CA file').fill('missing.pem');
  await expect(field('CA file')).toHaveAccessibleDescription(/^cannot be read: .*missing\.pem/);
  await field('CA file').fill(tlsCertificate);
  await field('Client certificate').fill(tlsCertificate);
  await expect(field('Key of the client certificate')).toHaveAccessibleDescription(/must name the key/);
  await appWindow.app.evaluate(({ dialog }, path) => {
    Object.assign(dialog, { showOpenDialog: async () => ({ canceled: false, filePaths: [path] }) });
  }, tlsKey);
  await page.getByRole('button', { name: 'Choose the file: Key of the client certificate' }).click();
  await expect(field('Key of the client certificate')).toHaveValue(tlsKey);
  await field('Server name (SNI)').fill('localhost');
  await appWindow.select(page.getByRole('combobox', { name: 'Minimum TLS version' }), 'TLS 1.3');
  const said = 'CA file, client certificate, server name localhost, at least TLS 1.3';
  await expect(page.getByText(said)).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await appWindow.runScenario(brief);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('Errors')).toHaveText(/^0/);
  await page.reload();
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  await appWindow.show('Run');
  // The choices close when the run arrives.
  await expect(appWindow.verdict).toBeVisible();
  await appWindow.chooseScenario(brief, 'url');
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(target.url);
  await expect(field('CA file')).toHaveValue(tlsCertificate);
  await expect(field('Server name (SNI)')).toHaveValue('localhost');
  await appWindow.app.close();
  await target.close();
  expect(new Set(names)).toEqual(new Set(['localhost']));
});
