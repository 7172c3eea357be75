import { type ForeignFormat, type ForeignRun, iso, meanOf, percentileOf } from './foreignRun';

/* Documents and tables with the figures of a whole run. */

const summary = {
  latencies: 'all',
  ranks: [50, 95, 99],
  resolution: { ms: 0.001, share: 0.001 },
  startMs: null,
  durationMs: 1,
  hasRate: true,
} as const;

const rank = (values: readonly number[], percentile: number, scale = 1): number =>
  percentileOf(values, percentile) * scale;
const least = (values: readonly number[]): number => values[0] ?? Number.NaN;
const greatest = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;
const seconds = (values: readonly number[], ...ranks: number[]): Record<string, number> =>
  Object.fromEntries(ranks.map((each) => [`p${each}`, rank(values, each, 0.001)]));
const codes = ({ count, failed }: ForeignRun): Record<string, number> => ({ 200: count - failed, 500: failed });

/** `2` for 2.4 ms, `240` for 243 and `2400` for 2,430, as Locust rounds. */
function locustRounded(ms: number): number {
  const digits = ms < 100 ? 1 : ms < 1_000 ? 10 : 100;
  return Math.round(ms / digits) * digits;
}

function locustRow(run: ForeignRun, type: string, name: string): string {
  const ranks = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100].map((each) => locustRounded(rank(run.all, each)));
  const cells = [run.count, run.failed, locustRounded(rank(run.all, 50)), meanOf(run.all), least(run.all)];
  return [type, name, ...cells, greatest(run.all), 10, run.rate, 0, ...ranks].join();
}

const k6Trend = (values: readonly number[]): Record<string, number> => ({
  avg: meanOf(values),
  min: least(values),
  med: rank(values, 50),
  max: greatest(values),
  'p(95)': rank(values, 95),
  'p(99)': rank(values, 99),
});

const jmeterStatistic = (run: ForeignRun, transaction: string): object => ({
  transaction,
  sampleCount: run.count,
  errorCount: run.failed,
  errorPct: (run.failed / run.count) * 100,
  meanResTime: meanOf(run.all),
  medianResTime: rank(run.all, 50),
  minResTime: least(run.all),
  maxResTime: greatest(run.all),
  pct1ResTime: rank(run.all, 90),
  pct2ResTime: rank(run.all, 95),
  pct3ResTime: rank(run.all, 99),
  throughput: run.rate,
});

const gatlingFigures = (run: ForeignRun, of: (values: readonly number[]) => number): object => ({
  total: of(run.all),
  ok: of(run.successful),
  ko: 0,
});

/** A spectrum of all latencies as Nighthawk writes it, a line for each. */
const nighthawkSpectrum = ({ all, count }: ForeignRun): object[] =>
  all.map((ms, index) => ({
    percentile: (index + 1) / count,
    count: String(index + 1),
    duration: `${(ms / 1_000).toFixed(9)}s`,
  }));

