import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportedFigures } from './importer';
import { readResult } from './readResult';

const folder = resolve(import.meta.dirname, '../../../tests/fixtures/import-cases');

async function results(name: string): Promise<readonly ImportedFigures[]> {
  const { content } = await readResult(join(folder, name));
  if (content.kind === 'run') throw new Error(`${name} is a run`);
  return content.results;
}

/** The figures for a line of a table: times in ms, and null for figures that the file does not state. */
interface Gist {
  requests: number;
  failed: number | null;
  rate: number | null;
  durationMs: number | null;
  startedAt: string | null;
  subject: string | null;
  min: number | null;
  mean: number | null;
  max: number | null;
  /** P50, P90, ... */
  p: Record<string, number>;
}

function gistOf({ metrics, durationMs, startedAt, subject }: ImportedFigures): Gist {
  const { http_req_duration: latency, http_reqs, http_req_failed } = metrics;
  return {
    requests: http_reqs.count,
    failed: http_req_failed?.count ?? null,
    rate: http_reqs.rate,
    durationMs,
    startedAt,
    subject,
    min: latency.min,
    mean: latency.mean,
    max: latency.max,
    p: latency.percentiles,
  };
}

const firstRowLate = {
  requests: 4,
  durationMs: 10_000,
  rate: expect.closeTo(0.4, 9),
  startedAt: '2023-11-14T22:13:20.000Z',
};
const locust = {
  requests: 100,
  failed: 1,
  rate: 10,
  durationMs: 10_000,
  max: 200,
  p: { 50: 21, 66: 26, 75: 31, 80: 36, 90: 62, 95: 90, 98: 120, 99: 150, 99.9: 200, 99.99: 200 },
};
const ab = { requests: 100, failed: 0, durationMs: 1_000, rate: 100, max: 40, p: { 50: 5, 95: 20, 99: 30 } };
const jmeterTable = {
  requests: 100,
  failed: 1,
  rate: 10,
  durationMs: 10_000,
  max: 90,
  p: { 50: 10, 90: 20, 95: 30, 99: 60 },
};

type Case = readonly [name: string, expected: readonly object[], said: readonly RegExp[]];

