import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../shared/run/document';
import { Cli } from '../support/cli';
import { percentileOf, startOtlpReceiver } from '../support/otlpReceiver';
import { PrometheusMetrics } from '../support/prometheusMetrics';
import { startServer } from '../support/testServer';

const brief = ['--engine', 'memory', '--duration', '3s', '--warmup', '0s'] as const;
/** How long something may be waited for, in ms: not how long it takes. */
const patience = { timeout: 20_000 };

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

/** Scrapes until the end of the run is in what comes. */
async function lastScrape(url: string): Promise<PrometheusMetrics> {
  let text = '';
  const hasEnd = async (): Promise<boolean> => {
    text = await (await fetch(url)).text();
    return text.includes('proofload_run_verdict{');
  };
  await expect.poll(hasEnd, patience).toBe(true);
  return new PrometheusMetrics(text);
}

/** `sumIsOfBuckets`: of a saved run the sums are those of its buckets, which are right to three digits. */
function expectEqual(metrics: PrometheusMetrics, document: RunDocument, sumIsOfBuckets = false): void {
  const { id, metrics: figures, verdict, trust } = document;
  const {
    http_req_duration: latency,
    by_operation: byOperation,
    http_reqs,
    http_req_failed,
    dropped_iterations,
  } = figures;
  expect(metrics.sum('proofload_http_reqs_total', { run: id })).toBe(http_reqs.count);
  expect(metrics.sum('proofload_http_req_failures_total')).toBe(http_req_failed.count);
  expect(metrics.value('proofload_dropped_iterations_total')).toBe(dropped_iterations.count);
  for (const [operation, { count, mean }] of Object.entries(byOperation)) {
    const histogram = metrics.histogram('proofload_http_req_duration_seconds', { operation });
    expect(histogram.count).toBe(count);
    expect(histogram.buckets['+Inf']).toBe(count);
    const meanMs = ((histogram.sum ?? 0) / count) * 1_000;
    expect(Math.abs(meanMs - mean)).toBeLessThan(sumIsOfBuckets ? mean / 1_000 : 0.001);
  }
  for (const percentile of ['p50', 'p95', 'p99'] as const)
    expect(metrics.value(`proofload_http_req_duration_${percentile}`)).toBeCloseTo(latency[percentile] / 1_000, 6);
  expect(metrics.value('proofload_run_verdict', { verdict })).toBe(1);
  for (const { check, ok, value } of trust) {
    expect(metrics.value('proofload_trust_check_ok', { check })).toBe(ok ? 1 : 0);
    expect(metrics.value('proofload_trust_check_value', { check })).toBeCloseTo(value, 6);
  }
}