export const summaryFormats: readonly ForeignFormat[] = [
  {
    ...summary,
    name: 'JMeter, statistics.json',
    write: (run) => JSON.stringify({ a: jmeterStatistic(run, 'a'), Total: jmeterStatistic(run, 'Total') }),
  },
  {
    ...summary,
    name: 'JMeter, Aggregate Report',
    resolution: { ms: 0.51, share: 0 },
    write: (run) => {
      const ranks = [50, 90, 95, 99].map((each) => Math.round(rank(run.all, each)));
      const ends = [Math.round(least(run.all)), Math.round(greatest(run.all))];
      const share = `${((run.failed / run.count) * 100).toFixed(3)}%`;
      const row = [run.count, Math.round(meanOf(run.all)), ...ranks, ...ends, share, run.rate, 1, 1].join();
      return `Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput,Received KB/sec,Sent KB/sec\na,${row}\nTOTAL,${row}\n`;
    },
  },
  {
    ...summary,
    name: 'k6, --summary-export',
    latencies: 'successful',
    write: (run) =>
      JSON.stringify({
        root_group: {},
        metrics: {
          http_req_duration: k6Trend(run.all),
          'http_req_duration{expected_response:true}': k6Trend(run.successful),
          http_reqs: { count: run.count, rate: run.rate },
          http_req_failed: { passes: run.failed, fails: run.count - run.failed, value: run.failed / run.count },
        },
      }),
  },
  {
    ...summary,
    name: 'k6, handleSummary',
    latencies: 'successful',
    write: (run) =>
      JSON.stringify({
        state: { testRunDurationMs: run.durationMs },
        metrics: {
          http_req_duration: { type: 'trend', contains: 'time', values: k6Trend(run.all) },
          'http_req_duration{expected_response:true}': { type: 'trend', values: k6Trend(run.successful) },
          http_reqs: { type: 'counter', values: { count: run.count, rate: run.rate } },
          http_req_failed: { type: 'rate', values: { rate: run.failed / run.count, passes: run.failed } },
        },
      }),
  },
  {
    ...summary,
    name: 'Vegeta, report',
    startMs: 1,
    write: (run) =>
      JSON.stringify({
        latencies: {
          mean: Math.round(meanOf(run.all) * 1e6),
          '50th': Math.round(rank(run.all, 50, 1e6)),
          '95th': Math.round(rank(run.all, 95, 1e6)),
          '99th': Math.round(rank(run.all, 99, 1e6)),
          max: Math.round(greatest(run.all) * 1e6),
        },
        bytes_in: { total: 1, mean: 1 },
        earliest: iso(run.startMs),
        duration: Math.round(run.durationMs * 1e6),
        wait: 0,
        requests: run.count,
        rate: run.rate,
        success: 1 - run.failed / run.count,
        status_codes: codes(run),
      }),
  },
  {
    ...summary,
    name: 'oha, JSON',
    write: (run) =>
      JSON.stringify({
        summary: {
          total: run.durationMs / 1_000,
          slowest: greatest(run.all) / 1_000,
          fastest: least(run.all) / 1_000,
          average: meanOf(run.all) / 1_000,
          requestsPerSec: run.rate,
        },
        latencyPercentiles: seconds(run.all, 50, 95, 99),
        statusCodeDistribution: codes(run),
        errorDistribution: {},
      }),
  },
  {
    ...summary,
    name: 'autocannon, JSON',
    ranks: [50, 97.5, 99],
    resolution: { ms: 0.51, share: 0 },
    startMs: 1,
    durationMs: 10,
    write: (run) =>
      JSON.stringify({
        url: 'http://127.0.0.1/',
        connections: 1,
        pipelining: 1,
        duration: Math.round(run.durationMs / 10) / 100,
        start: iso(run.startMs),
        errors: 0,
        non2xx: run.failed,
        latency: {
          mean: meanOf(run.all),
          p50: Math.round(rank(run.all, 50)),
          p97_5: Math.round(rank(run.all, 97.5)),
          p99: Math.round(rank(run.all, 99)),
          totalCount: run.count,
        },
        requests: { total: run.count },
      }),
  },
  {
    ...summary,
    name: 'Artillery 2',
    latencies: 'successful',
    resolution: { ms: 0.06, share: 0 },
    startMs: 1,
    write: (run) => {
      const figures = (values: readonly number[]): object => ({
        min: least(values),
        max: greatest(values),
        count: values.length,
        p50: Number(rank(values, 50).toFixed(1)),
        p95: Number(rank(values, 95).toFixed(1)),
        p99: Number(rank(values, 99).toFixed(1)),
      });
      return JSON.stringify({
        aggregate: {
          counters: {
            'http.requests': run.count,
            'http.codes.200': run.count - run.failed,
            'http.codes.500': run.failed,
          },
          summaries: { 'http.response_time': figures(run.all), 'http.response_time.2xx': figures(run.successful) },
          firstMetricAt: run.startMs,
          lastMetricAt: Math.round(run.startMs + run.durationMs),
        },
        intermediate: [],
      });
    },
  },
  {
    ...summary,
    name: 'Artillery 1',
    resolution: { ms: 0.06, share: 0 },
    write: (run) =>
      JSON.stringify({
        aggregate: {
          requestsCompleted: run.count,
          latency: {
            min: least(run.all),
            max: greatest(run.all),
            median: Number(rank(run.all, 50).toFixed(1)),
            p95: Number(rank(run.all, 95).toFixed(1)),
            p99: Number(rank(run.all, 99).toFixed(1)),
          },
          rps: { count: run.count, mean: run.rate },
          codes: codes(run),
          errors: {},
          counters: {},
        },
      }),
  },
  {
    ...summary,
    name: 'Locust, _stats.csv',
    resolution: { ms: 0.51, share: 0.05 },
    write: (run) => {
      const names = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100].map((each) => `${each}%`);
      return `Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,${names}\n${locustRow(run, 'GET', '/a')}\n${locustRow(run, '', 'Aggregated')}\n`;
    },
  },
  {
    ...summary,
    name: 'Locust, --json',
    resolution: { ms: 0.51, share: 0.052 },
    startMs: 1,
    write: (run) => {
      const times = new Map<number, number>();
      for (const ms of run.all) times.set(locustRounded(ms), (times.get(locustRounded(ms)) ?? 0) + 1);
      return JSON.stringify([
        {
          name: '/a',
          method: 'GET',
          num_requests: run.count,
          num_failures: run.failed,
          start_time: run.startMs / 1_000,
          last_request_timestamp: (run.startMs + run.durationMs) / 1_000,
          response_times: Object.fromEntries(times),
        },
      ]);
    },
  },
  {
    ...summary,
    name: 'bombardier',
    write: (run) =>
      JSON.stringify({
        spec: { url: 'http://127.0.0.1/' },
        result: {
          timeTakenSeconds: run.durationMs / 1_000,
          req1xx: 0,
          req2xx: run.count - run.failed,
          req3xx: 0,
          req4xx: 0,
          req5xx: run.failed,
          others: 0,
          latency: {
            mean: meanOf(run.all) * 1_000,
            max: greatest(run.all) * 1_000,
            percentiles: Object.fromEntries([50, 95, 99].map((each) => [each, Math.round(rank(run.all, each, 1_000))])),
          },
        },
      }),
  },
  {
    ...summary,
    name: 'Fortio',
    startMs: 1,
    write: (run) =>
      JSON.stringify({
        RunType: 'HTTP',
        StartTime: iso(run.startMs),
        ActualQPS: run.rate,
        ActualDuration: Math.round(run.durationMs * 1e6),
        DurationHistogram: {
          Count: run.count,
          Min: least(run.all) / 1_000,
          Max: greatest(run.all) / 1_000,
          Avg: meanOf(run.all) / 1_000,
          Percentiles: [50, 95, 99].map((each) => ({ Percentile: each, Value: rank(run.all, each, 0.001) })),
        },
        RetCodes: codes(run),
      }),
  },
  {
    ...summary,
    name: 'Nighthawk',
    startMs: 1,
    resolution: { ms: 0.002, share: 0.002 },
    write: (run) =>
      JSON.stringify({
        results: [
          {
            name: 'global',
            statistics: [
              {
                id: 'benchmark_http_client.request_to_response',
                count: String(run.count),
                percentiles: nighthawkSpectrum(run),
              },
            ],
            counters: [
              { name: 'benchmark.http_2xx', value: String(run.count - run.failed) },
              { name: 'benchmark.http_5xx', value: String(run.failed) },
            ],
            execution_duration: `${(run.durationMs / 1_000).toFixed(6)}s`,
            execution_start: iso(run.startMs),
          },
        ],
      }),
  },
  {
    ...summary,
    name: 'ghz, without details',
    latencies: 'successful',
    startMs: 1_001,
    write: (run) =>
      JSON.stringify({
        date: iso(Math.floor((run.startMs + run.durationMs) / 1_000) * 1_000),
        count: run.count,
        total: Math.round(run.durationMs * 1e6),
        average: Math.round(meanOf(run.all) * 1e6),
        fastest: Math.round(least(run.successful) * 1e6),
        slowest: Math.round(greatest(run.successful) * 1e6),
        rps: run.rate,
        statusCodeDistribution: { OK: run.count - run.failed, Unavailable: run.failed },
        latencyDistribution: [50, 95, 99].map((each) => ({
          percentage: each,
          latency: Math.round(rank(run.successful, each, 1e6)),
        })),
      }),
  },
  {
    ...summary,
    name: 'Gatling, stats.json',
    latencies: 'successful',
    write: (run) =>
      JSON.stringify({
        type: 'GROUP',
        name: 'All Requests',
        stats: {
          name: 'All Requests',
          numberOfRequests: { total: run.count, ok: run.count - run.failed, ko: run.failed },
          minResponseTime: gatlingFigures(run, least),
          maxResponseTime: gatlingFigures(run, greatest),
          meanResponseTime: gatlingFigures(run, meanOf),
          percentiles1: gatlingFigures(run, (values) => rank(values, 50)),
          percentiles2: gatlingFigures(run, (values) => rank(values, 75)),
          percentiles3: gatlingFigures(run, (values) => rank(values, 95)),
          percentiles4: gatlingFigures(run, (values) => rank(values, 99)),
          meanNumberOfRequestsPerSecond: { total: run.rate, ok: 0, ko: 0 },
        },
        contents: {},
      }),
  },
];
