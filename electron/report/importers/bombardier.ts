import { z } from 'zod';
import { type DocumentImporter, failures, type ImportedFigures, percentiles, withUnknowns } from './importer';

/*
 * The result of bombardier 1.2 and 2 with `-o json` (templates.go), in whole microseconds; percentiles only with `-l`.
 * `others` counts requests without a response.
 */

const count = z.int().nonnegative();
const us = z.number().nonnegative();
const resultSchema = z.object({
  spec: z.object({ url: z.string().optional() }),
  result: z.object({
    timeTakenSeconds: z.number().nonnegative(),
    req1xx: count,
    req2xx: count,
    req3xx: count,
    req4xx: count,
    req5xx: count,
    others: count,
    latency: z
      .object({ mean: us, max: us, percentiles: z.record(z.string().regex(/^ ?\d{1,2}(\.\d+)?$/), us).optional() })
      .optional(),
  }),
});

/** Reads a document of bombardier. Throws on anything else. */
export function bombardierFigures(value: unknown): ImportedFigures {
  const { spec, result } = resultSchema.parse(value);
  const { req1xx, req2xx, req3xx, req4xx, req5xx, others, latency, timeTakenSeconds } = result;
  const failedAnswers = req4xx + req5xx;
  const answers = req1xx + req2xx + req3xx + failedAnswers;
  const total = answers + others;
  const ranks = Object.entries(latency?.percentiles ?? {}).map(([rank, value]) => [
    String(Number(rank)),
    value / 1_000,
  ]);
  const notes = ['bombardier does not say when the run started.'];
  if (ranks.length === 0) notes.push('There are no percentiles in the file: run bombardier with -l for them.');
  if (failedAnswers + others > 0) notes.push('The latencies include failed requests.');
  return withUnknowns({
    tool: 'bombardier',
    subject: spec.url?.slice(0, 2_000) ?? null,
    durationMs: Math.round(timeTakenSeconds * 1e6) / 1_000,
    latency: {
      starts: 'request',
      ends: 'last-byte',
      resolution: '1 us',
      includesFailures: failedAnswers + others > 0,
    },
    metrics: {
      http_req_duration: {
        count: total,
        min: null,
        mean: latency ? latency.mean / 1_000 : null,
        max: latency ? latency.max / 1_000 : null,
        percentiles: percentiles(Object.fromEntries(ranks)),
      },
      http_reqs: { count: total, rate: timeTakenSeconds > 0 ? total / timeTakenSeconds : null },
      http_req_failed: failures(failedAnswers + others, total),
      by_operation: {},
    },
    notes,
  });
}

export const bombardier: DocumentImporter = {
  accepts: (value) =>
    'spec' in value &&
    'result' in value &&
    typeof value.result === 'object' &&
    value.result !== null &&
    'req2xx' in value.result,
  read: (value) => [bombardierFigures(value)],
};