const cases: readonly Case[] = [
  [
    'artillery1.json',
    [{ requests: 100, failed: 4, rate: 10, durationMs: 10_000, min: 1, max: 90, p: { 50: 5, 95: 20, 99: 40 } }],
    [/first byte/, /does not say when the run started/, /code of 400 or more/],
  ],
  ['locust-linux_stats.csv', [locust], [/include failed requests/]],
  ['locust-windows_stats.csv', [locust], [/include failed requests/]],
  ['jmeter-first-row-started-late.jtl', [firstRowLate], []],
  ['vegeta-first-row-started-late.json', [firstRowLate], []],
  ['k6-first-row-started-late.json', [firstRowLate], []],
  ['hey-first-row-started-late.csv', [{ ...firstRowLate, startedAt: null }], [/when the run started/]],
  [
    'jmeter-transactions.jtl',
    [{ requests: 10, max: 200, p: expect.objectContaining({ 50: expect.closeTo(100, 0), 95: 200 }) }],
    [/5 rows of transaction controllers are not among the requests/],
  ],
  [
    'two-digits-with-StartTime.hlog',
    [
      {
        requests: 1_000,
        failed: null,
        durationMs: 1_000,
        rate: 1_000,
        startedAt: '2023-11-14T22:13:20.000Z',
        max: expect.closeTo(90.178, 2),
        p: expect.objectContaining({ 50: 0.344, 95: 0.344, 99: expect.closeTo(5.014, 2) }),
      },
    ],
    [/nanoseconds/, /what failed/],
  ],
  [
    'wrk-two-runs.txt',
    [
      { requests: 1_000, subject: 'http://127.0.0.1:3000/a', p: { 50: 1, 75: 1.1, 90: 1.2, 99: 5 } },
      { requests: 100, subject: 'http://127.0.0.1:3000/b', p: { 50: 200, 75: 210, 90: 220, 99: 800 } },
    ],
    [/holds 2 results/],
  ],
  [
    'wrk-without-latency.txt',
    [{ requests: 1_000, mean: 1, max: 9, min: null, rate: 100, durationMs: 10_000, p: {} }],
    [/no percentiles.*run wrk with --latency/],
  ],
  [
    'autocannon-text.txt',
    [{ requests: 12_000, durationMs: 10_020, mean: 2.1, max: 40, p: { 2.5: 1, 50: 2, 97.5: 5, 99: 8 } }],
    [/12k, is rounded/, /run it with --json/],
  ],
  ['ab-after-prompt.txt', [ab], []],
  ['ab-without-first-line.txt', [ab], []],
  ['ab-two-runs.txt', [ab, { requests: 700, p: { 50: 5, 95: 900, 99: 30 } }], [/holds 2 results/]],
  [
    'oha-deadline.json',
    [{ requests: 1_000, failed: 0, rate: 100, durationMs: 10_000, p: { 50: 10, 95: 50, 99: 100 } }],
    [/20 requests were in flight when the time was up/],
  ],
  [
    'k6-threshold-beside-other-latency.json',
    [{ requests: 1_000, failed: 950, p: { 50: 1_679, 90: 1_948, 95: 1_948 } }],
    [/over all requests \(P95 91 ms\).*successful ones \(P95 1948 ms\)/],
  ],
  ['k6-csv-short.csv', [{ requests: 3, durationMs: null, rate: null }], [/whole seconds/, /K6_CSV_TIME_FORMAT/]],
  [
    'jmeter-no-time.jtl',
    [{ requests: 3, failed: 3, startedAt: null, durationMs: null, rate: null, p: {} }],
    [/does not say when requests were sent/],
  ],
  [
    'jmeter-formatted-time.csv',
    [{ requests: 2, min: 100, max: 200, durationMs: 1_200, startedAt: null }],
    [/no time zone/],
  ],
  ['jmeter-slash-time.csv', [{ requests: 1, max: 100, startedAt: null }], [/no time zone/]],
  ['jmeter-tab.jtl', [{ requests: 1, max: 100, startedAt: '2023-11-14T22:13:20.000Z' }], []],
  ['jmeter-semicolon.jtl', [{ requests: 1, max: 100, startedAt: '2023-11-14T22:13:20.000Z' }], []],
  ['jmeter.xml', [{ requests: 2, failed: 1, p: expect.objectContaining({ 50: 100 }), durationMs: 1_300 }], []],
  ['jmeter-statistics.json', [{ ...jmeterTable, mean: 12.5 }], [/aggregate_rpt_pct1/, /include failed samples/]],
  ['jmeter-aggregate.csv', [{ ...jmeterTable, mean: 12 }], [/include failed samples/]],
  ['autocannon-empty-title.json', [{ subject: 'http://127.0.0.1:3000' }], []],
  ['autocannon-2016-p999.json', [{ p: expect.objectContaining({ 99.9: 38, 99.99: 40 }) }], []],
  ['k6-summary-export-rate.json', [{ requests: 3_000, rate: 100, durationMs: 30_000 }], []],
  [
    'locust_stats_history.csv',
    [{ requests: 100, failed: 1, startedAt: '2023-11-14T22:13:20.000Z', rate: null, mean: 25.5, max: 200 }],
    [/whole seconds/, /_stats\.csv beside it/],
  ],
  [
    'hey-text.txt',
    [
      {
        requests: 200,
        failed: 1,
        rate: 200,
        durationMs: 1_000,
        min: 1,
        max: 40,
        mean: 5,
        p: { 10: 2, 50: 5, 95: 20, 99: 30 },
      },
    ],
    [/include failed responses/],
  ],
  [
    'vegeta-text.txt',
    [
      {
        requests: 1_000,
        failed: 10,
        rate: 100,
        durationMs: 10_100,
        min: 0.5,
        mean: 5,
        max: 1_050,
        p: { 50: 4, 90: 10, 95: 20, 99: 30 },
      },
    ],
    [/include failed requests/],
  ],
];

describe('files that were read wrong', () => {
  it.each(cases)('%s', async (name, expected, said) => {
    const read = await results(name);
    expect(read.map(gistOf)).toMatchObject(expected);
    expect(read).toHaveLength(expected.length);
    // The table states all the percentiles that there are.
    read.forEach((result, index) => {
      const each = expected[index];
      if (each && 'p' in each) expect(gistOf(result).p).toEqual(each.p);
    });
    for (const pattern of said) expect(read[0]?.notes.join('\n')).toMatch(pattern);
  });

  it('puts transactions apart', async () => {
    const [result] = await results('jmeter-transactions.jtl');
    expect(result?.metrics.by_operation).toMatchObject({
      login: { count: 5, max: 100 },
      list: { count: 5, max: 200 },
      'Journey (transaction)': { count: 5, max: 300 },
    });
  });

  it('reads the history of Locust over time', async () => {
    const [result] = await results('locust_stats_history.csv');
    expect(result?.intervals).toEqual([
      { t: 10, lengthS: 10, count: 100, failed: 1, p50: null, p95: null, p99: null, max: null },
    ]);
  });

  it('refuses tools that are not read, by their names', async () => {
    await expect(readResult(join(folder, 'bombardier-then-go-wrk.txt'))).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(/what (bombardier|go-wrk) prints, which Proofload does not read/),
    });
  });

  it('reads the files of Windows as those of Linux', async () => {
    expect(readFileSync(join(folder, 'locust-windows_stats.csv'), 'utf8')).toContain('\r\r\n');
    expect(await results('locust-windows_stats.csv')).toEqual(await results('locust-linux_stats.csv'));
  });
});
