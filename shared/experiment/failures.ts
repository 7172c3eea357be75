import { wilsonInterval } from '../statistics/wilson';
import { formatShare } from '../units/format';
import type { ComparisonOutcome, ExperimentMetric, Failures } from './experiment';

/** Two-sided 1 % of a normal distribution: what is found by it is not withheld by chance in 99 of 100 comparisons. */
const sureZ = 2.576;
/** The least difference between shares that matters: what the levels allow at all. */
const leastDifference = 0.001;
/** And as a part of the larger share: of services that fail four in ten, 41 and 40 % are no difference. */
const leastPart = 0.1;

/** The failed share; 0 without a request. */
export function failedShare({ count, of }: Failures): number {
  return of > 0 ? count / of : 0;
}

/** The sum over runs. */
export function failuresOfAll(runs: readonly Failures[]): Failures {
  return {
    count: runs.reduce((sum, { count }) => sum + count, 0),
    of: runs.reduce((sum, { of }) => sum + of, 0),
  };
}

/**
 * Which of two has materially more failures: the larger share is greater by 0.1 percentage points and by a tenth of
 * itself, and by more than chance has it (the test of two proportions with a common variance, at 1 %). Requests of a run
 * are not independent, so that it finds too much rather than too little; that is the side to err on, as what it finds
 * withholds a verdict and never makes one.
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
 * An outcome where failures differ: refusing work is no way to be better, nor to be alike. Who fails more can be worse
 * by the others of its requests all the same; everything else can't be told.
 */
export function outcomeWithFailures(outcome: ComparisonOutcome, more: 'base' | 'other' | undefined): ComparisonOutcome {
  if (more === undefined) return outcome;
  return outcome === (more === 'other' ? 'worse' : 'better') ? outcome : 'unknown';
}

/** The share of requests that a percentile leaves out; undefined of throughput. */
const tails: Record<ExperimentMetric, number | undefined> = { throughput: undefined, p50: 0.5, p95: 0.05, p99: 0.01 };

/**
 * Which of two is worse by its failures alone: surely more of its requests failed than the percentile leaves out, and
 * surely fewer of the other's. A failure is a response time without bound, so that its percentile has none. By
 * throughput, the one that has no right answer.
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

/** `80.0 % of its requests failed, and 0.00 % of sqlite's`. */
export function describeFailures(base: Failures, other: Failures, baseName: string): string {
  return `${formatShare(failedShare(other))} of its requests failed, and ${formatShare(failedShare(base))} of ${baseName}'s`;
}
