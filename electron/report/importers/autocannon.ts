import { z } from 'zod';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr, forEachHdrBucket } from '../../hdr/hdrCodec';
import { type DocumentImporter, failures, type ImportedFigures, latencyOf, percentiles, recordMs } from './importer';

/*
 * The result object of autocannon 9.0.0 (lib/run.js, hdr-histogram-percentiles-obj). Latencies are whole milliseconds;
 * with `skipAggregateResult` they are HdrHistograms in milliseconds. `errors` includes timeouts.
 */

const count = z.int().nonnegative();
/** Some versions write the counts of statuses as text. */
const countText = z.union([count, z.string().regex(/^\d+$/).transform(Number)]);
const statisticsSchema = z.record(z.string(), z.number());
const resultSchema = z.object({
  title: z.string().nullish(),
  url: z.string().nullish(),
  duration: z.number().nonnegative(),
  start: z.coerce.date(),
  errors: count,
  non2xx: count.optional(),
  statusCodeStats: z.record(z.string(), z.object({ count: countText })).optional(),
  latency: statisticsSchema.optional(),
  requests: z.union([statisticsSchema, z.string()]),
  /** Written with `skipAggregateResult`. */
  latencies: z.string().optional(),
});
type Result = z.infer<typeof resultSchema>;

/** Renames percentiles: `p97_5` is the 97.5th, and `p999`, from versions before 3, the 99.9th. */
function ranked(statistics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(statistics).flatMap(([name, value]) => {
      const [, nines] = /^p99(9{1,3})$/.exec(name) ?? [];
      if (nines !== undefined) return [[`99.${nines}`, value]];
      const [, rank] = /^p(\d{1,2}(?:_\d{1,3})?)$/.exec(name) ?? [];
      return rank === undefined ? [] : [[rank.replace('_', '.'), value]];
    }),
  );
}

/**
 * Decodes a histogram of whole milliseconds. Each bucket counts as its highest equivalent value, as in HdrHistogram.
 */
function decoded(text: string): LatencyHistogram {
  const histogram = new LatencyHistogram();
  forEachHdrBucket(text, (_least, count, greatest) => recordMs(histogram, greatest, count));
  return histogram;
}

function failedAnswers({ non2xx, statusCodeStats = {} }: Result): number {
  if (non2xx !== undefined) return non2xx;
  const failed = Object.entries(statusCodeStats).filter(([status]) => !status.startsWith('2'));
  return failed.reduce((sum, [, stats]) => sum + stats.count, 0);
}

/** A failed correction for coordinated omission leaves more latencies than requests. */
const corrupted =
  'There are more latencies than requests: autocannon added some that were never measured (its correction for coordinated omission mixes seconds with milliseconds). Do not use these percentiles; run it again with --ignoreCoordinatedOmission.';

function figuresOf(result: Result): ImportedFigures {
  const { title, url, duration, start, errors, latency = {}, requests, latencies } = result;
  const histogram = latencies === undefined ? undefined : decoded(latencies);
  const answers = typeof requests === 'string' ? (histogram?.count ?? 0) : (requests.total ?? 0);
  const failed = failedAnswers(result);
  const total = answers + errors;
  const notes = ['autocannon has no P95.', 'Latencies are whole milliseconds: 0.4 ms reads as 0.'];
  if ((latency.totalCount ?? 0) > answers) notes.unshift(corrupted);
  if (failed > 0) notes.push('The latencies include responses that were not 2xx.');
  const summary = histogram
    ? latencyOf(histogram)
    : {
        count: latency.totalCount ?? answers,
        min: latency.min ?? null,
        mean: latency.mean ?? latency.average ?? null,
        max: latency.max ?? null,
        percentiles: percentiles(ranked(latency)),
      };
  return {
    tool: 'autocannon',
    toolVersion: null,
    subject: (title || url)?.slice(0, 2_000) || null,
    startedAt: start.toISOString(),
    durationMs: duration * 1_000,
    latency: { starts: 'send', ends: 'last-byte', resolution: '1 ms', includesFailures: failed > 0 },
    metrics: {
      http_req_duration: summary,
      http_reqs: { count: total, rate: duration > 0 ? total / duration : null },
      http_req_failed: failures(failed + errors, total),
      by_operation: {},
    },
    thresholds: [],
    intervals: [],
    histogram: histogram ? encodeHdr(histogram) : null,
    notes: histogram ? notes.slice(1) : notes,
  };
}

export const autocannon: DocumentImporter = {
  accepts: (value) =>
    ('latency' in value && 'requests' in value && 'pipelining' in value) ||
    ('latencies' in value && 'totalCompletedRequests' in value),
  read: (value) => [figuresOf(resultSchema.parse(value))],
};
