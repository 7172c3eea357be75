import { z } from 'zod';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import { type MetricName, type Operator, parseThreshold, type Threshold } from './parse';

/** The outcome of one threshold. `value` is null when the run has no sample of the metric. */
export const thresholdResultSchema = z.object({
  metric: z.string(),
  expression: z.string(),
  value: z.number().nullable(),
  ok: z.boolean(),
});

export type ThresholdResult = z.infer<typeof thresholdResultSchema>;

/** Where thresholds find the metrics of a run. */
export interface MetricSource {
  trend(metric: MetricName, operation: string | undefined): LatencyHistogram;
  /** Occurrences among cases; for a counter the cases are seconds of the run. */
  share(metric: MetricName): { count: number; of: number };
}

const compare: Record<Operator, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

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

function measuredValue(threshold: Threshold, source: MetricSource): number | null {
  const { metric, aggregation } = threshold;
  if (metric === 'http_req_duration' || metric === 'http_req_service' || metric === 'send_lateness') {
    return trendValue(source.trend(metric, threshold.operation), threshold);
  }
  const { count, of } = source.share(metric);
  if (aggregation.kind === 'count') return count;
  return of === 0 ? null : count / of;
}

/** Metrics that exist only where the target or the executor provides them: no sample means "does not apply". */
const optionalMetrics: ReadonlySet<MetricName> = new Set(['cache_hit', 'integrity', 'send_lateness']);

/**
 * Judges all thresholds of a scenario. A threshold on a metric without samples fails, except where the metric
 * does not apply to the run (no cache, nothing to check, no schedule): then it is left out.
 */
export function evaluateThresholds(
  thresholds: Record<string, readonly string[]>,
  source: MetricSource,
): ThresholdResult[] {
  const results: ThresholdResult[] = [];
  for (const [metric, expressions] of Object.entries(thresholds)) {
    for (const expression of expressions) {
      const parsed = parseThreshold(metric, expression);
      if (!parsed.ok) throw new RangeError(parsed.error.message);
      const value = measuredValue(parsed.value, source);
      if (value === null && optionalMetrics.has(parsed.value.metric)) continue;
      const ok = value !== null && compare[parsed.value.operator](value, parsed.value.limit);
      results.push({ metric, expression, value, ok });
    }
  }
  return results;
}

/** The limits in milliseconds of upper bounds on percentiles of the response time, for lines in charts. */
export function latencyLimits(
  thresholds: Record<string, readonly string[]>,
): { percentile: number; limitMs: number }[] {
  return (thresholds.http_req_duration ?? []).flatMap((expression) => {
    const parsed = parseThreshold('http_req_duration', expression);
    if (!parsed.ok || parsed.value.aggregation.kind !== 'percentile' || !parsed.value.operator.startsWith('<'))
      return [];
    return [{ percentile: parsed.value.aggregation.percentile, limitMs: parsed.value.limit }];
  });
}
