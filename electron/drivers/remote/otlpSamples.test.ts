import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { batch, counter, gauge, trend } from '../../../tests/support/otlpBatches.mjs';
import type { ToolListener, ToolRequest } from '../toolEvents';
import { bucketShareOf, dealt, exponentialBuckets } from './exponentialBuckets';
import { OtlpSamples } from './otlpSamples';

const startMs = Date.UTC(2026, 0, 1);
const tags = { operation: 'read', expected_response: 'true', status: '200', scenario: 'proofload', instance_id: '1' };

/** What the listeners of all runners are told, with the number of the runner. */
function read(lines: readonly string[], journeys: readonly string[] = []) {
  const told: unknown[][] = [];
  const requests: ToolRequest[] = [];
  let runners = 0;
  const listen = (): ToolListener => {
    runners += 1;
    const runner = runners;
    const note =
      (name: string) =>
      (...args: unknown[]): void => {
        told.push([runner, name, ...args]);
      };
    return {
      started: note('started'),
      sent: note('sent'),
      ended: (request) => {
        requests.push(request);
        told.push([runner, 'ended']);
      },
      phase: note('phase'),
      dropped: note('dropped'),
      iterationBegan: note('iterationBegan'),
      iterationEnded: note('iterationEnded'),
      checked: note('checked'),
      wasLate: note('wasLate'),
    };
  };
  const samples = new OtlpSamples(listen, journeys);
  for (const line of lines) samples.line(line);
  return { samples, told, requests };
}

