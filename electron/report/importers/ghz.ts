import { z } from 'zod';
import {
  type DocumentImporter,
  failures,
  type ImportedFigures,
  percentiles,
  startedAtOf,
  withUnknowns,
} from './importer';
import { parseTimeMs } from './numbers';
import { SampleCounters } from './sampleCounters';

/*
 * The report of ghz 0.120 with `-O json` or `-O pretty` (runner/reporter.go), in whole nanoseconds. `details` lists
 * each call with its end time. Percentiles, minimum and maximum are those of calls without an error; only the average
 * includes failed calls.
 */

const ns = z.number().nonnegative();
const counts = z.record(z.string(), z.int().nonnegative());
const detailSchema = z.object({ timestamp: z.string(), latency: ns, error: z.string().nullish(), status: z.string() });
const reportSchema = z.object({
  name: z.string().nullish(),
  date: z.string().optional(),
  options: z.looseObject({ call: z.string().nullish() }).nullish(),
  count: z.int().nonnegative(),
  total: ns,
  average: ns,
  fastest: ns,
  slowest: ns,
  rps: z.number().nonnegative(),
  statusCodeDistribution: counts.nullish(),
  errorDistribution: counts.nullish(),
  latencyDistribution: z.array(z.object({ percentage: z.number().min(0).max(100), latency: ns })).nullish(),
  details: z.array(z.unknown()).nullish(),
});
type Report = z.infer<typeof reportSchema>;
const perMs = 1e6;

/** The note for results with failed calls. */
export const meanLeftOut = 'The mean of ghz includes failed calls, so it is left out.';

function failedIn({ statusCodeDistribution: codes, errorDistribution: errors }: Report): number {
  const sum = (entries: readonly (readonly [string, number])[]): number =>
    entries.reduce((total, [, times]) => total + times, 0);
  return codes ? sum(Object.entries(codes).filter(([code]) => code !== 'OK')) : sum(Object.entries(errors ?? {}));
}

/** Returns figures computed from the calls, if the report lists them all. */
function fromDetails({ details, count }: Report): ReturnType<SampleCounters['figures']> | undefined {
  if (!details || details.length === 0 || details.length !== count) return undefined;
  const book = new SampleCounters();
  for (const detail of details) {
    const { timestamp, latency, status, error } = detailSchema.parse(detail);
    const endedMs = parseTimeMs(timestamp);
    book.add({ endedMs, latencyMs: latency / perMs, ok: status === 'OK' && !error });
  }
  return book.figures();
}

function figuresOf(report: Report): ImportedFigures {
  const { count, total, average, fastest, slowest, rps, latencyDistribution, name, options, date } = report;
  const failed = failedIn(report);
  const subject = (name || options?.call)?.slice(0, 2_000) ?? null;
  const detailed = fromDetails(report);
  const about = { tool: 'ghz' as const, subject, durationMs: total / perMs };
  if (detailed) {
    const { metrics } = detailed;
    // Without failures the stated mean is more exact than one computed from rounded values.
    const mean = failed === 0 ? average / perMs : metrics.http_req_duration.mean;
    return withUnknowns({
      ...detailed,
      ...about,
      latency: { starts: 'request', ends: 'last-byte', resolution: '1 ns', includesFailures: false },
      metrics: {
        ...metrics,
        http_req_duration: { ...metrics.http_req_duration, mean },
        http_reqs: { count, rate: rps },
      },
    });
  }
  // ghz writes zero for a percentile that it could not compute.
  const ranks = (latencyDistribution ?? []).flatMap(({ percentage, latency }) =>
    percentage > 0 && latency > 0 ? [[String(percentage), latency / perMs]] : [],
  );
  const succeeded = count - failed;
  const endedMs = date === undefined ? Number.NaN : parseTimeMs(date);
  const notes = ['The report has no details: it gives percentiles, but no distribution.'];
  if (failed > 0) notes.push(meanLeftOut);
  return withUnknowns({
    ...about,
    // `date` is when the report was written, at the end of the run.
    startedAt: startedAtOf(endedMs - total / perMs),
    latency: { starts: 'request', ends: 'last-byte', resolution: '1 ns', includesFailures: false },
    metrics: {
      http_req_duration: {
        count: succeeded,
        min: succeeded > 0 ? fastest / perMs : null,
        mean: failed === 0 && count > 0 ? average / perMs : null,
        max: succeeded > 0 ? slowest / perMs : null,
        percentiles: percentiles(Object.fromEntries(ranks)),
      },
      http_reqs: { count, rate: rps },
      http_req_failed: failures(failed, count),
      by_operation: {},
    },
    notes,
  });
}

export const ghz: DocumentImporter = {
  accepts: (value) => 'rps' in value && 'latencyDistribution' in value && 'average' in value && 'count' in value,
  read: (value) => [figuresOf(reportSchema.parse(value))],
};
