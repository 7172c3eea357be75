import { z } from 'zod';
import { type DocumentImporter, failures, percentiles, startedAtOf, withUnknowns } from './importer';
import { parseTimeMs } from './numbers';

/*
 * The result of Fortio 1 with `-json` (periodic/periodic.go, fhttp/httprunner.go), in seconds; Nighthawk can write it
 * too. Percentiles are computed from buckets a few per cent wide. `RetCodes` counts responses by status, with -1 for
 * none; for gRPC it counts states of the health check.
 */

const seconds = z.number().nonnegative();
/** Nighthawk writes counts as text. */
const count = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const resultSchema = z.looseObject({
  RunType: z.string().optional(),
  Labels: z.string().nullish(),
  URL: z.string().nullish(),
  Destination: z.string().nullish(),
  Version: z.string().nullish(),
  StartTime: z.string(),
  ActualQPS: z.number().nonnegative(),
  ActualDuration: z.number().nonnegative(),
  DurationHistogram: z.object({
    Count: count,
    Min: seconds.optional(),
    Max: seconds.optional(),
    Avg: seconds.optional(),
    Percentiles: z.array(z.object({ Percentile: z.number().min(0).max(100), Value: seconds })).nullish(),
  }),
  RetCodes: z.record(z.string(), count).nullish(),
});

/**
 * Converts nanoseconds to ms. The first versions of Nighthawk wrote seconds, which the number and rate of requests
 * reveal. Returns null when the value fits neither unit.
 */
function durationMsOf(actual: number, requests: number, qps: number): number | null {
  const fromRateS = requests / qps;
  const isNear = (seconds: number): boolean => !(fromRateS > 0) || (seconds > fromRateS / 2 && seconds < fromRateS * 2);
  const seconds = [actual / 1e9, actual].find(isNear);
  return seconds === undefined ? null : Math.round(seconds * 1e6) / 1_000;
}

function isFailure(code: string): boolean {
  return code !== 'SERVING' && code !== 'OK' && !/^[23]\d\d$/.test(code);
}

export const fortio: DocumentImporter = {
  accepts: (value) => 'DurationHistogram' in value && 'ActualQPS' in value,
  read: (value) => {
    const { DurationHistogram: histogram, RetCodes: codes, ...run } = resultSchema.parse(value);
    const { Count: requests } = histogram;
    const hasCodes = codes !== null && codes !== undefined && Object.keys(codes).length > 0;
    const failed = Object.entries(codes ?? {})
      .filter(([code]) => isFailure(code))
      .reduce((sum, [, times]) => sum + times, 0);
    const ranks = (histogram.Percentiles ?? []).map(
      ({ Percentile, Value }) => [String(Math.round(Percentile * 1e5) / 1e5), Value * 1_000] as const,
    );
    const ms = (value: number | undefined): number | null =>
      requests === 0 || value === undefined ? null : value * 1_000;
    const notes = ['The percentiles of Fortio are interpolated between the bounds of buckets (-r sets their width).'];
    const durationMs = durationMsOf(run.ActualDuration, requests, run.ActualQPS);
    if (durationMs === null) notes.push('The duration in the file contradicts its rate, so it is left out.');
    if (ranks.length === 0) notes.push('There are no percentiles in the file.');
    if (!hasCodes) notes.push('The file does not say what failed.');
    if (failed > 0) notes.push('The latencies include failed requests.');
    return [
      withUnknowns({
        tool: 'fortio',
        toolVersion: run.Version?.slice(0, 100) || null,
        subject: (run.URL || run.Destination || run.Labels || run.RunType)?.slice(0, 2_000) ?? null,
        startedAt: startedAtOf(parseTimeMs(run.StartTime)),
        durationMs,
        latency: {
          starts: 'request',
          ends: 'last-byte',
          resolution: 'the width of a bucket',
          includesFailures: failed > 0 || !hasCodes,
        },
        metrics: {
          http_req_duration: {
            count: requests,
            min: ms(histogram.Min),
            mean: ms(histogram.Avg),
            max: ms(histogram.Max),
            percentiles: percentiles(Object.fromEntries(ranks)),
          },
          http_reqs: { count: requests, rate: run.ActualQPS },
          http_req_failed: hasCodes ? failures(failed, requests) : null,
          by_operation: {},
        },
        notes,
      }),
    ];
  },
};
