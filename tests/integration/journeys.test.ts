import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunDocument } from '../../shared/run/document';
import type { Cli } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';
import { startServer } from '../support/testServer';

const schemaOfProduct = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['items'],
  properties: {
    items: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { pattern: '^p\\d+$' } } } },
  },
};

const loginPage = {
  name: 'login page',
  url: '/login',
  checks: [
    { name: 'is a form', bodyContains: '<form' },
    { name: 'is HTML', header: 'Content-Type', contains: 'html' },
  ],
  extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' }, visit: { cookie: 'visit' } },
};
const login = {
  name: 'login',
  method: 'POST',
  url: '/login',
  body: 'user={{user}}&csrf={{csrf}}',
  checks: [
    { name: 'sends on', status: 302 },
    { name: 'to the products', header: 'Location', equals: '/products' },
  ],
  extract: { code: { status: true } },
};
const productsPage = {
  name: 'products',
  url: '/products?page=2',
  headers: { 'Accept-Encoding': 'gzip' },
  checks: [
    { name: 'is the second page', jsonPath: '$.page', equals: 2 },
    { name: 'has an ETag', header: 'ETag' },
    { name: 'fits the schema', jsonSchema: schemaOfProduct },
    { name: 'is small', maxBodyBytes: 1_000 },
    { name: 'names a product', bodyMatches: 'Product 1\\d' },
    { name: 'has no error', jsonPath: '$.error', exists: false },
  ],
  extract: { product: { jsonPath: '$.items[?@.cents == 100].id' }, etag: { header: 'ETag' } },
};
const token = { name: 'token', url: '/token', extract: { token: { jsonPath: '$.access_token' } } };
const order = {
  name: 'order',
  method: 'POST',
  url: '/orders',
  body: { product: '{{product}}', quantity: '{{quantity}}', key: '{{uuid}}' },
  checks: [{ name: 'is made', status: [201, { min: 300, max: 303 }] }],
  extract: { place: { header: 'Location' } },
};
const account = {
  name: 'account',
  url: '/account?vu={{vu}}&code={{code}}',
  headers: { Authorization: 'Bearer {{token}}' },
  checks: [{ name: 'is ours', jsonPath: '$.user', equals: 'ann' }],
};

/** Six steps, one after the other, of two virtual users with three iterations each. */
const checkout = {
  schema: 'proofload.scenario/1',
  id: 'checkout',
  name: 'Checkout',
  load: { executor: 'per-vu-iterations', vus: 2, iterations: 3 },
  variables: { user: 'ann', quantity: { min: 2, max: 2 } },
  journeys: [{ name: 'checkout', steps: [loginPage, login, productsPage, token, order, account] }],
  thresholds: {
    'checks{check:is ours}': ['rate==1'],
    'checks{step:products}': ['rate==1'],
    'http_req_failed{step:login}': ['rate==0'],
    'http_req_failed{journey:checkout}': ['rate==0'],
    'iterations{journey:checkout}': ['count==6'],
    'iteration_duration{journey:checkout}': ['p(95)<60000'],
    checks: ['rate==1'],
  },
};

