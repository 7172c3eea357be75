import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ImportedResult } from '../../shared/interchange/importedResult';
import type { ImportOutcome } from '../../shared/interchange/importOutcome';
import type { Cli } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';

/** A visit of the shop: a login with a token of its form, a page, an order whose place is read again. */
const visit = {
  schema: 'proofload.scenario/1',
  id: 'visit',
  name: 'Visit',
  load: { executor: 'per-vu-iterations', vus: 40, iterations: 1 },
  variables: { user: 'ann', quantity: { min: 1, max: 3 } },
  journeys: [
    {
      name: 'visit',
      steps: [
        {
          name: 'login page',
          url: '/login',
          checks: [{ bodyContains: '<form' }, { header: 'Content-Type', equals: 'text/html' }],
          extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } },
        },
        {
          name: 'login',
          method: 'POST',
          url: '/login',
          body: 'user={{user}}&csrf={{csrf}}',
          checks: [{ status: 302 }, { header: 'Location', equals: '/products' }],
        },
        { thinkTime: '20ms' },
        {
          name: 'products',
          url: '/products?page=2',
          checks: [{ jsonPath: '$.page', equals: 2 }, { header: 'ETag' }, { jsonPath: '$.error', exists: false }],
          extract: { product: { jsonPath: '$.items[0].id' } },
        },
        { name: 'token', url: '/token', extract: { token: { jsonPath: '$.access_token' } } },
        {
          name: 'order',
          method: 'POST',
          url: '/orders',
          body: { product: '{{product}}', quantity: '{{quantity}}', key: '{{uuid}}' },
          checks: [{ status: [201] }],
          extract: { place: { header: 'Location' } },
        },
        { name: 'read order', url: '{{place}}', checks: [{ jsonPath: '$.state', equals: 'open' }] },
        {
          name: 'account',
          url: '/account',
          headers: { Authorization: 'Bearer {{token}}' },
          checks: [{ jsonPath: '$.user', equals: 'ann' }],
        },
      ],
    },
  ],
};

describe('a journey exported to Artillery', () => {
  let cli: Cli;
  let shop: Shop;
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
    writeFileSync(cli.file('visit.json'), JSON.stringify(visit));
  });

  it('goes through the same steps there, and comes back with the counts of a run of ours', async () => {
    const [script, report] = [cli.file('visit.yml'), cli.file('report.json')];
    const exported = ['export', cli.file('visit.json'), '--to', 'artillery', '--url', shop.url, '--out', script];
    expect((await cli.run(...exported)).code).toBe(0);
    const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';
    const code = await new Promise((ended) => {
      const child = spawn(process.execPath, [artillery, 'run', '--quiet', '-o', report, script], {
        env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' },
        stdio: 'ignore',
      });
      child.on('close', ended);
    });
    // An expectation that fails ends it with 21.
    expect(code).toBe(0);
    const there = { ...shop.counts };
    const outcome: ImportOutcome = JSON.parse((await cli.run('import', '--json', report)).stdout);
    const id = outcome.imported[0]?.id ?? '';
    const result: ImportedResult = JSON.parse((await cli.run('history', 'show', id, '--json')).stdout);

    const options = ['--url', shop.url, '--warmup', '0s', '--quiet', '--out', cli.file('run.json')];
    await cli.run('run', cli.file('visit.json'), ...options);
    const { metrics } = cli.document('run.json');
    expect(metrics.http_req_failed.count).toBe(0);
    const here = { logins: shop.counts.logins - there.logins, orders: shop.counts.orders - there.orders };
    expect(here).toEqual({ logins: 40, orders: 40 });
    for (const [counted, expected] of [
      [there.logins, here.logins],
      [there.orders, here.orders],
      [result.metrics.http_reqs.count, metrics.http_reqs.count],
    ] as const) {
      expect(counted).toBeGreaterThanOrEqual(expected * 0.98);
      expect(counted).toBeLessThanOrEqual(expected * 1.02);
    }
    expect(result.metrics.http_req_failed?.count).toBe(0);
  }, 120_000);

  it('fails there where a check or an extraction does', async () => {
    const [login, ...others] = visit.journeys[0]?.steps ?? [];
    const wrong = { ...login, checks: [{ bodyContains: 'no such words' }] };
    writeFileSync(
      cli.file('wrong.json'),
      JSON.stringify({
        ...visit,
        load: { executor: 'per-vu-iterations', vus: 2, iterations: 1 },
        journeys: [{ name: 'wrong', steps: [wrong, ...others] }],
      }),
    );
    const [script, report] = [cli.file('wrong.yml'), cli.file('wrong-report.json')];
    await cli.run('export', cli.file('wrong.json'), '--to', 'artillery', '--url', shop.url, '--out', script);
    await new Promise((ended) => {
      const artillery = process.env.PROOFLOAD_TEST_ARTILLERY ?? '';
      const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' };
      const args = [artillery, 'run', '--quiet', '-o', report, script];
      spawn(process.execPath, args, { env, stdio: 'ignore' }).on('close', ended);
    });
    const outcome: ImportOutcome = JSON.parse((await cli.run('import', '--json', report)).stdout);
    const id = outcome.imported[0]?.id ?? '';
    const result: ImportedResult = JSON.parse((await cli.run('history', 'show', id, '--json')).stdout);
    expect(result.metrics.http_reqs.count).toBe(2);
    // Artillery counts them beside the requests, of which it may count one twice.
    expect(result.notes).toContainEqual(expect.stringMatching(/^2 errors of the script, /));
    expect(shop.counts.logins).toBe(0);
  }, 120_000);
});