describe('metrics of runners', () => {
  it('become requests, spread over the time of their export, each at the upper bound of its bucket', () => {
    const values = [10, 10, 10, 10, 20, 20, 20, 20, 40];
    const { told, samples, requests } = read([
      'a message of the collector',
      batch([gauge('proofload_started_ms', { instance_id: '1' }, startMs, startMs)]),
      batch([
        counter('http_reqs', tags, startMs, startMs + 1_000, 9),
        trend('http_req_duration', tags, startMs, startMs + 1_000, values),
      ]),
    ]);
    expect(told[0]).toEqual([1, 'started', startMs]);
    expect(requests.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(9);
    expect([...new Set(requests.map(({ endedMs }) => endedMs - startMs))].sort((a, b) => a - b)).toEqual([
      125, 375, 625, 875,
    ]);
    const longest = requests.map(({ startedMs, endedMs }) => endedMs - startedMs);
    expect(Math.min(...longest)).toBeCloseTo(10, 6);
    expect(Math.max(...longest)).toBeCloseTo(40, 6);
    for (const value of longest)
      expect([10, 20, 40].some((exact) => value >= exact - 1e-6 && value <= exact * 1.03)).toBe(true);
    expect(samples.requests).toBe(9);
    expect(samples.lastMs).toBe(startMs + 1_000);
    expect(samples.bucketShare).toBeCloseTo(1 - 2 ** (-1 / 32), 9);
  });

  it('tell runners, failures, the warm-up and phases apart', () => {
    const failed = { ...tags, instance_id: '2', expected_response: 'false', status: '503' };
    const warm = { ...tags, scenario: 'warmup' };
    const { told, requests } = read([
      batch([
        trend('http_req_duration', failed, startMs, startMs + 1_000, [5]),
        trend('http_req_duration', warm, startMs, startMs + 1_000, [6]),
        trend('http_req_waiting', tags, startMs, startMs + 1_000, [4]),
        trend('http_req_connecting', tags, startMs, startMs + 1_000, [0, 0, 3]),
        counter('dropped_iterations', { scenario: 'proofload', instance_id: '1' }, startMs, startMs + 1_000, 2),
        counter('dropped_iterations', { scenario: 'warmup', instance_id: '1' }, startMs, startMs + 1_000, 9),
      ]),
    ]);
    expect(requests).toMatchObject([
      { failure: 'status-503', isWarmup: false, times: 1 },
      { failure: undefined, isWarmup: true, times: 1 },
    ]);
    expect(new Set(told.filter(([, name]) => name === 'ended').map(([runner]) => runner))).toEqual(new Set([1, 2]));
    const phases = told.filter(([, name]) => name === 'phase').map(([, , phase]) => phase);
    expect(phases).toEqual([
      expect.objectContaining({ phase: 'http_req_waiting', times: 1, hasFailed: false }),
      expect.objectContaining({ phase: 'http_req_connecting', times: 1, durationMs: 3 }),
    ]);
    expect(told.filter(([, name]) => name === 'dropped')).toEqual([[2, 'dropped', startMs + 1_000, 2]]);
  });

  it('become checks and iterations of a journey', () => {
    const of = { ...tags, operation: 'buy / pay', check: 'is paid' };
    const { told } = read(
      [
        batch([
          counter('checks.total', { ...of, condition: 'nonzero' }, startMs, startMs + 1_000, 3),
          counter('checks.total', { ...of, condition: 'zero' }, startMs, startMs + 1_000, 1),
          trend('iteration_duration', { scenario: 'proofload', instance_id: '1' }, startMs, startMs + 1_000, [90]),
        ]),
      ],
      ['buy'],
    );
    const several = { times: 3, isWarmup: false };
    expect(told.slice(0, 2)).toEqual([
      [1, 'checked', startMs + 1_000, 'buy / pay', 'is paid', true, several],
      [1, 'checked', startMs + 1_000, 'buy / pay', 'is paid', false, { ...several, times: 1 }],
    ]);
    expect(told[2]?.slice(0, 3)).toEqual([1, 'iterationEnded', 'buy']);
  });

  it('are refused where they can not be added up: cumulative ones, and buckets of fixed bounds', () => {
    const sum = { aggregationTemporality: 2, dataPoints: [] };
    expect(() => read([batch([{ name: 'http_reqs', sum }])])).toThrow();
    expect(() => read([batch([{ name: 'http_req_duration', histogram: { dataPoints: [] } }])])).toThrow();
  });
});

describe('exponential buckets', () => {
  const latencies = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 200 });

  it('give percentiles that are never below the true ones, nor above them by more than a bucket', () => {
    fc.assert(
      fc.property(latencies, fc.integer({ min: 3, max: 8 }), (values, scale) => {
        const { requests } = read([batch([trend('http_req_duration', tags, 0, 1_000, values, scale)])]);
        const [bucketed, exact] = [new LatencyHistogram(), new LatencyHistogram()];
        for (const { startedMs, endedMs, times } of requests) bucketed.record((endedMs - startedMs) * 1_000, times);
        for (const value of values) exact.record(value * 1_000);
        expect(bucketed.count).toBe(exact.count);
        for (const percentile of [50, 90, 99, 100]) {
          const [is, was] = [bucketed.percentileUs(percentile), exact.percentileUs(percentile)];
          // Both have three digits, and whole microseconds.
          expect(is).toBeGreaterThanOrEqual(was * 0.999 - 1);
          expect(is * (1 - bucketShareOf(scale))).toBeLessThanOrEqual(was * 1.001 + 1);
        }
      }),
    );
  });

  it('keep minimum, maximum and zeros', () => {
    const point = { attributes: {}, startTimeUnixNano: 0, timeUnixNano: 1, count: 4, scale: 0 };
    const positive = { offset: 2, bucketCounts: [2, 0, 1] };
    expect(exponentialBuckets({ ...point, zeroCount: 0, positive, min: 5, max: 30 })).toEqual([
      [5, 1],
      [8, 1],
      [30, 1],
    ]);
    expect(exponentialBuckets({ ...point, zeroCount: 1, positive, min: 0, max: 30 })).toEqual([
      [0, 1],
      [8, 2],
      [30, 1],
    ]);
  });

  it('are dealt to parts that differ by one, with nothing lost', () => {
    const buckets = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 50 })), { maxLength: 20 });
    fc.assert(
      fc.property(buckets, (all) => {
        const sums = dealt(all, 4).map((part) => part.reduce((sum, [, count]) => sum + count, 0));
        expect(sums.reduce((sum, count) => sum + count, 0)).toBe(all.reduce((sum, [, count]) => sum + count, 0));
        expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
