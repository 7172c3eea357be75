import { z } from 'zod';
import type { ThresholdStatus } from '../thresholds/doubt';
import type { ThresholdResult } from '../thresholds/evaluate';
import type { TrustCheck } from './trustCheck';

export const verdictSchema = z.enum(['passed', 'failed', 'inconclusive', 'aborted', 'interrupted']);
export type Verdict = z.infer<typeof verdictSchema>;

/** How a run in the history ended. The result of another tool has no verdict of Proofload. */
export const runStateSchema = z.enum([...verdictSchema.options, 'imported']);
export type RunState = z.infer<typeof runStateSchema>;
export const runStates: readonly RunState[] = runStateSchema.options;

/** Whether data was returned wrong or was lost. `lostWrites` is null when the store could not be audited. */
export const integritySchema = z.object({
  checked: z.int().nonnegative(),
  violations: z.int().nonnegative(),
  acknowledgedWrites: z.int().nonnegative(),
  lostWrites: z.int().nonnegative().nullable(),
});

export type Integrity = z.infer<typeof integritySchema>;

/** Returns the status of a threshold. Documents before version 0.2 only tell whether it passed, and have no doubts. */
export function statusOf({ status, ok, baseline }: ThresholdResult): ThresholdStatus {
  return status ?? (baseline && !baseline.isSure ? 'undecided' : ok ? 'passed' : 'failed');
}

/**
 * Returns the verdict of a run that completed. A lost write or an integrity violation fails it in any case, and so does
 * a threshold that is proven to fail. It passes when every threshold is proven to pass, at least one response was
 * successful, and every check is ok. Undecided thresholds and checks that are not ok make it inconclusive. A run
 * without a successful response fails.
 */
export function judge(
  thresholds: readonly ThresholdResult[],
  trust: readonly TrustCheck[],
  integrity: Integrity,
  successes: number,
): Verdict {
  if ((integrity.lostWrites ?? 0) > 0 || integrity.violations > 0) return 'failed';
  const statuses = thresholds.map(statusOf);
  if (statuses.includes('failed')) return 'failed';
  if (statuses.includes('undecided') || trust.some((check) => !check.ok)) return 'inconclusive';
  return successes > 0 ? 'passed' : 'failed';
}

/** Exit codes of the command line (DESIGN section 7). */
export const exitCodes = {
  passed: 0,
  failed: 99,
  inconclusive: 75,
  aborted: 1,
  interrupted: 130,
} as const satisfies Record<Verdict, number>;
