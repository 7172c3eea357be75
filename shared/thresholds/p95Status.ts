import type { RunSummary } from '../run/summary';
import type { ThresholdStatus } from './doubt';

/**
 * The status of the P95 of a run against its limit. A run can fail for another reason: its P95 failed only above the
 * limit, and passed where its upper bound is below it.
 */
export function p95Status(
  { verdict, p95Ms, p95HighMs }: Pick<RunSummary, 'verdict' | 'p95Ms' | 'p95HighMs'>,
  limitMs: number,
): ThresholdStatus {
  if (verdict === 'passed') return 'passed';
  if (verdict !== 'failed' || p95Ms === null) return 'undecided';
  if (p95Ms >= limitMs) return 'failed';
  return p95HighMs !== null && p95HighMs < limitMs ? 'passed' : 'undecided';
}
