import { clopperPearson } from '../../../shared/statistics/binomialInterval';
import { incompleteBeta } from '../../../shared/statistics/incompleteBeta';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { formatNumber } from '../../../shared/units/format';
import type { RunSlices } from '../runSlices';
import { designEffect, type Stretch } from './designEffect';
import { type Bounds, type Check, type MeasurementFacts, tailChance } from './facts';
import type { MeanSubject, PercentileSubject, ShareSubject, Subject } from './subject';

/** A failure budget holds if a target at its limit would fail this rarely with less than this probability. */
const budgetChance = 0.1;
/** The quantile of the normal distribution at 1 - {@link tailChance}. */
const normalQuantile = 2.576;

/** The minimum number of stretches from which their spread can be estimated. */
const leastStretches = 6;
/** The number of bisections between two latencies in whole microseconds, of at most an hour. */
const halvings = 32;

/** How many requests lie above a latency, for each stretch of the run. */
function stretchesAbove(valueUs: number, slices: RunSlices): Stretch[] {
  return slices.histograms().map((slice) => ({ hits: slice.countAbove(valueUs), cases: slice.count }));
}

/**
 * The probability that as few requests as in the run (`isBelow`), or as many, lie above a latency if the true share
 * above it is `rest`. The counts are divided by the design effect at that latency, because requests far out in the tail
 * may have a common cause that the others do not have.
 */
function chanceThat(
  isBelow: boolean,
  rest: number,
  valueUs: number,
  histogram: LatencyHistogram,
  slices: RunSlices,
): number {
  const effect = designEffect(stretchesAbove(valueUs, slices));
  const [hits, cases] = [histogram.countAbove(valueUs) / effect, histogram.count / effect];
  return isBelow
    ? 1 - incompleteBeta(rest, hits + 1, cases - hits)
    : hits <= 0
      ? 1
      : incompleteBeta(rest, hits, cases - hits + 1);
}

/**
 * The latency nearest to `fromUs`, on the way to `toUs`, at which a condition holds. Undefined if it does not hold even
 * at `toUs`.
 */
function nearest(fromUs: number, toUs: number, holds: (valueUs: number) => boolean): number | undefined {
  if (!holds(toUs)) return undefined;
  let [near, far] = [fromUs, toUs];
  for (let step = 0; step < halvings && Math.abs(far - near) > 1; step += 1) {
    const middle = Math.round((near + far) / 2);
    if (holds(middle)) far = middle;
    else near = middle;
  }
  return far;
}

/**
 * The latencies between which the true percentile lies. They are the nearest to the measured one for which the run
 * proves that fewer, or more, of all requests lie above them than above the percentile. The test is the exact test of a
 * proportion. For independent requests, it gives the ranks of order statistics (David and Nagaraja, Order Statistics,
 * 7.1).
 */
function percentileBounds({ histogram, share, value }: PercentileSubject, slices: RunSlices): Bounds {
  const rest = 1 - share;
  const valueUs = Math.round(value * 1000);
  const proves = (isBelow: boolean) => (candidateUs: number) =>
    chanceThat(isBelow, rest, candidateUs, histogram, slices) <= tailChance;
  const lowUs = nearest(valueUs, Math.max(0, histogram.minUs - 1), proves(false));
  const highUs = nearest(valueUs, histogram.maxUs, proves(true));
  return {
    low: lowUs === undefined ? 0 : Math.min(value, toMs(lowUs)),
    high: highUs === undefined ? Number.POSITIVE_INFINITY : Math.max(value, toMs(highUs)),
  };
}

/** The variance of a distribution, in ms squared. */
function varianceOf(histogram: LatencyHistogram): number {
  const meanMs = histogram.meanUs / 1000;
  let squares = 0;
  histogram.forEachBucket((valueUs, count) => {
    squares += count * (valueUs / 1000 - meanMs) ** 2;
  });
  return squares / Math.max(1, histogram.count - 1);
}

/** The standard error of a mean over the stretches of the run, as that of a ratio of sums (Cochran 1977, 6.4). */
function errorOverStretches({ histogram, value }: MeanSubject, parts: readonly LatencyHistogram[]): number {
  const squares = parts.reduce((sum, part) => sum + ((part.meanUs / 1000 - value) * part.count) ** 2, 0);
  return Math.sqrt((squares * parts.length) / (parts.length - 1)) / histogram.count;
}

/**
 * The bounds of a mean, from its error over the stretches of the run if they are about it. Otherwise, requests count as
 * independent.
 */
function meanBounds(subject: MeanSubject, slices: RunSlices): Bounds {
  const { histogram, value, rule, isWhole } = subject;
  const parts = slices.histograms().filter((slice) => slice.count > 0);
  const isOfStretches = isWhole && rule.threshold.metric === 'http_req_duration' && parts.length >= leastStretches;
  const deviation = isOfStretches
    ? errorOverStretches(subject, parts)
    : Math.sqrt(varianceOf(histogram) / histogram.count);
  const error = deviation * normalQuantile;
  return { low: Math.max(0, value - error), high: value + error };
}

/**
 * A limit on the share of failures is a budget. What was used of it is a fact, so a budget that is exceeded has failed.
 * Whether a budget that holds would continue to hold is a matter of chance. If nothing failed there is no doubt,
 * because no run can show less.
 */
function failureBounds({ cases, value }: ShareSubject, slices: RunSlices): Bounds {
  if (cases.count === 0) return { low: 0, high: 0 };
  const effect = designEffect(
    slices.all.map(({ response, failed }) => ({ hits: failed, cases: response.count + failed })),
  );
  return {
    low: value,
    high: Math.max(value, clopperPearson(cases.count / effect, cases.of / effect, budgetChance).high),
  };
}

function shareBounds(subject: ShareSubject, slices: RunSlices): Bounds {
  const { cases, rule } = subject;
  if (rule.threshold.metric === 'http_req_failed') return failureBounds(subject, slices);
  return clopperPearson(cases.count, cases.of, tailChance);
}

function boundsOf(subject: Subject, { totals: { slices } }: MeasurementFacts): Bounds {
  switch (subject.kind) {
    case 'percentile':
      return percentileBounds(subject, slices);
    case 'mean':
      return meanBounds(subject, slices);
    default:
      return shareBounds(subject, slices);
  }
}

/** How far chance alone may have moved the values that rest on a limited number of requests. */
export const samples: Check = (facts) => {
  const { response } = facts.totals;
  const effective = response.count / designEffect(stretchesAbove(response.percentileUs(95), facts.totals.slices));
  const dependent = effective < 0.9 * response.count ? `, as much as ${formatNumber(effective)} independent ones` : '';
  return {
    check: 'samples',
    value: response.count,
    limit: 0,
    unit: 'requests',
    isNotable: false,
    message: `The figures are based on ${formatNumber(response.count)} successful requests${dependent}.`,
    bounds: (subject) => boundsOf(subject, facts),
  };
};
