import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportedFigures } from './importer';
import { readResult } from './readResult';

const folder = resolve(import.meta.dirname, '../../../tests/fixtures/imports');

/** The results in a file of the fixtures. */
async function results(name: string): Promise<readonly ImportedFigures[]> {
  const { content } = await readResult(join(folder, name));
  if (content.kind === 'run') throw new Error(`${name} is a run`);
  return content.results;
}

async function result(name: string): Promise<ImportedFigures> {
  const [first, ...others] = await results(name);
  if (!first || others.length > 0) throw new Error(`${name} has ${others.length + 1} results`);
  return first;
}

/** Returns the figures for a line of a table: requests, failures, and latencies in ms. */
function gist({ tool, metrics, latency, histogram }: ImportedFigures) {
  const { http_req_duration: duration, http_reqs, http_req_failed } = metrics;
  const { 50: p50, 95: p95, 99: p99 } = duration.percentiles;
  return {
    tool,
    requests: http_reqs.count,
    failed: http_req_failed?.count ?? null,
    p50: p50 ?? null,
    p95: p95 ?? null,
    p99: p99 ?? null,
    starts: latency.starts,
    ends: latency.ends,
    mixed: latency.includesFailures,
    distribution: histogram !== null,
  };
}

/** To three digits, as histograms keep values. */
function about(value: number): number {
  return expect.closeTo(value, Math.max(0, 2 - Math.floor(Math.log10(value))));
}