describe('journeys', () => {
  let cli: Cli;
  let shop: Shop;
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
  });

  async function run(
    scenario: unknown,
    ...options: string[]
  ): Promise<{ document: RunDocument; code: number | null; stderr: string }> {
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenario));
    const args = ['--url', shop.url, '--warmup', '0s', '--out', cli.file('run.json'), ...options];
    const { code, stderr } = await cli.run('run', cli.file('scenario.json'), ...args);
    return { document: cli.document('run.json'), code, stderr };
  }

  it('log in, keep cookies, take values from answers and check them, with a connection for each user', async () => {
    const { document, code, stderr } = await run(checkout);
    // So few requests prove nothing: the run may be inconclusive.
    expect([0, 75], stderr).toContain(code);
    const { metrics, checks, thresholds } = document;
    expect(metrics.http_req_failed.count, JSON.stringify([metrics.errors, checks])).toBe(0);
    expect(metrics.by_journey?.checkout).toMatchObject({ completed: 6, failed: 0, interrupted: 0 });
    expect(metrics.by_journey?.checkout?.iteration_duration.count).toBe(6);
    expect(Object.keys(metrics.by_operation)).toEqual(['login page', 'login', 'products', 'token', 'order', 'account']);
    expect(metrics.http_reqs.count).toBe(36);
    expect(checks?.map(({ check, passes, fails }) => [check, passes, fails])).toEqual(
      [
        'is a form',
        'is HTML',
        'sends on',
        'to the products',
        'is the second page',
        'has an ETag',
        'fits the schema',
        'is small',
        'names a product',
        'has no error',
        'is made',
        'is ours',
      ].map((name) => [name, 6, 0]),
    );
    expect(thresholds.map(({ metric, value, ok }) => [metric, value, ok])).toEqual(
      Object.keys(checkout.thresholds).map((metric) => [metric, expect.any(Number), true]),
    );
    expect(metrics.data_by_operation?.products?.receivedBytes).toBeGreaterThan(6 * 200);
    // Cookies are forgotten after an iteration: each has its own session. Connections are kept.
    expect(shop.counts).toMatchObject({ logins: 6, orders: 6, connections: 2 });
    expect(new Set(shop.counts.orderKeys).size).toBe(6);
  });

  it('are searched for how many a second the service can take, each step of each journey sent', async () => {
    const seen = { first: 0, second: 0 };
    const server = await startServer((request, response) => {
      seen[request.url === '/first/t' ? 'first' : 'second'] += 1;
      response.end('{"token":"t/2"}');
    });
    const { document, stderr } = await run(
      {
        schema: 'proofload.scenario/1',
        id: 'search',
        name: 'Search',
        load: {
          executor: 'capacity-search',
          stepDuration: '2s',
          confirmDuration: '2s',
          maxDuration: '15s',
          maxVUs: 16,
          gracefulStop: '30s',
        },
        thresholds: { 'http_req_duration{step:second}': ['p(95)<500'], checks: ['rate>0.9'] },
        journeys: [
          {
            name: 'visit',
            steps: [
              { name: 'first', url: '/first/t', extract: { token: { jsonPath: '$.token' } } },
              { thinkTime: '100ms' },
              { name: 'second', url: '/second/{{token}}', checks: [{ status: 200 }] },
            ],
          },
        ],
      },
      '--url',
      server.url,
    );
    await server.close();
    const { capacity, metrics } = document;
    expect(capacity?.unit, stderr).toBe('journeys');
    expect(new Set(capacity?.steps.map(({ unit }) => unit))).toEqual(new Set(['journeys']));
    expect(capacity?.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['concurrency', 'confirmation']));
    // Requests would be two of each that was asked for.
    for (const { attainment } of capacity?.steps ?? []) expect(attainment ?? 0).toBeLessThanOrEqual(1);
    expect(seen.second).toBe(seen.first);
    expect(metrics.by_operation.first?.count).toBeGreaterThan(0);
  }, 120_000);

  it('are those of several scenarios, each with its load, its start and its thresholds', async () => {
    const seen: string[] = [];
    const server = await startServer((request, response) => {
      seen.push(request.url ?? '');
      // Requests to /hang get no response.
      if (request.url !== '/hang') response.writeHead(request.url?.startsWith('/buy/2') ? 500 : 200).end();
    });
    const { document, stderr } = await run(
      {
        schema: 'proofload.scenario/1',
        id: 'several',
        name: 'Several',
        processes: 2,
        load: {
          executor: 'scenarios',
          scenarios: [
            { name: 'browse', journeys: ['look', 'find'], executor: 'per-vu-iterations', vus: 2, iterations: 10 },
            { name: 'buy', journeys: ['buy'], startTime: '1s', executor: 'shared-iterations', vus: 3, iterations: 6 },
            {
              ...{ name: 'stuck', journeys: ['hang'], executor: 'constant-arrival-rate', rate: 10, duration: '1s' },
              ...{ maxVUs: 1, gracefulStop: '0s' },
            },
          ],
        },
        journeys: [
          { name: 'look', steps: [{ url: '/look/{{vu}}' }] },
          { name: 'find', steps: [{ url: '/find/{{vu}}' }] },
          { name: 'buy', steps: [{ url: '/buy/1' }, { url: '/buy/2/{{vu}}' }] },
          { name: 'hang', steps: [{ url: '/hang' }] },
        ],
        thresholds: {
          'http_req_failed{scenario:browse}': ['rate<=0'],
          'http_req_failed{scenario:buy}': ['rate<=0.5'],
          'iterations{scenario:browse}': ['count==20'],
          'iterations{scenario:buy}': ['count==6'],
          'http_req_duration{scenario:buy}': ['p(95)<60000'],
          'dropped_iterations{scenario:buy}': ['count==0'],
          'dropped_iterations{scenario:stuck}': ['count==9'],
          http_req_failed: ['rate<=0.5'],
        },
      },
      '--url',
      server.url,
    );
    await server.close();
    const { metrics, thresholds } = document;
    expect(
      thresholds.map(({ metric, ok, value }) => [metric, ok, value !== null]),
      stderr,
    ).toEqual(thresholds.map(({ metric }) => [metric, true, true]));
    expect(metrics.by_scenario?.browse).toMatchObject({ completed: 20, failed: 0, requests: 20, failedRequests: 0 });
    expect(metrics.by_scenario?.buy).toMatchObject({ completed: 0, failed: 6, requests: 12, failedRequests: 6 });
    // The graceful stop of a scenario cuts off its request as soon as no other scenario needs the connections.
    expect(metrics.by_scenario?.stuck).toMatchObject({ completed: 0, failed: 0, interrupted: 1, dropped: 9 });
    expect(metrics.errors).toEqual({ 'status-500': 6, 'not-finished': 1 });
    expect(metrics.http_reqs.count).toBe(33);
    expect(metrics.dropped_iterations.count).toBe(9);
    const startsOf = (operation: string) =>
      document.slowest.filter((slow) => slow.operation.includes(operation)).map(({ startMs }) => startMs);
    expect(startsOf('/buy').length).toBeGreaterThan(0);
    expect(startsOf('/buy').filter((startMs) => startMs < 1_000)).toEqual([]);
    const usersOf = (pattern: RegExp) => new Set(seen.flatMap((url) => pattern.exec(url)?.[1] ?? []));
    expect(usersOf(/^\/(?:look|find)\/(\d+)/).size).toBe(2);
    const buyers = usersOf(/^\/buy\/2\/(\d+)/);
    expect([...usersOf(/^\/(?:look|find)\/(\d+)/)].filter((user) => buyers.has(user))).toEqual([]);
  });

  it('see each kind of check fail as a request of its kind, with an example that tells no secret', async () => {
    const wrong = (step: object, ...checks: object[]) => ({ ...step, checks, onFailure: 'continue' });
    const { document, code } = await run({
      ...checkout,
      thresholds: { checks: ['rate>0.99'], http_req_failed: ['rate<=1'] },
      journeys: [
        {
          name: 'wrong',
          steps: [
            wrong(loginPage, { name: 'body', bodyContains: 'no such words' }),
            wrong(
              login,
              { name: 'header', header: 'Location', equals: '/elsewhere' },
              { name: 'redirect', status: 302 },
            ),
            wrong({ ...productsPage, name: 'pattern' }, { name: 'pattern', bodyMatches: '^nothing$' }),
            wrong({ ...productsPage, name: 'schema' }, { name: 'schema', jsonSchema: { required: ['missing'] } }),
            wrong({ ...productsPage, name: 'size' }, { name: 'size', maxBodyBytes: 10 }),
            wrong({ ...token, name: 'path' }, { name: 'path', jsonPath: '$.access_token', equals: 'other' }),
            wrong(
              { name: 'order', url: '/orders/none' },
              { name: 'error in a 200', jsonPath: '$.error', exists: false },
            ),
            wrong({ name: 'status', url: '/products' }, { name: 'status', status: 404 }),
            { name: 'token', url: '/token', extract: { none: { jsonPath: '$.refresh_token' } }, onFailure: 'continue' },
            { name: 'logout', method: 'POST', url: '/logout' },
            { name: 'after the session', url: '/products' },
            { name: 'never sent', url: '/products' },
          ],
        },
      ],
    });
    expect(code).toBe(99);
    const { metrics, checks = [], log } = document;
    expect(metrics.errors).toEqual({
      'check-body': 12,
      'check-header': 6,
      'check-json-schema': 6,
      'check-body-size': 6,
      'check-json-path': 12,
      'status-200': 6,
      'extraction-failed': 6,
      redirected: 6,
    });
    expect(checks.map(({ check, passes, fails }) => [check, passes, fails])).toEqual(
      ['body', 'header', 'redirect', 'pattern', 'schema', 'size', 'path', 'error in a 200', 'status'].map((name) =>
        name === 'redirect' ? [name, 6, 0] : [name, 0, 6],
      ),
    );
    for (const { fails, example } of checks) expect(example === undefined).toBe(fails === 0);
    expect(checks.find(({ check }) => check === 'error in a 200')?.example).toContain('$.error is "no such order"');
    expect(checks.find(({ check }) => check === 'path')?.example).not.toContain('token-');
    expect(JSON.stringify(document)).not.toMatch(/token-\d|session-\d|csrf-\d/);
    expect(log.map(({ message }) => message).join('\n')).toContain('none is not in the response');
    expect(metrics.by_journey?.wrong).toMatchObject({ completed: 0, failed: 6 });
    expect(metrics.by_operation['never sent']).toBeUndefined();
  });

  it('keep cookies and open connections as k6 does where the scenario says so', async () => {
    const again = {
      ...checkout,
      load: { executor: 'per-vu-iterations', vus: 1, iterations: 4 },
      noCookiesReset: true,
      noVUConnectionReuse: true,
      thresholds: { http_req_failed: ['rate<=1'] },
      journeys: [
        {
          name: 'visit',
          steps: [{ name: 'first', url: '/products', onFailure: 'continue' }, { ...loginPage, checks: [] }, login],
        },
      ],
    };
    const { document } = await run(again);
    // The first iteration has no session yet, the others have that of the one before.
    expect(document.metrics.errors).toEqual({ redirected: 1 });
    expect(shop.counts).toMatchObject({ logins: 4, connections: 4 });
  });

  it('run as the documentation writes them', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/scenarios.md'), 'utf8');
    const [example = ''] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
      text.includes('"id": "checkout"') ? [text] : [],
    );
    const { document } = await run(JSON.parse(example), '--duration', '2s');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.by_journey?.checkout).toMatchObject({ completed: 20, failed: 0 });
    expect(shop.counts.orders).toBe(20);
  });

  it('are refused before anything is sent where they cannot be made', async () => {
    const scenario = {
      ...checkout,
      thresholds: {},
      journeys: [{ name: 'wrong', steps: [{ name: 'start', url: '/', checks: [{ bodyMatches: '(?=x)' }] }] }],
    };
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenario));
    const { code, stderr } = await cli.run('run', cli.file('scenario.json'), '--url', shop.url);
    expect(code).toBe(2);
    expect(stderr).toContain('step start of journey wrong');
    expect(shop.counts.connections).toBe(0);
  });
});
