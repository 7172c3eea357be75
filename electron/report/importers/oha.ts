import { z } from 'zod';
import { type DocumentImporter, failures, type ImportedFigures, percentiles } from './importer';

/* The result of oha 1.15 with `--output-format json` (src/printer.rs): seconds as fractions. */

const seconds = z.number().nonnegative().nullish();
const counts = z.record(z.string(), z.int().nonnegative());
const ranksSchema = z.record(z.string(), seconds);

const resultSchema = z.object({
  summary: z.object({
    total: z.number().nonnegative(),
    slowest: seconds,
    fastest: seconds,
    average: seconds,
    requestsPerSec: z.number().nonnegative(),
  }),
  latencyPercentiles: ranksSchema,
  latencyPercentilesSuccessful: ranksSchema.nullish(),
  statusCodeDistribution: counts,
  errorDistribution: counts.default({}),
});

function sumOf(values: Readonly<Record<string, number>>, isWanted: (name: string) => boolean = () => true): number {
  return Object.entries(values).reduce((sum, [name, count]) => (isWanted(name) ? sum + count : sum), 0);
}

function ms(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : value * 1_000;
}

export const oha: DocumentImporter = {
  accepts: (value) => 'summary' in value && 'latencyPercentiles' in value && 'statusCodeDistribution' in value,
  read: (value) => {
    const { summary, latencyPercentiles, latencyPercentilesSuccessful, statusCodeDistribution, errorDistribution } =
      resultSchema.parse(value);
    const answers = sumOf(statusCodeDistribution);
    const failedAnswers = sumOf(statusCodeDistribution, (status) => !/^[23]/.test(status));
    const errors = sumOf(errorDistribution);
    const includesFailures = failedAnswers > 0 && !latencyPercentilesSuccessful;
    const ranks = Object.entries(latencyPercentilesSuccessful ?? latencyPercentiles).map(
      ([name, value]) => [name.replace(/^p/, ''), ms(value)] as const,
    );
    const notes = [
      'oha does not tell whether its latency is corrected (--latency-correction): then it would start when the schedule wanted the request sent.',
    ];
    if (includesFailures) notes.push('The percentiles include answers that were neither 2xx nor 3xx.');
    const figures: ImportedFigures = {
      tool: 'oha',
      toolVersion: null,
      subject: null,
      startedAt: null,
      durationMs: summary.total * 1_000,
      latency: { starts: 'request', ends: 'last-byte', resolution: '1 ns', includesFailures },
      metrics: {
        http_req_duration: {
          count: includesFailures ? answers : answers - failedAnswers,
          min: ms(summary.fastest),
          mean: ms(summary.average),
          max: ms(summary.slowest),
          percentiles: percentiles(Object.fromEntries(ranks)),
        },
        http_reqs: { count: answers + errors, rate: summary.requestsPerSec },
        http_req_failed: failures(failedAnswers + errors, answers + errors),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes,
    };
    return [figures];
  },
};
