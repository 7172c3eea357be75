import { z } from 'zod';
import type { ThresholdStatus } from '../thresholds/doubt';
import type { ThresholdResult } from '../thresholds/evaluate';
import type { TrustCheck } from './trustCheck';

export const verdictSchema = z.enum(['passed', 'failed', 'inconclusive', 'aborted', 'interrupted']);
export type Verdict = z.infer<typeof verdictSchema>;

/** How a run in the history ended: the result of another tool has no verdict of ours. */
export const runStateSchema = z.enum([...verdictSchema.options, 'imported']);
export type RunState = z.infer<typeof runStateSchema>;
export const runStates: readonly RunState[] = runStateSchema.options;

/** Whether data came back wrong or was lost. `lostWrites` is null when the store could not be audited. */
export const integritySchema = z.object({
  checked: z.int().nonnegative(),
  violations: z.int().nonnegative(),
  acknowledgedWrites: z.int().nonnegative(),
  lostWrites: z.int().nonnegative().nullable(),
});

export type Integrity = z.infer<typeof integritySchema>;

/** What is known of a threshold. Documents before version 0.2 know whether it held, and nothing of doubts. */
export function statusOf({ status, ok, baseline }: ThresholdResult): ThresholdStatus {
  return status ?? (baseline && !baseline.isSure ? 'undecided' : ok ? 'passed' : 'failed');
}

/**
 * The verdict of a run that went to its end. A lost write or a wrong answer fails it whatever the measurement is
 * worth, and so does a threshold that is proven to fail. It passes if every threshold is proven to hold, there was at
 * least one right answer, and no check is left that could change that; else it is inconclusive.
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
