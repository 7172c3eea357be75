import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, test } from '../support/app';
import { brief, keepScenarios } from '../support/scenarios';
import { startServer } from '../support/testServer';

/** Sends a file, a token, a signature, and what is compressed, and is redirected. */
const steps = [
  {
    name: 'upload',
    method: 'POST',
    url: '/upload',
    multipart: [{ name: 'file', file: 'notes.txt' }],
    gzip: true,
    redirects: 1,
    checks: [{ name: 'has arrived', bodyContains: 'home' }],
  },
  {
    name: 'account',
    url: '/account',
    acceptEncoding: ['gzip', 'br'],
    auth: { type: 'oauth2', tokenUrl: '/token', clientId: 'load', clientSecret: '{{secret.CLIENT}}' },
  },
  {
    name: 'signed',
    url: '/signed',
    auth: { type: 'aws-sigv4', accessKeyId: 'id', secretAccessKey: '{{secret.CLIENT}}', region: 'eu', service: 's3' },
  },
];

test('a run in the window sends files, tokens and signatures, and follows redirects', async ({ dataFolder }) => {
  const seen = new Map<string, string>();
  const target = await startServer((request, response) => {
    const { url = '', headers } = request;
    seen.set(url, `${headers['content-encoding']} ${headers.authorization}`);
    request.resume();
    if (url === '/upload') response.writeHead(303, { Location: '/home' });
    response.end(url === '/token' ? '{"access_token":"the-token","token_type":"Bearer"}' : 'home');
  });
  const scenario = { ...brief, id: 'features', name: 'Features', journeys: [{ name: 'visit', steps }] };
  keepScenarios(dataFolder, [scenario]);
  writeFileSync(join(dataFolder, 'scenarios', 'notes.txt'), 'some notes');
  const appWindow = await launch(dataFolder, { PROOFLOAD_SECRET_CLIENT: 'the-secret' });
  await appWindow.chooseScenario(scenario, 'url');
  await appWindow.page.getByRole('textbox', { name: 'URL' }).fill(target.url);
  await appWindow.runScenario(scenario);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('Errors')).toHaveText(/^0/);
  await appWindow.app.close();
  await target.close();
  expect(seen.get('/upload')).toBe('gzip undefined');
  expect(seen.get('/home')).toBe('undefined undefined');
  expect(seen.get('/account')).toBe('undefined Bearer the-token');
  expect(seen.get('/signed')).toContain('AWS4-HMAC-SHA256 Credential=id/');
});

test('a step that looks at what the Node of the window cannot decode is refused before anything is sent', async ({
  dataFolder,
}) => {
  let asked = 0;
  const target = await startServer((_request, response) => {
    asked += 1;
    response.end('{}');
  });
  const step = { url: '/', acceptEncoding: ['zstd'], checks: [{ jsonPath: '$' }] };
  const scenario = { ...brief, id: 'packed', name: 'Packed', journeys: [{ name: 'visit', steps: [step] }] };
  keepScenarios(dataFolder, [scenario]);
  const appWindow = await launch(dataFolder);
  const canDecode = await appWindow.app.evaluate(() => 'zstd' in process.versions);
  await appWindow.chooseScenario(scenario, 'url');
  await appWindow.page.getByRole('textbox', { name: 'URL' }).fill(target.url);
  await appWindow.runScenario(scenario);
  const refusal = appWindow.page.getByText(/zstd needs Node 22\.15 or later/).first();
  await expect(canDecode ? appWindow.verdict : refusal).toBeVisible();
  await appWindow.app.close();
  await target.close();
  expect(asked > 0).toBe(canDecode);
});

test('several scenarios run in the window, each with its start, and the report has a table and charts of them', async ({
  dataFolder,
}) => {
  const target = await startServer((_request, response) => void response.end('ok'));
  const part = { executor: 'per-vu-iterations', vus: 1, iterations: 5 };
  const scenario = {
    ...brief,
    id: 'several',
    name: 'Several',
    load: {
      executor: 'scenarios',
      scenarios: [
        { name: 'browse', journeys: ['look'], ...part },
        {
          ...{ name: 'buy', journeys: ['buy'], startTime: '1s' },
          ...{ executor: 'constant-arrival-rate', rate: 5, duration: '2s' },
        },
      ],
    },
    journeys: [
      { name: 'look', steps: [{ url: '/look' }] },
      { name: 'buy', steps: [{ url: '/buy' }] },
    ],
  };
  keepScenarios(dataFolder, [scenario]);
  const appWindow = await launch(dataFolder);
  await appWindow.chooseScenario(scenario, 'url');
  await appWindow.page.getByRole('textbox', { name: 'URL' }).fill(target.url);
  await appWindow.runScenario(scenario);
  await expect(appWindow.verdict).toBeVisible();
  await expect(appWindow.tile('Errors')).toHaveText(/^0/);
  await expect(appWindow.page.getByRole('row', { name: /^buy .*from 1s/ }).first()).toBeAttached();
  await expect(appWindow.page.getByRole('group', { name: 'Scenarios, up to 6 at once' })).toContainText('buy');
  await appWindow.expectPoints('P95 by scenario');
  await appWindow.app.close();
  await target.close();
});
