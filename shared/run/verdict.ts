import { z } from 'zod';
import type { ThresholdResult } from '../thresholds/evaluate';
import type { TrustCheck } from './trustCheck';

export const verdictSchema = z.enum(['passed', 'failed', 'inconclusive', 'aborted', 'interrupted']);
export type Verdict = z.infer<typeof verdictSchema>;
export const verdicts: readonly Verdict[] = verdictSchema.options;

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

/**
 * The verdict of a run that went to its end. A lost write or a wrong answer fails it whatever the measurement is
 * worth; after that a measurement that can't be trusted decides nothing.
 */
export function judge(
  thresholds: readonly ThresholdResult[],
  trust: readonly TrustCheck[],
  integrity: Integrity,
): Verdict {
  if ((integrity.lostWrites ?? 0) > 0 || integrity.violations > 0) return 'failed';
  if (trust.some((check) => !check.ok)) return 'inconclusive';
  return thresholds.every((threshold) => threshold.ok) ? 'passed' : 'failed';
}

/** Exit codes of the command line (DESIGN section 7). */
export const exitCodes = {
  passed: 0,
  failed: 99,
  inconclusive: 75,
  aborted: 1,
  interrupted: 130,
} as const satisfies Record<Verdict, number>;
