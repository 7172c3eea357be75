import { wilsonInterval } from '../statistics/wilson';
import { formatShare } from '../units/format';
import type { ComparisonOutcome, ExperimentMetric, Failures } from './experiment';

/** Two-sided 1 % of a normal distribution. In 99 of 100 comparisons, a result is not withheld by chance. */
const sureZ = 2.576;
/** The minimum difference of shares that matters, which is what the levels allow at all. */
const leastDifference = 0.001;
/**
 * The minimum difference as a part of the larger share. For services that fail four in ten requests, 41 % and 40 % are
 * not a difference.
 */
const leastPart = 0.1;

/** Returns the failed share; 0 without a request. */
export function failedShare({ count, of }: Failures): number {
  return of > 0 ? count / of : 0;
}

/** Returns the sum over runs. */
export function failuresOfAll(runs: readonly Failures[]): Failures {
  return {
    count: runs.reduce((sum, { count }) => sum + count, 0),
    of: runs.reduce((sum, { of }) => sum + of, 0),
  };
}

/**
 * Returns which of two has materially more failures. The larger share must exceed the smaller by 0.1 percentage points,
 * by a tenth of itself, and by more than chance (test of two proportions with a common variance, at 1 %). Requests of a
 * run are not independent, so the test finds too many differences rather than too few. That is the safer error, because
 * a difference only withholds a verdict.
 */
export function moreFailures(base: Failures, other: Failures): 'base' | 'other' | undefined {
  if (base.of === 0 || other.of === 0) return undefined;
  const [from, to] = [failedShare(base), failedShare(other)];
  const difference = Math.abs(to - from);
  if (difference < Math.max(leastDifference, leastPart * Math.max(from, to))) return undefined;
  const pooled = (base.count + other.count) / (base.of + other.of);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / base.of + 1 / other.of));
  if (difference <= sureZ * deviation) return undefined;
  return to > from ? 'other' : 'base';
}

/**
 * Returns the outcome when failures differ. A variant cannot be better or alike by failing more. The one that fails
 * more can still be worse in its other requests. Everything else is unknown.
 */
export function outcomeWithFailures(outcome: ComparisonOutcome, more: 'base' | 'other' | undefined): ComparisonOutcome {
  if (more === undefined) return outcome;
  return outcome === (more === 'other' ? 'worse' : 'better') ? outcome : 'unknown';
}

/** The share of requests above a percentile; undefined for throughput. */
const tails: Record<ExperimentMetric, number | undefined> = { throughput: undefined, p50: 0.5, p95: 0.05, p99: 0.01 };

/**
 * Returns which of two is worse by its failures alone. More of its requests failed than the percentile leaves out, and
 * fewer of the other's, both with certainty. A failure is an unbounded response time, so the percentile is unbounded.
 * For throughput, it is the one without a successful response.
 */
export function worseByFailures(
  metric: ExperimentMetric,
  base: Failures,
  other: Failures,
): 'base' | 'other' | undefined {
  if (base.of === 0 || other.of === 0) return undefined;
  const tail = tails[metric];
  if (tail === undefined) {
    const more = moreFailures(base, other);
    const worst = more === 'base' ? base : other;
    return more !== undefined && worst.count === worst.of ? more : undefined;
  }
  const [from, to] = [base, other].map(({ count, of }) => wilsonInterval(count, of, sureZ));
  if (!from || !to) return undefined;
  if (to.low > tail && from.high < tail) return 'other';
  return from.low > tail && to.high < tail ? 'base' : undefined;
}

/** Describes the failures of both: `80.0 % of its requests failed, and 0.00 % of sqlite's`. */
export function describeFailures(base: Failures, other: Failures, baseName: string): string {
  return `${formatShare(failedShare(other))} of its requests failed, and ${formatShare(failedShare(base))} of ${baseName}'s`;
}