describe('the outputs of a run', () => {
  it('level 2 as Prometheus and as OpenTelemetry have it, live and at its end, equals the document', async () => {
    const receiver = await startOtlpReceiver();
    const places = ['--prometheus-port', '0', '--otlp', receiver.url];
    const run = cli.start(['run', 'level-2', ...brief, ...places, '--out', cli.file('run.json')]);
    const url = await run.stderrHas(/http:\/\/127\.0\.0\.1:\d+\/metrics/);
    const metrics = await lastScrape(url);
    const { code, stderr } = await run.done;
    expect([0, 75, 99]).toContain(code);
    expect(stderr).not.toContain('warning: The metrics');
    const document = cli.document('run.json');
    expectEqual(metrics, document);
    expect(document.metrics.http_reqs.count).toBeGreaterThan(500);

    const last = receiver.deliveries.at(-1);
    const metric = (name: string) => last?.metrics.find((one) => one.name === name);
    const requests = metric('proofload.requests')?.sum?.dataPoints ?? [];
    expect(requests.reduce((sum, { asDouble = 0 }) => sum + asDouble, 0)).toBe(document.metrics.http_reqs.count);
    const durations = metric('http.client.request.duration')?.exponentialHistogram?.dataPoints ?? [];
    expect(durations).toHaveLength(Object.keys(document.metrics.by_operation).length);
    for (const point of durations) {
      const summary = document.metrics.by_operation[String(point.attributes['proofload.operation'])];
      expect({ count: point.count, min: point.min * 1e3, max: point.max * 1e3 }).toEqual({
        count: summary?.count,
        min: expect.closeTo(summary?.min ?? -1, 3),
        max: expect.closeTo(summary?.max ?? -1, 3),
      });
      // A bucket of a scale is so wide, and a percentile lies in one.
      const width = 2 ** (2 ** -point.scale);
      const p95Ms = percentileOf(point, 95) * 1e3;
      expect(p95Ms).toBeGreaterThanOrEqual((summary?.p95 ?? 0) / 1.001);
      expect(p95Ms).toBeLessThanOrEqual((summary?.p95 ?? 0) * width * 1.001);
    }
    await receiver.close();

    // A saved run says the same as its endpoint did.
    const exported = await cli.run('export', document.id, '--to', 'prometheus');
    expectEqual(new PrometheusMetrics(exported.stdout), document, true);
  }, 60_000);

  it('lead to the traces of the slowest requests at its end', async () => {
    const server = await startServer((_request, response) => response.end('ok'));
    const receiver = await startOtlpReceiver();
    const load = { executor: 'per-vu-iterations', vus: 2, iterations: 20, maxDuration: '30s' };
    const traced = { schema: 'proofload.scenario/1', id: 'traced', name: 'Traced', load, tracing: 'w3c' };
    const requests = [{ name: 'home', url: '/' }];
    writeFileSync(cli.file('traced.json'), JSON.stringify({ ...traced, requests, warmup: '0s' }));
    const places = [
      '--url',
      server.url,
      '--prometheus-port',
      '0',
      '--otlp',
      receiver.url,
      '--out',
      cli.file('run.json'),
    ];
    const run = cli.start(['run', cli.file('traced.json'), ...places]);
    const url = await run.stderrHas(/http:\/\/127\.0\.0\.1:\d+\/metrics/);
    let text = '';
    const hasEnd = async (): Promise<boolean> => {
      text = await (await fetch(url, { headers: { Accept: 'application/openmetrics-text' } })).text();
      return text.includes('proofload_run_verdict{');
    };
    await expect.poll(hasEnd, patience).toBe(true);
    await run.done;
    await Promise.all([server.close(), receiver.close()]);
    const ids = cli.document('run.json').slowest.map(({ traceId }) => traceId);
    expect(ids).toHaveLength(20);
    const inText = [...text.matchAll(/ # \{trace_id="([0-9a-f]{32})"\}/g)].map(([, id]) => id);
    expect(inText.length).toBeGreaterThan(0);
    expect(ids).toEqual(expect.arrayContaining(inText));
    const duration = receiver.deliveries.at(-1)?.metrics.find(({ name }) => name === 'http.client.request.duration');
    const [point] = duration?.exponentialHistogram?.dataPoints ?? [];
    expect(point?.exemplars.map(({ traceId }) => traceId)).toEqual(ids);
  }, 60_000);

  it('a receiver that is not there costs the run nothing but a sentence', async () => {
    const receiver = await startOtlpReceiver();
    await receiver.close();
    const { code, stderr } = await cli.run('run', 'level-0', ...brief, '--otlp', receiver.url, '--quiet');
    expect([0, 75]).toContain(code);
    expect(stderr).toMatch(/^warning: \d of \d deliveries to http:\S+ failed, and so did the last one: .*\n$/);
  }, 60_000);

  it.each([
    [['--otlp', 'http://192.0.2.1:4318'], '192.0.2.1 is not this machine'],
    [['--otlp', 'collector'], 'is not an http(s) URL'],
    [['--prometheus-port', '70000'], 'must be a port number'],
  ])('refuses %j before anything begins', async (args, why) => {
    const { code, stderr } = await cli.run('run', 'level-0', ...brief, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(JSON.parse((await cli.run('history', 'list', '--json')).stdout)).toEqual([]);
  });
});

describe('a run in CI', () => {
  it('adds a summary with the comparison to a baseline, and annotations where it failed', async () => {
    const [base, summary] = [cli.file('base.json'), cli.file('summary.md')];
    await cli.run('run', 'level-0', ...brief, '--quiet', '--out', base);
    const args = ['run', 'level-0', ...brief, '--baseline', base, '--summary-markdown', summary];
    expect((await cli.start(args, { GITHUB_ACTIONS: 'false' }).done).stdout).not.toContain('::');
    const server = await startServer((_request, response) => response.writeHead(500).end());
    const load = ['--url', server.url, '--duration', '3s', '--warmup', '0s'];
    const failing = ['run', 'level-0', ...load, '--baseline', base, '--summary-markdown', summary];
    const { code, stdout } = await cli.start(failing, { GITHUB_ACTIONS: 'true' }).done;
    await server.close();
    expect(code).toBe(99);
    expect(stdout).toMatch(/^::error title=Smoke%3A threshold failed::http_req_failed rate<\S+: /m);
    const text = readFileSync(summary, 'utf8');
    // What was there before is still there: other steps write to the same file.
    expect(text.match(/^## /gm)).toHaveLength(2);
    expect(text).toMatch(/^## ✕ Failed: Smoke on http/m);
    const { id } = cli.document('base.json');
    expect(text.split(`### Compared with the baseline ${id}`)).toHaveLength(3);
    // A run without a success has no latency that could be drawn.
    expect(text.match(/^```mermaid$/gm)).toHaveLength(3);
  }, 60_000);

  it('has its comparison as a page', async () => {
    for (const name of ['a.json', 'b.json'])
      await cli.run('run', 'level-0', ...brief, '--quiet', '--out', cli.file(name));
    const ids = ['a.json', 'b.json'].map((name) => cli.document(name).id);
    const { code } = await cli.run('compare', ...ids, '--html', cli.file('comparison.html'));
    expect(code).toBe(0);
    const page = readFileSync(cli.file('comparison.html'), 'utf8');
    for (const text of ['<!doctype html>', ...ids, 'aria-label="Throughput"', 'aria-label="Latency by percentile'])
      expect(page).toContain(text);
    // Two runs tell nothing of the noise of a machine.
    expect((await cli.run('compare', ...ids, '--fail-on', 'worse')).code).toBe(0);
    expect((await cli.run('compare', ...ids, '--fail-on', 'worse', '--strict')).code).toBe(75);
  }, 60_000);
});
