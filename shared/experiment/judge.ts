import { deviationOf, meanOf } from '../statistics/spread';
import { TypicalValues } from '../statistics/typicalValues';
import { looksOf } from './design';
import {
  type Comparison,
  type ComparisonOutcome,
  type Experiment,
  type ExperimentMetric,
  experimentMetrics,
  type Failures,
} from './experiment';
import { failuresOfAll, moreFailures, outcomeWithFailures, worseByFailures } from './failures';
import { beyondLog, logRatios } from './logRatios';
import { pairsToFind } from './noise';

type Measured = Pick<Experiment, 'variants' | 'plan' | 'runs' | 'noise'>;

/** Returns the number of blocks in which every variant has run. */
export function completeBlocks({ runs, variants }: Measured): number {
  const counts = new Map<number, number>();
  for (const { block } of runs) counts.set(block, (counts.get(block) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === variants.length).length;
}

/** Higher throughput is better, higher latency is worse. */
function isBetter(metric: ExperimentMetric, logRatio: number): boolean {
  return metric === 'throughput' ? logRatio > 0 : logRatio < 0;
}

/** Returns what an interval of log ratios shows, when differences within `band` do not matter. */
export function outcomeOf(
  metric: ExperimentMetric,
  interval: { low: number; high: number } | undefined,
  band: number,
): ComparisonOutcome {
  if (!interval) return 'unknown';
  const matters = Math.log1p(band);
  if (interval.low > -matters && interval.high < matters) return 'alike';
  if (interval.low > 0 || interval.high < 0) return isBetter(metric, interval.low) ? 'better' : 'worse';
  return 'unknown';
}

/** From this number of pairs on, their own spread replaces the known noise of the machine. */
const pairsWithSpread = 4;
/**
 * Returns the minimum number of pairs for a share of false alarms. The smallest p-value of the exact test is 2 / 2^n.
 */
function leastPairs(alpha: number): number {
  return Math.ceil(Math.log2(2 / alpha));
}

/**
 * Estimates how many more pairs detect a difference of this size with a probability of 80 %, or show that none matters.
 */
function morePairsFor(
  ratios: readonly number[],
  band: number,
  alpha: number,
  knownDeviation: number | undefined,
): number | null {
  const count = ratios.length;
  const usesKnown = knownDeviation !== undefined && count < pairsWithSpread;
  if (count < 2 && !usesKnown) return Math.max(1, leastPairs(alpha) - count);
  const size = Math.max(Math.abs(meanOf(ratios)), Math.log1p(band));
  if (size === 0) return null;
  const needed = pairsToFind(size, usesKnown ? knownDeviation : deviationOf(ratios));
  return Math.max(1, Math.max(needed, leastPairs(alpha)) - count);
}

/** Returns the share of false alarms for the current look. */
function alphaOf({ plan }: Measured, pairs: number): number {
  const looks = looksOf(plan.pairs, plan.untilSure);
  return (looks.find((look) => pairs <= look.pairs) ?? looks.at(-1))?.alpha ?? 0;
}

/** Returns the failed requests of a variant in all its runs. */
export function failuresOf({ runs }: Pick<Experiment, 'runs'>, variant: number): Failures {
  return failuresOfAll(runs.flatMap((run) => (run.variant === variant ? (run.failures ?? []) : [])));
}

/** Adjusts an outcome for failures, which can prove it or withhold it. */
function withFailures(outcome: ComparisonOutcome, about: FailuresOfTwo, ratios: readonly number[]): ComparisonOutcome {
  const { metric, base, variant } = about;
  const worse = worseByFailures(metric, base, variant);
  // A single failed run is not enough: most pairs must show it.
  const showing = ratios.filter(
    (ratio) => Math.abs(ratio) === beyondLog && isBetter(metric, ratio) === (worse === 'base'),
  ).length;
  if (worse !== undefined && showing * 2 > ratios.length) return worse === 'other' ? 'worse' : 'better';
  return outcomeWithFailures(outcome, moreFailures(base, variant));
}

interface FailuresOfTwo {
  metric: ExperimentMetric;
  base: Failures;
  variant: Failures;
}

/** Compares a variant with another in one metric. The confidence accounts for one comparison per other variant. */
export function compareTwo(experiment: Measured, variant: number, metric: ExperimentMetric, base = 0): Comparison {
  const { plan, variants, noise } = experiment;
  const ratios = logRatios(experiment, variant, metric, base);
  const pairs = ratios.length;
  const failed = { metric, base: failuresOf(experiment, base), variant: failuresOf(experiment, variant) };
  const differ = moreFailures(failed.base, failed.variant) !== undefined;
  const failures = differ ? { failures: { base: failed.base, variant: failed.variant } } : {};
  if (pairs === 0) {
    return {
      variant,
      base,
      metric,
      pairs,
      ratio: null,
      low: null,
      high: null,
      p: null,
      outcome: 'unknown',
      morePairs: null,
      ...failures,
    };
  }
  const typical = new TypicalValues(ratios);
  // Bonferroni: each variant after the first is a separate comparison.
  const alpha = alphaOf(experiment, pairs) / (variants.length - 1);
  const interval = typical.interval(1 - alpha);
  const outcome = withFailures(outcomeOf(metric, interval, plan.band), failed, ratios);
  const unboundedPairs = ratios.filter((ratio) => Math.abs(ratio) === beyondLog).length;
  const hasRatio = unboundedPairs === 0;
  const canSettle = outcome === 'unknown' && hasRatio && !differ;
  return {
    variant,
    base,
    metric,
    pairs,
    ratio: hasRatio ? Math.exp(meanOf(ratios)) : null,
    low: interval && hasRatio ? Math.exp(interval.low) : null,
    high: interval && hasRatio ? Math.exp(interval.high) : null,
    p: typical.pOfZero,
    outcome,
    morePairs: canSettle ? morePairsFor(ratios, plan.band, alpha, noise?.deviation[metric]) : null,
    ...(hasRatio ? {} : { unboundedPairs }),
    ...failures,
  };
}

/** Returns the indexes of the variants that are compared with the first. */
function othersOf({ variants }: Measured): number[] {
  return variants.slice(1).map((_, index) => index + 1);
}

/** Compares every variant with the first in every metric. The run is the unit, and a block gives a pair. */
export function compareVariants(experiment: Measured): Comparison[] {
  return othersOf(experiment).flatMap((variant) =>
    experimentMetrics.map((metric) => compareTwo(experiment, variant, metric)),
  );
}

/** Whether nothing is left to measure: the planned pairs are complete and, if requested, the result is certain. */
export function isSettled(experiment: Measured): boolean {
  const { plan } = experiment;
  const pairs = completeBlocks(experiment);
  const looks = looksOf(plan.pairs, plan.untilSure);
  if (pairs >= (looks.at(-1)?.pairs ?? plan.pairs)) return true;
  if (!looks.some((look) => look.pairs === pairs)) return false;
  return othersOf(experiment).every((variant) => compareTwo(experiment, variant, plan.metric).outcome !== 'unknown');
}
