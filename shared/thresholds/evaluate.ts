import { z } from 'zod';
import type { Growth } from '../statistics/growth';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import { doubtSchema, thresholdStatusSchema } from './doubt';
import { type Bound, type MetricName, metricKinds, type Operator, type SubMetric, type Threshold } from './parse';
import { rulesOf, type ThresholdRule, type Thresholds } from './rules';

/** The result of one threshold. `value` is null when the run has no sample of the metric. */
export const thresholdResultSchema = z.object({
  metric: z.string(),
  expression: z.string(),
  value: z.number().nullable(),
  ok: z.boolean(),
  /** Present for the implicit threshold, which applies when no other covers failures. */
  isImplicit: z.literal(true).optional(),
  /** Documents before version 0.2 have no status, only `ok`. */
  status: thresholdStatusSchema.optional(),
  /** The interval of the true value under all doubts; null means unbounded. */
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
  /**
   * How many times the worst value of the interval fits into the limit; the threshold passes above 1. Null when it has
   * no meaning.
   */
  margin: z.number().nullable().optional(),
  /** What could have moved the value, widest first. */
  doubts: z.array(doubtSchema).optional(),
  /** For a threshold relative to a baseline. */
  baseline: z
    .object({
      runId: z.string(),
      /** The value of the baseline; null when it has none. */
      value: z.number().nullable(),
      /** The limit for `value`; null without a baseline value. */
      limit: z.number().nullable(),
      /** Whether the result exceeds noise, so that equal runs would not have it. */
      isSure: z.boolean(),
      /** Why no comparison with the baseline can be certain. */
      doubt: z.string().optional(),
    })
    .optional(),
});

export type ThresholdResult = z.infer<typeof thresholdResultSchema>;

/** Occurrences among cases. For a counter, the cases are seconds. */
export interface Share {
  count: number;
  of: number;
}

/** The metrics of a run, or of a part of it, for thresholds. */
export interface MetricSource {
  trend(metric: MetricName, part: SubMetric): LatencyHistogram;
  share(metric: MetricName, part: SubMetric): Share;
}

/** The limit of a threshold relative to a baseline. */
export interface BaselineLimit {
  runId: string;
  /** The value of the baseline; null when it has none. */
  value: number | null;
  /** The factor by which equal runs may differ, at least 1; infinite when any difference may be chance. */
  noiseFactor: number;
  /** The additional absolute difference of equal runs, in the unit of the metric; for shares and counts. */
  noiseAbsolute?: number;
  /** Why no comparison with the baseline can be certain, such as a different machine. */
  doubt?: string;
}

/** A growth, or that the run is too short to detect one. */
export type KnownGrowth = Growth | 'too-short';

/** A source that also knows in how many seconds a threshold held, and the baseline. */
export interface RunMetricSource extends MetricSource {
  secondsHeld(rule: ThresholdRule): Share;
  /** Returns the share by which a metric grew over the run; undefined when that does not apply. */
  growth(threshold: Threshold): KnownGrowth | undefined;
  baseline(rule: ThresholdRule): BaselineLimit | undefined;
}

const compare: Record<Operator, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** Whether a value is within a bound. */
export function holds(value: number, { operator, limit }: Bound): boolean {
  return compare[operator](value, limit);
}

/** Whether a sub-metric covers the whole run. */
export function isWhole({ operation, stage, step, journey, check, scenario }: SubMetric): boolean {
  return [operation, stage, step, journey, check, scenario].every((part) => part === undefined);
}

function trendValue(histogram: LatencyHistogram, { aggregation }: Threshold): number | null {
  if (histogram.count === 0) return null;
  switch (aggregation.kind) {
    case 'percentile':
      return toMs(histogram.percentileUs(aggregation.percentile));
    case 'min':
      return toMs(histogram.minUs);
    case 'max':
      return toMs(histogram.maxUs);
    default:
      return toMs(histogram.meanUs);
  }
}

/** Returns the value that a threshold bounds; null without a sample, and for a growth, which no part of a run has. */
export function measuredValue(threshold: Threshold, source: MetricSource): number | null {
  const { metric, aggregation } = threshold;
  if (aggregation.kind === 'growth') return null;
  if (metricKinds[metric] === 'trend') return trendValue(source.trend(metric, threshold), threshold);
  const { count, of } = source.share(metric, threshold);
  if (aggregation.kind === 'count') return count;
  return of === 0 ? null : count / of;
}

