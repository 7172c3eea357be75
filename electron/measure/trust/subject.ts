import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { isWhole, type Share } from '../../../shared/thresholds/evaluate';
import { type MetricName, metricKinds } from '../../../shared/thresholds/parse';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import type { RunTotals, Unanswered } from '../runTotals';

/** What a threshold is about, in the form that the checks read. */
export type Subject = PercentileSubject | MeanSubject | ShareSubject;

interface SubjectFrame {
  rule: ThresholdRule;
  /** In the unit of the metric. */
  value: number;
  unanswered: Unanswered;
  /** Whether the threshold is about the response or service time of all requests. */
  isWhole: boolean;
}

/** A percentile of a latency, in ms. */
export interface PercentileSubject extends SubjectFrame {
  kind: 'percentile';
  /** The share of requests at or below the value, 0..1. */
  share: number;
  histogram: LatencyHistogram;
}

/** The mean of a latency, in ms. */
export interface MeanSubject extends SubjectFrame {
  kind: 'mean';
  histogram: LatencyHistogram;
}

/** A share of cases, 0..1. */
export interface ShareSubject extends SubjectFrame {
  kind: 'share';
  cases: Share;
}

/** Metrics that are facts of the run, no matter what may have moved others. */
const factualMetrics: ReadonlySet<MetricName> = new Set(['send_lateness', 'integrity']);

/**
 * What a threshold with a value is about. Undefined if the value is a fact of the run that nothing could have moved:
 * counts and rates, the minimum and maximum latency, the seconds in which a bound held, the integrity of responses, and
 * send lateness itself.
 */
export function subjectOf(rule: ThresholdRule, value: number, totals: RunTotals): Subject | undefined {
  const { threshold } = rule;
  const { metric, aggregation, secondsHeld } = threshold;
  if (secondsHeld || factualMetrics.has(metric)) return undefined;
  const unanswered =
    metric === 'iteration_duration' ? totals.unansweredIterations(threshold) : totals.unanswered(threshold);
  const frame = { rule, value, unanswered, isWhole: isWhole(threshold) };
  if (metricKinds[metric] === 'trend') {
    const histogram = totals.trend(metric, threshold);
    if (aggregation.kind === 'avg') return { ...frame, kind: 'mean', histogram };
    if (aggregation.kind !== 'percentile' || aggregation.percentile >= 100) return undefined;
    return { ...frame, kind: 'percentile', share: aggregation.percentile / 100, histogram };
  }
  if (metric === 'http_req_failed') return { ...frame, kind: 'share', cases: totals.failures(threshold) };
  if (metric === 'checks') return { ...frame, kind: 'share', cases: totals.journeys.checks(threshold) };
  if (metric === 'cache_hit') return { ...frame, kind: 'share', cases: totals.cacheHit };
  return undefined;
}
