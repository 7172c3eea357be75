import type { Load } from '../../scenario/schema';
import { stageName } from '../../scenario/stageMarks';
import type { ThresholdResult } from '../../thresholds/evaluate';
import { type MetricKind, type MetricName, metricKinds, parseThreshold, type Threshold } from '../../thresholds/parse';
import { formatLatency, formatNumber, formatShare } from '../../units/format';

const metricWords: Partial<Record<MetricName, string>> = {
  http_req_duration: 'response time',
  http_req_service: 'service time',
  iteration_duration: 'duration of an iteration',
  checks: 'the share of checks that passed',
  http_req_failed: 'the share of failed requests',
  cache_hit: 'the cache hit rate',
  integrity: 'the share of correct responses',
  target_memory: "the target's memory",
};

const formats: Record<MetricKind, (value: number) => string> = {
  trend: formatLatency,
  rate: formatShare,
  counter: (value) => formatNumber(value, 1),
  gauge: (value) => formatNumber(value, 1),
};

/** Formats a value of a threshold in the unit of its metric; without a unit when the threshold cannot be parsed. */
export function formatThresholdValue(
  { metric, expression }: Pick<ThresholdResult, 'metric' | 'expression'>,
  value: number,
): string {
  const parsed = parseThreshold(metric, expression);
  if (!parsed.ok) return String(value);
  const isShare = parsed.value.secondsHeld !== undefined || parsed.value.aggregation.kind === 'growth';
  return isShare ? formatShare(value) : formats[metricKinds[parsed.value.metric]](value);
}

/** Returns the name of a metric within a sentence: `P95 response time of read`. */
function nameOf({ metric, aggregation, stage, ...part }: Threshold, load: Load): string {
  const kind: MetricKind = metricKinds[metric];
  const statistic =
    aggregation.kind === 'percentile' ? `P${aggregation.percentile} ` : kind === 'trend' ? `${aggregation.kind} ` : '';
  const { operation, step, journey, scenario, check } = part;
  const name =
    operation ?? step ?? journey ?? scenario ?? check ?? (stage === undefined ? undefined : stageName(load, stage));
  const of = name === undefined ? '' : ` of ${name}`;
  return `${kind === 'trend' ? 'the ' : ''}${statistic}${metricWords[metric] ?? metric}${of}`;
}

/**
 * Returns the name of a threshold's metric within a sentence, `the P95 response time of read`; unchanged when it cannot
 * be parsed.
 */
export function nameOfThreshold(
  { metric, expression }: Pick<ThresholdResult, 'metric' | 'expression'>,
  load: Load,
): string {
  const parsed = parseThreshold(metric, expression);
  return parsed.ok ? nameOf(parsed.value, load) : metric;
}

/** Returns the limit of a threshold, in its unit; undefined when there is none, or when it is unknown. */
export function limitOf({ metric, expression, baseline }: ThresholdResult): number | undefined {
  if (baseline) return baseline.limit ?? undefined;
  const parsed = parseThreshold(metric, expression);
  if (!parsed.ok || parsed.value.isRelative) return undefined;
  const { operator, limit } = parsed.value.secondsHeld ?? parsed.value;
  return operator === '==' || operator === '!=' ? undefined : limit;
}

/** Describes a threshold and its value: `the P95 response time is 806 ms where <50 ms is required`. */
export function describeThreshold(result: ThresholdResult, load: Load): string {
  const { metric, expression, value, baseline } = result;
  const parsed = parseThreshold(metric, expression);
  const isTooShort = parsed.ok && parsed.value.aggregation.kind === 'growth';
  if (value === null && isTooShort)
    return `the run is too short to judge ${metric} ${expression}, which takes more than a minute`;
  if (!parsed.ok || value === null) return `${metric} ${expression} has no sample`;
  const { operator, limit, secondsHeld, aggregation } = parsed.value;
  if (secondsHeld) return `${metric} ${expression} was met in ${formatShare(value)} of the seconds`;
  if (aggregation.kind === 'growth') {
    const grown = aggregation.percentile === undefined ? '' : `the P${aggregation.percentile} `;
    return `${grown}${metricWords[parsed.value.metric] ?? parsed.value.metric} grew by ${formatShare(value)} over the run where ${operator} ${formatShare(limit)} is required`;
  }
  const format = (number: number): string => formatThresholdValue(result, number);
  const times = baseline?.value ? ` (${expression.replace(/^[^<>=]*[<>=]+\s*/, '')})` : '';
  return `${nameOf(parsed.value, load)} is ${format(value)} where ${operator} ${format(baseline?.limit ?? limit)}${times} is required`;
}