/** Judges a value against a baseline. A failure that may be noise is not certain. */
function judgeAgainst(
  { metric, expression, threshold }: ThresholdRule,
  value: number | null,
  { runId, value: baseline, noiseFactor, noiseAbsolute = 0, doubt }: BaselineLimit,
): ThresholdResult {
  if (baseline === null || value === null)
    return { metric, expression, value, ok: false, baseline: { runId, value: baseline, limit: null, isSure: false } };
  const { operator, limit: factor } = threshold;
  const limit = baseline * factor;
  const noisyLimit = operator.startsWith('<')
    ? limit * noiseFactor + noiseAbsolute
    : limit / noiseFactor - noiseAbsolute;
  const ok = holds(value, { operator, limit });
  const isBeyondNoise = Number.isFinite(noiseFactor) && !holds(value, { operator, limit: noisyLimit });
  const isSure = doubt === undefined && (ok || isBeyondNoise);
  const about = { runId, value: baseline, limit, isSure, ...(doubt === undefined ? {} : { doubt }) };
  return { metric, expression, value, ok, baseline: about };
}

/** Judges a growth against its limit. It is undecided while its interval contains the limit. */
function judgeGrowth({ metric, expression, threshold }: ThresholdRule, { value, low, high }: Growth): ThresholdResult {
  const held = [low, value, high].filter((bound) => holds(bound, threshold)).length;
  const bounded = (bound: number): number | null => (Number.isFinite(bound) ? bound : null);
  return {
    metric,
    expression,
    value,
    ok: holds(value, threshold),
    status: held === 3 ? 'passed' : held === 0 ? 'failed' : 'undecided',
    low: bounded(low),
    high: bounded(high),
  };
}

/** Metrics that exist only when the target or the executor provides them. Without a sample, they do not apply. */
const optionalMetrics: ReadonlySet<MetricName> = new Set([
  'cache_hit',
  'integrity',
  'send_lateness',
  'http_req_looking_up',
  'http_req_connecting',
  'http_req_tls_handshaking',
]);

function judgeRule(rule: ThresholdRule, source: RunMetricSource): ThresholdResult | undefined {
  const { metric, expression, threshold } = rule;
  const { secondsHeld } = threshold;
  if (secondsHeld) {
    const { count, of } = source.secondsHeld(rule);
    const value = of === 0 ? null : count / of;
    return { metric, expression, value, ok: value !== null && holds(value, secondsHeld) };
  }
  if (threshold.aggregation.kind === 'growth') {
    const growth = source.growth(threshold);
    if (growth === 'too-short') return { metric, expression, value: null, ok: false, status: 'undecided' };
    return growth && judgeGrowth(rule, growth);
  }
  const value = measuredValue(threshold, source);
  if (value === null && optionalMetrics.has(threshold.metric)) return undefined;
  if (threshold.isRelative) {
    const baseline = source.baseline(rule);
    return baseline
      ? judgeAgainst(rule, value, baseline)
      : { metric, expression, value, ok: false, baseline: { runId: '', value: null, limit: null, isSure: false } };
  }
  return { metric, expression, value, ok: value !== null && holds(value, threshold) };
}

/**
 * Evaluates rules. A threshold on a metric without samples fails, unless the metric does not apply to the run (no
 * cache, nothing to check, no schedule). Then it is left out.
 */
export function evaluateRules(rules: readonly ThresholdRule[], source: RunMetricSource): ThresholdResult[] {
  return rules.flatMap((rule) => {
    const result = judgeRule(rule, source);
    if (!result || !rule.isImplicit) return result ?? [];
    // An implicit threshold does not apply to a run in which no request ended.
    return result.value === null ? [] : { ...result, isImplicit: true as const };
  });
}

/** An upper bound on a percentile of the response time. */
export interface LatencyLimit {
  percentile: number;
  limitMs: number;
  /** Whether it covers all requests, not an operation or a stage. */
  isWhole: boolean;
}

/** Returns the upper bounds on percentiles of the response time among rules. */
export function latencyLimitsOf(rules: readonly ThresholdRule[]): LatencyLimit[] {
  return rules.flatMap(({ threshold }) => {
    const { metric, aggregation, operator, limit, secondsHeld, isRelative } = threshold;
    if (metric !== 'http_req_duration' || aggregation.kind !== 'percentile') return [];
    if (!operator.startsWith('<') || secondsHeld || isRelative) return [];
    return [{ percentile: aggregation.percentile, limitMs: limit, isWhole: isWhole(threshold) }];
  });
}

/** Returns the limits of all requests together, for lines in charts. */
export function latencyLimits(thresholds: Thresholds): { percentile: number; limitMs: number }[] {
  return latencyLimitsOf(rulesOf(thresholds))
    .filter((limit) => limit.isWhole)
    .map(({ percentile, limitMs }) => ({ percentile, limitMs }));
}

/** Returns the upper limit of the P95 of all requests, in ms; undefined when no threshold sets one. */
export function p95LimitMs(thresholds: Thresholds): number | undefined {
  return latencyLimits(thresholds).find(({ percentile }) => percentile === 95)?.limitMs;
}