describe('results that tools have written', () => {
  it.each([
    ['wrk-4.1.txt', { tool: 'wrk', requests: 43_998, failed: 0, p50: 0.17, p95: null, p99: 14.71, starts: 'send' }],
    ['wrk-4.1-without-latency.txt', { tool: 'wrk', requests: 607, failed: 0, p50: null, p99: null, starts: 'send' }],
    ['hey-0.1.4.txt', { tool: 'hey', requests: 200, failed: 20, p50: 3.1, p95: 7, p99: 18.5, mixed: true }],
    ['siege-4.0.7.json', { tool: 'siege', requests: 100, failed: 10, p50: null, mixed: true }],
    ['autocannon-9.0.txt', { tool: 'autocannon', requests: 657, failed: 66, p50: 2, p95: null, p99: 8, mixed: true }],
    ['hey-0.1.4.csv', { tool: 'hey', requests: 200, failed: 0, starts: 'request', distribution: true }],
    ['ab-2.3.txt', { tool: 'ab', requests: 200, failed: 0, p50: 0, p95: 1, p99: 7, starts: 'request' }],
    ['autocannon-9.0.json', { tool: 'autocannon', requests: 52_905, failed: 0, p50: 0, p95: null, starts: 'send' }],
    ['autocannon-9.0-histograms.json', { tool: 'autocannon', requests: 55_099, failed: 0, distribution: true }],
    [
      'artillery-2.0.34.json',
      { tool: 'artillery', requests: 200, failed: 0, p50: 0, p95: 2, p99: 8.9, ends: 'first-byte' },
    ],
    [
      'jmeter-2.13.jtl',
      { tool: 'jmeter', requests: 160, failed: 80, starts: 'request', distribution: true, mixed: false },
    ],
    ['locust-2.12_stats.csv', { tool: 'locust', requests: 7_075, failed: 665, p50: 2, p95: 3, p99: 5, mixed: true }],
  ])('reads %s', async (name, expected) => {
    expect(gist(await result(name))).toMatchObject(expected);
  });

  it('reads the commands of hyperfine as results of their own, in seconds', async () => {
    const [quick, slow] = await results('hyperfine.json');
    expect(quick?.subject).toBe('true');
    expect(slow?.subject).toBe('sleep 0.01');
    expect(slow?.metrics.http_reqs.count).toBe(10);
    expect(slow?.metrics.http_req_duration.min).toBeGreaterThan(10);
    expect(slow?.metrics.http_req_duration.min).toBeLessThan(100);
    expect(slow?.latency).toMatchObject({ starts: 'command', ends: 'exit' });
  });

  it('flags what the correction of autocannon has made up', async () => {
    expect((await result('autocannon-9.0-corrected.json')).notes[0]).toContain('Do not use these percentiles');
    expect((await result('autocannon-9.0.json')).notes.join()).not.toContain('Do not use');
  });

  it('tells the time, the periods and the endpoints of Artillery', async () => {
    const report = await result('artillery-2.0.34.json');
    expect(report.startedAt).toBe(new Date(1_795_516_485_142).toISOString());
    expect(report.durationMs).toBe(9_950);
    expect(report.intervals.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(200);
    expect(report.intervals.at(-1)?.t).toBe(9.95);
    expect(Object.keys(report.metrics.by_operation)).toEqual([
      '/tenants/{{ tenant }}/documents',
      '/tenants/{{ tenant }}/documents/{{ document }}',
    ]);
  });
});

describe('results as they are documented', () => {
  it.each([
    ['k6-summary-export.json', { tool: 'k6', requests: 4_000, failed: 10, p50: 2.4, p95: 9.4, mixed: false }],
    [
      'k6-handle-summary.json',
      { tool: 'k6', requests: 4_000, failed: 0, p50: 2.5, p95: 9.5, p99: 20.25, mixed: false },
    ],
    [
      'k6-machine-readable.json',
      { tool: 'k6', requests: 4_000, failed: 10, p50: 2.5, p95: 9.5, p99: null, mixed: true },
    ],
    ['k6-samples.json', { tool: 'k6', requests: 40, failed: 4, distribution: true, mixed: false }],
    ['k6-samples.csv', { tool: 'k6', requests: 40, failed: 4, distribution: true, mixed: false }],
    ['artillery-1.json', { tool: 'artillery', requests: 200, failed: 2, p50: 2.5, p95: 9.5, p99: 20.2 }],
    ['vegeta-report.json', { tool: 'vegeta', requests: 4_000, failed: 10, p50: 25, p95: 95, p99: 202.5, mixed: true }],
    ['vegeta-hits.json', { tool: 'vegeta', requests: 40, failed: 4, distribution: true, starts: 'request' }],
    ['vegeta-hits.csv', { tool: 'vegeta', requests: 40, failed: 4, distribution: true, starts: 'request' }],
    // The output of encoding/gob of Go 1.19 for the struct of `vegeta attack`.
    ['vegeta-attack.gob', { tool: 'vegeta', requests: 40, failed: 4, distribution: true, starts: 'request' }],
    ['oha-1.15.json', { tool: 'oha', requests: 4_000, failed: 10, p50: 25, p95: 95, p99: 202.5, mixed: true }],
    ['wrk2-4.0.txt', { tool: 'wrk2', requests: 60_018, failed: 3, p50: 6.67, p99: 11.18, starts: 'intended' }],
    ['vegeta-hdrplot.txt', { tool: 'vegeta', requests: 1_000, failed: null, distribution: true }],
    ['jmeter-5.6.jtl', { tool: 'jmeter', requests: 40, failed: 4, distribution: true, mixed: false }],
    ['locust-2.40.json', { tool: 'locust', requests: 6, failed: 1, distribution: true, mixed: true }],
  ])('reads %s', async (name, expected) => {
    expect(gist(await result(name))).toMatchObject(expected);
  });

  it('minds that in a summary export of k6 a threshold that is true has failed', async () => {
    const expected = [
      { metric: 'http_req_duration', expression: 'p(95)<5', ok: false },
      { metric: 'http_req_duration', expression: 'p(95)<200', ok: true },
    ];
    expect((await result('k6-summary-export.json')).thresholds).toEqual([
      ...expected,
      { metric: 'http_req_failed', expression: 'rate<0.01', ok: true },
    ]);
    expect((await result('k6-handle-summary.json')).thresholds.slice(0, 2)).toEqual(expected);
    expect((await result('k6-machine-readable.json')).notes.join()).toContain('no thresholds');
  });

  it.each(['k6-samples.json', 'vegeta-hits.json', 'vegeta-hits.csv', 'vegeta-attack.gob', 'jmeter-5.6.jtl'])(
    'keeps the distribution and the seconds of the requests in %s',
    async (name) => {
      const { metrics, intervals, durationMs } = await result(name);
      // Latencies of 1 to 40 ms. Every tenth belongs to a failed request.
      expect(metrics.http_req_duration).toMatchObject({ count: 36, min: 1, max: 39 });
      expect(metrics.http_req_duration.percentiles['50']).toBeCloseTo(19, 0);
      expect(metrics.http_req_duration.percentiles['99']).toBeCloseTo(39, 0);
      expect(intervals).toHaveLength(4);
      expect(intervals.reduce((sum, { failed }) => sum + (failed ?? 0), 0)).toBe(4);
      expect(intervals.reduce((sum, { count }) => sum + count, 0)).toBe(40);
      expect(durationMs).toBeGreaterThan(3_890);
      expect(durationMs).toBeLessThan(3_960);
    },
  );

  it('tells operations apart, whatever their names hold', async () => {
    expect(Object.keys((await result('jmeter-5.6.jtl')).metrics.by_operation)).toEqual(['read, all', 'write']);
    expect(Object.keys((await result('k6-samples.csv')).metrics.by_operation)).toContain('http://127.0.0.1/a,b');
    expect(Object.keys((await result('k6-handle-summary.json')).metrics.by_operation)).toEqual(['read']);
    expect(Object.keys((await result('locust-2.12_stats.csv')).metrics.by_operation)).toContain(
      'GET missing, on purpose',
    );
  });

  it('reads time zones, nanoseconds and seconds since 1970', async () => {
    expect((await result('k6-samples.json')).startedAt).toBe('2026-08-21T07:59:59.999Z');
    expect((await result('vegeta-report.json')).startedAt).toBe('2026-08-21T08:00:00.000Z');
    expect((await result('k6-machine-readable.json')).startedAt).toBe('2026-08-21T10:00:00.000Z');
    expect((await result('locust-2.40.json')).durationMs).toBe(20_000);
  });

  it('takes a spectrum of wrk2 for the distribution that it is', async () => {
    const { metrics, subject } = await result('wrk2-4.0.txt');
    expect(subject).toBe('http://127.0.0.1:8080/index.html');
    expect(metrics.http_req_duration.count).toBe(39_500);
    expect(metrics.http_req_duration.percentiles['90']).toBe(9.14);
    expect(metrics.http_req_duration.max).toEqual(about(12.5));
  });
});
