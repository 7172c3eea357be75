import { z } from 'zod';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr } from '../../hdr/hdrCodec';
import {
  type DocumentImporter,
  failures,
  type ImportedFigures,
  latencyOf,
  recordMs,
  startedAtOf,
  withoutRequests,
  withUnknowns,
} from './importer';
import { parseDurationMs, parseTimeMs } from './numbers';
import { maxCount } from './sampleCounters';
import { betweenLines } from './text/spectrum';

/*
 * The result of Nighthawk with `--output-format json` (api/client/output.proto): counts are text, durations are like
 * `0.000056611s`, and a statistic lists the percentiles that HdrHistogram iterates over. The statistic
 * `benchmark_http_client.request_to_response` covers all responses over open connections.
 */

const countText = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const durationText = z.string().transform(parseDurationMs).pipe(z.number().nonnegative());
const percentileSchema = z.object({
  percentile: z.number().min(0).max(1).default(0),
  count: countText,
  duration: durationText,
});
const statisticSchema = z.object({
  id: z.string().default(''),
  count: countText.default(0),
  percentiles: z.array(z.looseObject({})).default([]),
  mean: durationText.optional(),
  min: durationText.optional(),
  max: durationText.optional(),
});
const documentSchema = z.object({
  options: z.looseObject({ uri: z.string().nullish() }).optional(),
  timestamp: z.string().optional(),
  results: z.array(
    z.looseObject({
      name: z.string(),
      statistics: z.array(z.looseObject({ id: z.string().optional() })).default([]),
      counters: z.array(z.object({ name: z.string(), value: countText.default(0) })).default([]),
      // Old versions do not write it.
      execution_duration: durationText.optional(),
      execution_start: z.string().nullish(),
    }),
  ),
});
const requestStatistic = 'benchmark_http_client.request_to_response';

/** Failed responses, and requests without a response. */
const failedCounters = /^benchmark\.(http_[45x]xx|stream_resets|pool_connection_failure|pool_overflow)$/;
const answeredCounters = /^benchmark\.http_[12345x]xx$/;
const unansweredCounters = /^benchmark\.(stream_resets|pool_connection_failure)$/;

type Statistic = z.infer<typeof statisticSchema>;

/** Returns the distribution behind a list of percentiles. */
function histogramOf({ percentiles }: Statistic): LatencyHistogram {
  const histogram = new LatencyHistogram();
  let counted = 0;
  for (const percentile of percentiles) {
    const { count, duration } = percentileSchema.parse(percentile);
    if (count > maxCount) throw new RangeError('more requests at one latency than can be counted');
    if (count > counted) recordMs(histogram, duration, count - counted);
    counted = Math.max(counted, count);
  }
  return histogram;
}

/** Returns the latencies at the percentiles that Nighthawk states; the others take the next higher line. */
function statedRanks({ percentiles }: Statistic): [string, number][] {
  return percentiles.flatMap((entry): [string, number][] => {
    const { percentile, duration } = percentileSchema.parse(entry);
    const rank = percentile * 100;
    return [50, 75, 90, 95].some((each) => Math.abs(each - rank) < 1e-9) ? [[String(Math.round(rank)), duration]] : [];
  });
}

function figuresOf(document: z.infer<typeof documentSchema>): ImportedFigures {
  const { options, results, timestamp } = document;
  const result = results.find(({ name }) => name === 'global') ?? (results.length === 1 ? results[0] : undefined);
  if (!result) throw new TypeError('the result "global" is missing');
  const found = result.statistics.find(({ id }) => id === requestStatistic);
  if (!found) throw withoutRequests(`a result of Nighthawk without ${requestStatistic}`);
  const statistic = statisticSchema.parse(found);
  const histogram = histogramOf(statistic);
  const sumOf = (names: RegExp): number =>
    result.counters.reduce((sum, { name, value }) => (names.test(name) ? sum + value : sum), 0);
  const failed = sumOf(failedCounters);
  const total = Math.max(sumOf(answeredCounters), statistic.count) + sumOf(unansweredCounters);
  const durationMs = result.execution_duration ?? null;
  const summary = latencyOf(histogram);
  const notes = [betweenLines];
  if (failed > 0) notes.push('The latencies include failed responses.');
  if (durationMs === null)
    notes.push('This version of Nighthawk does not say how long it ran: start and rate are unknown.');
  const started = result.execution_start ?? undefined;
  const endedMs = timestamp === undefined ? Number.NaN : parseTimeMs(timestamp);
  const startMs = started === undefined ? endedMs - (durationMs ?? Number.NaN) : parseTimeMs(started);
  return withUnknowns({
    tool: 'nighthawk',
    subject: options?.uri?.slice(0, 2_000) ?? null,
    startedAt: startedAtOf(startMs),
    durationMs,
    latency: { starts: 'send', ends: 'last-byte', resolution: '1 us, three digits', includesFailures: failed > 0 },
    metrics: {
      http_req_duration: {
        count: statistic.count,
        min: statistic.min ?? summary.min,
        mean: statistic.count > 0 ? (statistic.mean ?? summary.mean) : null,
        max: statistic.max ?? summary.max,
        percentiles: { ...summary.percentiles, ...Object.fromEntries(statedRanks(statistic)) },
      },
      http_reqs: { count: total, rate: durationMs ? (total * 1_000) / durationMs : null },
      http_req_failed: failures(failed, total),
      by_operation: {},
    },
    histogram: histogram.count > 0 ? encodeHdr(histogram) : null,
    notes,
  });
}

export const nighthawk: DocumentImporter = {
  accepts: (value) => {
    if (!('results' in value) || !Array.isArray(value.results)) return false;
    const first: unknown = value.results[0];
    return (
      typeof first === 'object' &&
      first !== null &&
      'statistics' in first &&
      ('execution_duration' in first || 'counters' in first)
    );
  },
  read: (value) => [figuresOf(documentSchema.parse(value))],
};
