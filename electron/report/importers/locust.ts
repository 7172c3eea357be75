import { z } from 'zod';
import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr } from '../../hdr/hdrCodec';
import {
  type DocumentImporter,
  failures,
  type ImportedFigures,
  latencyOf,
  recordMs,
  startedAtOf,
  withUnknowns,
} from './importer';
import { maxCount } from './sampleCounters';

/*
 * Locust 2.40: `--json` (locust/stats.py). Latencies are whole milliseconds, rounded to two digits above 100 ms, and
 * include failed requests. Sums, minima and maxima are exact.
 */

const rounded = 'Latencies are whole milliseconds, with two significant digits from 100 ms on.';

/** Returns the definition of a latency, which is the same in every form that Locust writes. */
export function locustLatency(failed: number): ImportedFigures['latency'] {
  return {
    starts: 'request',
    ends: 'last-byte',
    resolution: '1 ms, two digits',
    includesFailures: failed > 0,
  };
}

/** Returns the notes on every form that Locust writes. */
export function locustNotes(failed: number): string[] {
  return failed > 0 ? [rounded, 'The latencies include failed requests.'] : [rounded];
}

const count = z.int().nonnegative();
const entrySchema = z.object({
  name: z.string(),
  method: z.string().nullish(),
  num_requests: count,
  num_failures: count,
  start_time: z.number().nonnegative(),
  last_request_timestamp: z.number().nonnegative().nullish(),
  total_response_time: z.number().nonnegative().optional(),
  min_response_time: z.number().nonnegative().nullish(),
  max_response_time: z.number().nonnegative().nullish(),
  response_times: z.record(z.string().regex(/^\d+(\.\d+)?$/), count),
});

type Entry = z.infer<typeof entrySchema>;

/** Returns a distribution of rounded latencies, with the mean, minimum and maximum that the entries state. */
function statedLatency(histogram: LatencyHistogram, all: readonly Entry[]): ImportedLatency {
  const summary = latencyOf(histogram);
  const entries = all.filter(({ num_requests }) => num_requests > 0);
  const requests = entries.reduce((sum, { num_requests }) => sum + num_requests, 0);
  const totals = entries.flatMap(({ total_response_time }) => total_response_time ?? []);
  const least = entries.flatMap(({ min_response_time }) => min_response_time ?? []);
  const greatest = entries.flatMap(({ max_response_time }) => max_response_time ?? []);
  const isStated = (values: readonly number[]): boolean => values.length === entries.length && requests > 0;
  return {
    ...summary,
    mean: isStated(totals) ? totals.reduce((sum, ms) => sum + ms, 0) / requests : summary.mean,
    min: isStated(least) ? Math.min(...least) : summary.min,
    max: isStated(greatest) ? Math.max(...greatest) : summary.max,
  };
}

/** `--json`: an array of entries, whose response times are distributions and can be merged. */
export const locustJson: DocumentImporter = {
  accepts: (value) => {
    const first: unknown = Array.isArray(value) ? value[0] : undefined;
    return typeof first === 'object' && first !== null && 'num_requests' in first && 'response_times' in first;
  },
  read: (value) => {
    const entries = z.array(entrySchema).min(1).max(10_000).parse(value);
    const times = entries.flatMap(({ response_times }) => Object.values(response_times));
    if (times.reduce((sum, count) => sum + count, 0) > maxCount)
      throw new RangeError('more requests than can be counted');
    const whole = new LatencyHistogram();
    const byOperation: Record<string, ImportedLatency> = {};
    for (const entry of entries) {
      const { name, method, response_times } = entry;
      const histogram = new LatencyHistogram();
      for (const [latencyMs, times] of Object.entries(response_times)) recordMs(histogram, Number(latencyMs), times);
      whole.merge(histogram);
      byOperation[`${method ?? ''} ${name}`.trim().slice(0, 200)] = statedLatency(histogram, [entry]);
    }
    const requests = entries.reduce((sum, { num_requests }) => sum + num_requests, 0);
    const failed = entries.reduce((sum, { num_failures }) => sum + num_failures, 0);
    const startS = Math.min(...entries.map(({ start_time }) => start_time));
    const endS = Math.max(...entries.map(({ last_request_timestamp }) => last_request_timestamp ?? startS));
    const durationMs = Math.max(0, Math.round((endS - startS) * 1e6) / 1_000);
    const figures = withUnknowns({
      tool: 'locust',
      startedAt: startedAtOf(startS * 1_000),
      durationMs,
      latency: locustLatency(failed),
      metrics: {
        http_req_duration: statedLatency(whole, entries),
        http_reqs: { count: requests, rate: durationMs > 0 ? (requests * 1_000) / durationMs : null },
        http_req_failed: failures(failed, requests),
        by_operation: byOperation,
      },
      histogram: encodeHdr(whole),
      notes: locustNotes(failed),
    });
    return [figures];
  },
};
