import { clopperPearson, quantileRanks } from '../../../shared/statistics/binomialInterval';
import { toMs } from '../../../shared/statistics/latencySummary';
import { formatNumber } from '../../../shared/units/format';
import type { RunSlices } from '../runSlices';
import { designEffect } from './designEffect';
import { type Bounds, type Check, type MeasurementFacts, tailChance } from './facts';
import { quantileMs } from './quantiles';
import type { MeanSubject, PercentileSubject, ShareSubject, Subject } from './subject';

/** A budget of failures holds if a target at its limit would fail so rarely only with less than this chance. */
const budgetChance = 0.1;
/** The normal quantile of 1 - {@link tailChance}. */
const normalQuantile = 2.576;

/** How many of a percentile's requests count as independent, beside all. */
function effectiveCount(count: number, valueMs: number, slices: RunSlices): number {
  const effect = designEffect(
    slices.histograms().map((slice) => ({ hits: slice.countAbove(valueMs * 1000), cases: slice.count })),
  );
  return count / effect;
}

/** Between which percentiles of the sample the true one lies: order statistics (docs/adr/013). */
export function percentileBounds({ histogram, share, value }: PercentileSubject, slices: RunSlices): Bounds {
  const { low, high } = quantileRanks(share, effectiveCount(histogram.count, value, slices), tailChance);
  return { low: Math.min(value, quantileMs(histogram, low)), high: Math.max(value, quantileMs(histogram, high)) };
}

/** The mean by its error over the stretches of the run. */
function meanBounds({ histogram, value }: MeanSubject, slices: RunSlices): Bounds {
  const parts = slices.histograms().filter((slice) => slice.count > 0);
  if (parts.length < 2) return { low: 0, high: Number.POSITIVE_INFINITY };
  // The error of a ratio of sums (Cochran 1977, 6.4): stretches with more requests weigh more.
  const residuals = parts.map((part) => (part.meanUs / 1000 - value) * part.count);
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const error = (Math.sqrt((squares * parts.length) / (parts.length - 1)) / histogram.count) * normalQuantile;
  return { low: Math.max(0, value - error), high: value + error };
}

/**
 * A share of failures is a budget: what was used of it is a fact, so a budget that is overdrawn has failed. Whether
 * one that holds would go on holding is a question of chance, but not where nothing failed: no run can show less.
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
  const { cases, value, rule } = subject;
  if (rule.threshold.metric === 'http_req_failed') return failureBounds(subject, slices);
  if (cases.count === cases.of) return { low: value, high: value };
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

/** How far chance alone may have moved what rests on a limited number of requests. */
export const samples: Check = (facts) => {
  const { response } = facts.totals;
  const p95Ms = toMs(response.percentileUs(95));
  const effective = effectiveCount(response.count, p95Ms, facts.totals.slices);
  const dependent =
    effective < 0.9 * response.count
      ? `, as much as ${formatNumber(effective)} that had nothing to do with each other`
      : '';
  return {
    check: 'samples',
    value: response.count,
    limit: 0,
    unit: 'requests',
    isNotable: false,
    message: `The figures rest on ${formatNumber(response.count)} successful requests${dependent}.`,
    bounds: (subject) => boundsOf(subject, facts),
  };
};
