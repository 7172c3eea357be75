import { expect, it } from 'vitest';
import { runDocument } from '../../../tests/support/factories';
import type { RunMetrics } from '../../run/metrics';
import { adjustedOf, formatAdjusted } from './latencies';

const plain = { count: 90, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p99_9: 6, max: 6 };

function metricsWith(adjusted: RunMetrics['http_req_duration_adjusted']): RunMetrics {
  return {
    ...runDocument().metrics,
    http_req_duration: plain,
    ...(adjusted ? { http_req_duration_adjusted: adjusted } : {}),
    http_reqs: { count: 95, rate: 9.5 },
    dropped_iterations: { count: 5 },
  };
}

it('has the percentiles over all intended requests where they read otherwise than those of the answered', () => {
  const { p50, p90, p95, p99, p99_9 } = plain;
  const same = { p50, p90, p95, p99, p99_9 };
  expect(adjustedOf(metricsWith(undefined))).toBeUndefined();
  expect(adjustedOf(metricsWith(same))).toBeUndefined();
  expect(adjustedOf(metricsWith({ ...same, p50: 2.0001, p99_9: null }))).toBeUndefined();
  expect(adjustedOf(metricsWith({ ...same, p95: null }))).toEqual({ count: 100, percentiles: { ...same, p95: null } });
});

it('writes what has no bound as such, and a dash for what rests on too few', () => {
  expect(formatAdjusted(95, null, 1_000)).toBe('no bound');
  expect(formatAdjusted(95, 3, 1_000)).toBe('3.00 ms');
  expect(formatAdjusted(99.9, null, 100)).toBe('–');
});
