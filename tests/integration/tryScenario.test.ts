import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { triedJourneySchema } from '../../shared/scenario/triedJourney';
import type { Cli, CliResult } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';

const loginPage = {
  name: 'login page',
  url: '/login',
  checks: [{ name: 'is a form', bodyContains: '<form' }],
  extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } },
};
const login = {
  name: 'login',
  method: 'POST',
  url: '/login',
  body: 'user=ann&csrf={{csrf}}',
  checks: [{ name: 'sends on', status: 302 }],
};
const token = { name: 'token', url: '/token', extract: { token: { jsonPath: '$.access_token' } } };
const account = {
  name: 'account',
  url: '/account',
  headers: { Authorization: 'Bearer {{token}}' },
  checks: [{ name: 'is ours', jsonPath: '$.user', equals: 'ann' }],
};
const missing = {
  name: 'missing',
  url: '/orders/none',
  checks: [{ name: 'no error', jsonPath: '$.error', exists: false }],
};

const shopping = {
  schema: 'proofload.scenario/1',
  id: 'shopping',
  name: 'Shopping',
  load: { executor: 'constant-vus', vus: 1, duration: '1s' },
  journeys: [
    { name: 'visit', steps: [loginPage, login, { thinkTime: '1h' }, token, account] },
    { name: 'fail', steps: [loginPage, login, missing, token, account] },
  ],
};

describe('proofload scenario try', () => {
  let cli: Cli;
  let shop: Shop;
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
    writeFileSync(cli.file('shopping.json'), JSON.stringify(shopping));
  });

  const trying = (...options: string[]): Promise<CliResult> =>
    cli.run('scenario', 'try', cli.file('shopping.json'), ...options);

  it('goes once through a journey and tells what was sent and received, without secrets', async () => {
    const { code, stdout, stderr } = await trying('--url', shop.url, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const tried = triedJourneySchema.parse(JSON.parse(stdout));
    expect(tried).toMatchObject({ journey: 'visit', outcome: 'passed', planned: 4 });
    expect(tried.steps.map(({ step, response }) => [step, response?.status])).toEqual([
      ['login page', 200],
      ['login', 302],
      ['token', 200],
      ['account', 200],
    ]);
    expect(tried.steps[0]?.extracted).toEqual([{ variable: 'csrf', value: 'csrf-2' }]);
    expect(tried.steps[2]?.extracted).toEqual([{ variable: 'token', value: '***' }]);
    expect(tried.steps[3]?.request.headers).toContainEqual(['Authorization', 'Bearer ***']);
    expect(tried.steps[3]?.checks).toEqual([{ name: 'is ours', ok: true, actual: '$.user is "ann"' }]);
    // One virtual user, with cookies and a connection of its own, once.
    expect(shop.counts).toMatchObject({ logins: 1, connections: 1 });
  }, 60_000);

  it('tells a failed check with its actual value, and exits as a failed run does', async () => {
    const { code, stdout } = await trying('--url', shop.url, '--journey', 'fail');
    expect(code).toBe(99);
    expect(stdout).toContain('fail: 2 of 5 steps passed. missing failed with check-json-path.');
    expect(stdout).toContain('no error: $.error is "no such order"');
    expect(stdout).toContain('> Host: ');
    expect(stdout).not.toContain('account');
  }, 60_000);

  it('sends nothing where it can go nowhere, or must not', async () => {
    const named = await trying('--url', shop.url, '--journey', 'sell');
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('has no journey sell')]);
    const remote = await trying('--url', 'http://192.0.2.1/');
    expect([remote.code, remote.stderr]).toEqual([2, expect.stringContaining('192.0.2.1')]);
    const nowhere = await trying();
    expect(nowhere.code).toBe(2);
    expect(shop.counts.connections).toBe(0);
  }, 60_000);
});
