import { quantileRanks } from '../../../shared/statistics/binomialInterval';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { theilSen } from '../../../shared/statistics/theilSen';
import { latencyLimitsOf } from '../../../shared/thresholds/evaluate';
import { formatLatency } from '../../../shared/units/format';
import { type Check, isConstantLoad, type MeasurementFacts, tailChance } from './facts';
import { quantileMs } from './quantiles';
import type { PercentileSubject, Subject } from './subject';

/** The share of the run that is its start, which is compared with the rest. */
const startShare = 0.1;
const leastParts = 8;
/** A relative change of the deciding percentile from which it is notable. */
const notableChange = 0.5;

/** The deciding percentile, as a share: that of the strictest limit on the response time, or P95. */
function decidingShare({ totals }: MeasurementFacts): number {
  const limits = latencyLimitsOf(totals.rules).filter(({ isWhole }) => isWhole);
  const [strictest] = limits.sort((a, b) => a.limitMs - b.limitMs);
  return (strictest?.percentile ?? 95) / 100;
}

/** Stretches of the run, each with enough requests for the percentile. */
function partsFor(share: number, { totals: { slices } }: MeasurementFacts): LatencyHistogram[] {
  const all = slices.histograms();
  const perSlice = all.reduce((sum, { count }) => sum + count, 0) / Math.max(1, all.length);
  const size = Math.max(1, Math.ceil(1 / (1 - share) / Math.max(perSlice, 1e-9)));
  const parts: LatencyHistogram[] = [];
  for (let first = 0; first + size <= all.length; first += size) {
    const part = new LatencyHistogram();
    for (const slice of all.slice(first, first + size)) part.merge(slice);
    if (part.count > 0) parts.push(part);
  }
  return parts;
}

interface Trend {
  fromMs: number;
  toMs: number;
}

/** The trend line of a percentile over time, if it goes up or down by more than chance; otherwise undefined. */
function trendOf(share: number, parts: readonly LatencyHistogram[]): Trend | undefined {
  const values = parts.map((part) => quantileMs(part, share));
  const line = theilSen(values.map((y, x) => ({ x, y })));
  if (!line || values.length < leastParts || (line.low <= 0 && line.high >= 0)) return undefined;
  const at = (x: number): number => Math.max(0, line.intercept + line.slope * x);
  return { fromMs: at(-0.5), toMs: at(values.length - 0.5) };
}

function isResponseTime(subject: Subject): subject is PercentileSubject {
  return subject.kind === 'percentile' && subject.isWhole && subject.rule.threshold.metric === 'http_req_duration';
}

/**
 * Whether the run would have ended differently if it had continued. If a percentile goes up or down steadily, its true
 * value lies between that of the run and the end of the trend line.
 */
export const drift: Check = (facts) => {
  if (!isConstantLoad(facts)) return undefined;
  const share = decidingShare(facts);
  const parts = partsFor(share, facts);
  if (parts.length < leastParts) return undefined;
  const trend = trendOf(share, parts);
  const name = `P${100 * share}`;
  const value = trend && trend.fromMs > 0 ? trend.toMs / trend.fromMs : 1;
  return {
    check: 'drift',
    value,
    limit: 1 + notableChange,
    unit: 'ratio',
    isNotable: Math.abs(Math.log(Math.max(value, 1e-3))) > Math.log(1 + notableChange),
    message: trend
      ? `${name} went from ${formatLatency(trend.fromMs)} to ${formatLatency(trend.toMs)} during the run.`
      : `${name} did not go up or down during the run.`,
    bounds: (subject) => {
      if (!isResponseTime(subject)) return undefined;
      const own = trendOf(subject.share, partsFor(subject.share, facts));
      return own && { low: Math.min(subject.value, own.toMs), high: Math.max(subject.value, own.toMs) };
    },
  };
};

interface Parts {
  start: LatencyHistogram;
  rest: LatencyHistogram;
}

/** Whether a percentile differs between the start and the rest by more than chance. */
function differ(share: number, { start, rest }: Parts): boolean {
  const [first, second] = [start, rest].map((part) => {
    const { low, high } = quantileRanks(share, part.count, tailChance);
    return { low: quantileMs(part, low), high: quantileMs(part, high) };
  });
  return first !== undefined && second !== undefined && (first.low > second.high || second.low > first.high);
}

/**
 * Whether the run was in a steady state when its measured part began, by a comparison of its first tenth with the rest.
 */
export const steadyState: Check = (facts) => {
  const { slices } = facts.totals;
  if (!isConstantLoad(facts)) return undefined;
  const parts = { start: slices.between(0, startShare), rest: slices.between(startShare, 1) };
  if (parts.start.count === 0 || parts.rest.count === 0) return undefined;
  const share = decidingShare(facts);
  const [startMs, restMs] = [quantileMs(parts.start, share), quantileMs(parts.rest, share)];
  const value = restMs > 0 ? startMs / restMs : 1;
  return {
    check: 'steady-state',
    value,
    limit: 1 + notableChange,
    unit: 'ratio',
    isNotable: differ(share, parts) && Math.abs(Math.log(Math.max(value, 1e-3))) > Math.log(1 + notableChange),
    message: `P${100 * share} was ${formatLatency(startMs)} in the first tenth and ${formatLatency(restMs)} in the rest of the run.`,
    bounds: (subject) => {
      if (!isResponseTime(subject) || !differ(subject.share, parts)) return undefined;
      const withoutStartMs = toMs(parts.rest.percentileUs(100 * subject.share));
      return { low: Math.min(subject.value, withoutStartMs), high: Math.max(subject.value, withoutStartMs) };
    },
  };
};
