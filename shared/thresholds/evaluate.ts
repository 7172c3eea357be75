import { z } from 'zod';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import { type Bound, type MetricName, metricKinds, type Operator, type SubMetric, type Threshold } from './parse';
import { rulesOf, type ThresholdRule, type Thresholds } from './rules';

/** The outcome of one threshold. `value` is null when the run has no sample of the metric. */
export const thresholdResultSchema = z.object({
  metric: z.string(),
  expression: z.string(),
  value: z.number().nullable(),
  ok: z.boolean(),
});

export type ThresholdResult = z.infer<typeof thresholdResultSchema>;

/** Occurrences among cases; for a counter the cases are seconds. */
export interface Share {
  count: number;
  of: number;
}

/** Where thresholds find the metrics of a run, or of a part of it. */
export interface MetricSource {
  trend(metric: MetricName, part: SubMetric): LatencyHistogram;
  share(metric: MetricName, part: SubMetric): Share;
}

/** A source that also knows in how many of its seconds a threshold held. */
export interface RunMetricSource extends MetricSource {
  secondsHeld(rule: ThresholdRule): Share;
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

/** Whether a sub-metric is about the whole run. */
export function isWhole({ operation, stage }: SubMetric): boolean {
  return operation === undefined && stage === undefined;
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

/** The value that a threshold's bound is about; null without a sample. */
export function measuredValue(threshold: Threshold, source: MetricSource): number | null {
  const { metric, aggregation } = threshold;
  if (metricKinds[metric] === 'trend') return trendValue(source.trend(metric, threshold), threshold);
  const { count, of } = source.share(metric, threshold);
  if (aggregation.kind === 'count') return count;
  return of === 0 ? null : count / of;
}

/** Metrics that exist only where the target or the executor provides them: no sample means "does not apply". */
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
  const value = measuredValue(threshold, source);
  if (value === null && optionalMetrics.has(threshold.metric)) return undefined;
  return { metric, expression, value, ok: value !== null && holds(value, threshold) };
}

/**
 * Judges rules. A threshold on a metric without samples fails, except where the metric does not apply to the run (no
 * cache, nothing to check, no schedule): then it is left out.
 */
export function evaluateRules(rules: readonly ThresholdRule[], source: RunMetricSource): ThresholdResult[] {
  return rules.flatMap((rule) => judgeRule(rule, source) ?? []);
}

/** An upper bound on a percentile of the response time. */
export interface LatencyLimit {
  percentile: number;
  limitMs: number;
  /** Whether it is about all requests, and not about an operation or a stage. */
  isWhole: boolean;
}

/** The upper bounds on percentiles of the response time among rules. */
export function latencyLimitsOf(rules: readonly ThresholdRule[]): LatencyLimit[] {
  return rules.flatMap(({ threshold }) => {
    const { metric, aggregation, operator, limit, secondsHeld } = threshold;
    if (metric !== 'http_req_duration' || aggregation.kind !== 'percentile') return [];
    if (!operator.startsWith('<') || secondsHeld) return [];
    return [{ percentile: aggregation.percentile, limitMs: limit, isWhole: isWhole(threshold) }];
  });
}

/** The limits of all requests together, for lines in charts. */
export function latencyLimits(thresholds: Thresholds): { percentile: number; limitMs: number }[] {
  return latencyLimitsOf(rulesOf(thresholds))
    .filter((limit) => limit.isWhole)
    .map(({ percentile, limitMs }) => ({ percentile, limitMs }));
}
