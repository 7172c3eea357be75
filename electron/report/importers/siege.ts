import { z } from 'zod';
import { type DocumentImporter, failures, type ImportedFigures, withUnknowns } from './importer';
import { known } from './numbers';

/*
 * The summary of siege 3 and 4 (src/main.c), as text or JSON: mean, minimum and maximum, and no percentiles.
 * `transactions` counts responses, except those with a status from 500 and requests without a response, which are
 * `failed`; transactions with a status from 400 are not `successful`. The text names the unit of times, seconds or,
 * since siege 4.1.7, milliseconds; the JSON does not.
 */

/** The figures of a run; times in the unit of the file, null when unknown. */
export interface SiegeFigures {
  transactions: number;
  successful: number;
  failed: number;
  elapsedS: number;
  ratePerS: number;
  concurrency: number;
  /** The unit of the times below, in ms; undefined when the file does not name it. */
  unitMs: number | undefined;
  response: number;
  longest: number;
  shortest: number;
}

/**
 * Infers the unit of times by Little's law: the mean response time in seconds is concurrency divided by rate. Undefined
 * when it is too short to tell.
 */
function unitMsOf({ concurrency, ratePerS, response }: SiegeFigures): number | undefined {
  const meanS = concurrency / ratePerS;
  if (!(response > 0 && meanS > 0)) return undefined;
  const ratio = response / meanS;
  if (ratio > 0.3 && ratio < 3) return 1_000;
  return ratio > 300 && ratio < 3_000 ? 1 : undefined;
}

/** Returns the result for the figures of a run. */
export function siegeResult(figures: SiegeFigures): ImportedFigures {
  const { transactions, successful, failed, elapsedS, response, longest, shortest } = figures;
  const unitMs = figures.unitMs ?? unitMsOf(figures);
  const total = transactions + failed;
  // Redirects may be counted as successful, but not as transactions.
  const allFailed = failed + Math.max(0, transactions - successful);
  const ms = (time: number): number | null =>
    unitMs === undefined || transactions === 0 ? null : known(Math.round(time * unitMs * 1_000) / 1_000);
  const notes = ['siege has no percentiles, and does not say when the run started.'];
  if (unitMs === undefined)
    notes.push('The file does not name the unit of its times, and they are too short to infer it: they are left out.');
  return withUnknowns({
    tool: 'siege',
    durationMs: Math.round(elapsedS * 1_000),
    latency: {
      starts: 'request',
      ends: 'last-byte',
      resolution: unitMs === 1 ? '0.01 ms' : '10 ms',
      includesFailures: allFailed > 0,
    },
    metrics: {
      http_req_duration: {
        count: transactions,
        min: ms(shortest),
        mean: ms(response),
        max: ms(longest),
        percentiles: {},
      },
      http_reqs: { count: total, rate: elapsedS > 0 ? total / elapsedS : null },
      http_req_failed: failures(allFailed, total),
      by_operation: {},
    },
    notes,
  });
}

const count = z.int().nonnegative();
const figure = z.number().nonnegative();
const documentSchema = z.object({
  transactions: count,
  elapsed_time: figure,
  response_time: figure,
  transaction_rate: figure,
  concurrency: figure,
  successful_transactions: count,
  failed_transactions: count,
  longest_transaction: figure,
  shortest_transaction: figure,
});

/** The output of siege with `-j`, or without it before version 4.1. */
export const siege: DocumentImporter = {
  accepts: (value) => 'transactions' in value && 'longest_transaction' in value,
  read: (value) => {
    const run = documentSchema.parse(value);
    return [
      siegeResult({
        transactions: run.transactions,
        successful: run.successful_transactions,
        failed: run.failed_transactions,
        elapsedS: run.elapsed_time,
        ratePerS: run.transaction_rate,
        concurrency: run.concurrency,
        unitMs: undefined,
        response: run.response_time,
        longest: run.longest_transaction,
        shortest: run.shortest_transaction,
      }),
    ];
  },
};
