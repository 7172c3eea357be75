import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { ramp, writeScenario } from '../support/scenarios';
import { startServer } from '../support/testServer';

describe('proofload run --url', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('loads a URL as curl would ask for it, and measures what the server took', async () => {
    const seen: string[] = [];
    const target = await startServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers['x-test']} ${body}`);
        setTimeout(() => response.end('ok'), 50);
      });
    });
    await cli.run(
      'run',
      'level-0',
      '--url',
      `${target.url}path?q=1`,
      '-H',
      'X-Test: yes',
      '-d',
      'a=b',
      '--rate',
      '50',
      '--duration',
      '2s',
      '--out',
      cli.file('run.json'),
    );
    await target.close();
    const { metrics } = cli.document('run.json');
    expect(metrics.http_reqs.count).toBe(100);
    expect(metrics.http_req_duration.p50).toBeGreaterThanOrEqual(49);
    // Warm-up included: one second at the same rate.
    expect(new Set(seen)).toEqual(new Set(['POST /path?q=1 yes a=b']));
    expect(seen).toHaveLength(150);
  });

  it('reads Server-Timing and Cache-Status of any service', async () => {
    const target = await startServer((_request, response) => {
      response.setHeader('Server-Timing', 'db;dur=2.5, app;dur=4');
      response.setHeader('Cache-Status', 'edge; hit');
      response.end();
    });
    await cli.run(
      'run',
      'level-0',
      '--url',
      target.url,
      '--duration',
      '1s',
      '--warmup',
      '0s',
      '--out',
      cli.file('run.json'),
      '--quiet',
    );
    await target.close();
    const { metrics } = cli.document('run.json');
    expect(metrics.server_timing.db).toMatchObject({ count: 20, p50: 2.5 });
    expect(metrics.cache_hit).toEqual({ count: 20, rate: 1 });
  });

  it('sends the requests of a scenario, filled with its data, over several processes', async () => {
    const asked: string[] = [];
    const target = await startServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.end());
    });
    writeFileSync(
      cli.file('shop.json'),
      JSON.stringify({
        schema: 'proofload.scenario/1',
        id: 'shop',
        name: 'Shop',
        load: { executor: 'per-vu-iterations', vus: 4, iterations: 50 },
        processes: 2,
        requests: [
          { name: 'order', method: 'POST', url: `${target.url}orders`, body: { customer: '{{customer}}' } },
          { name: 'read', weight: 3, url: `${target.url}customers/{{customer}}` },
        ],
        data: [{ customer: 'ann' }, { customer: 'bob & co' }],
        thresholds: { 'http_req_duration{operation:read}': ['p(95)<1000'], http_req_failed: ['rate==0'] },
      }),
    );
    const { code, stderr } = await cli.run('run', cli.file('shop.json'), '--out', cli.file('run.json'));
    await target.close();
    const { metrics, target: loaded, thresholds } = cli.document('run.json');
    expect(code, stderr).toBe(0);
    expect(metrics.http_reqs.count).toBe(200);
    expect(asked).toHaveLength(200);
    expect(new Set(asked)).toEqual(new Set(['POST /orders', 'GET /customers/ann', 'GET /customers/bob%20%26%20co']));
    expect((metrics.by_operation.order?.count ?? 0) + (metrics.by_operation.read?.count ?? 0)).toBe(200);
    expect(thresholds.every(({ ok }) => ok)).toBe(true);
    expect(loaded).toMatchObject({ kind: 'url', url: new URL(target.url).origin });
  });

  it('goes through the stages of a ramp and judges each by itself', async () => {
    const target = await startServer((_request, response) => response.end());
    const { code, stderr } = await cli.run(
      'run',
      writeScenario(cli.folder, ramp),
      '--url',
      target.url,
      '--stages',
      '1s:100,1s:300,1s:60',
      '--warmup',
      '1s',
      '--threshold',
      'http_req_duration{stage:1}:p(50)<1000',
      '--threshold',
      'http_req_failed{stage:1}:rate==0',
      '--out',
      cli.file('run.json'),
    );
    await target.close();
    const { metrics, thresholds } = cli.document('run.json');
    expect(code, stderr).toBe(0);
    // From 200 to 100 to 300 to 60 per second: the areas under the three stages are 150, 200 and 180.
    expect(Object.values(metrics.by_stage).map((stage) => stage.http_req_duration.count)).toEqual([150, 200, 180]);
    expect(thresholds.filter(({ metric }) => metric.includes('stage:1')).map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('counts the failures of a target by kind and fails', async () => {
    let count = 0;
    const target = await startServer((request, response) => {
      count += 1;
      if (count % 4 === 0) request.socket.destroy();
      else if (count % 4 === 1) response.writeHead(500).end();
      else response.end();
    });
    const { code } = await cli.run(
      'run',
      'level-0',
      '--url',
      target.url,
      // What must not be sent twice is not: every request that breaks is a failure.
      '-X',
      'POST',
      '--duration',
      '2s',
      '--warmup',
      '0s',
      '--out',
      cli.file('run.json'),
    );
    await target.close();
    const { metrics, thresholds } = cli.document('run.json');
    expect(code).toBe(99);
    expect(thresholds.find(({ metric }) => metric === 'http_req_failed')).toMatchObject({ ok: false, value: 0.5 });
    expect(metrics.http_reqs.count).toBe(40);
    expect(metrics.errors['status-500']).toBe(10);
    const broken = ['stale-connection', 'connection-reset', 'connection-closed'];
    expect(broken.reduce((sum, kind) => sum + (metrics.errors[kind] ?? 0), 0)).toBe(10);
    expect(metrics.http_req_duration.count).toBe(20);
  });
});
