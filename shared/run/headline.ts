import { describeDuration, describeLoad, isFixedWork } from '../scenario/describe';
import type { Load } from '../scenario/schema';
import { stageName } from '../scenario/stageMarks';
import type { ThresholdResult } from '../thresholds/evaluate';
import { type MetricKind, type MetricName, metricKinds, parseThreshold } from '../thresholds/parse';
import { formatLatency, formatNumber, formatRate, formatShare } from '../units/format';
import { type Capacity, describeResource } from './capacity';
import type { RunDocument } from './document';
import { targetLabel } from './target';
import type { RunState } from './verdict';

const stateWords: Record<RunState, string> = {
  passed: 'Passed',
  failed: 'Failed',
  inconclusive: 'Inconclusive',
  aborted: 'Aborted',
  interrupted: 'Interrupted',
  imported: 'Imported',
};

/** How a run ended, as a word. */
export function stateWord(state: RunState): string {
  return stateWords[state];
}

/** The one sentence that a person reads first: the verdict, and the reason for it. */
export function verdictSentence(document: RunDocument): string {
  const { metrics, verdict, scenario } = document;
  const subject = `${scenario.name} on ${targetLabel(document.target, document.backend)}`;
  if (document.capacity && verdict !== 'aborted' && verdict !== 'interrupted')
    return capacitySentence(document, document.capacity);
  switch (verdict) {
    case 'passed':
      return `Passed: ${subject} held ${formatRate(metrics.http_reqs.rate)} with P95 ${formatLatency(metrics.http_req_duration.p95)} and P99 ${formatLatency(metrics.http_req_duration.p99)} over ${isFixedWork(scenario.load) ? describeLoad(scenario.load) : describeDuration(scenario.load)}.`;
    case 'failed':
      return `Failed: ${failure(document)}${document.reason === undefined ? '' : ` ${document.reason}`}`;
    case 'inconclusive':
      return `Inconclusive: ${document.trust.find((check) => !check.ok)?.message ?? 'the measurement cannot be trusted.'}`;
    case 'aborted':
      return `Aborted: ${document.reason ?? 'the run ended early.'} What was measured is kept.`;
    case 'interrupted':
      return `Interrupted: ${document.reason ?? 'the run was stopped before its end.'} What was measured is kept.`;
  }
}

/** The result of a capacity search: the rate, how sure it is, and what the limit is. */
function capacitySentence(document: RunDocument, { rate, low, high, atLeast, limitedBy }: Capacity): string {
  const { verdict, metrics } = document;
  const target = targetLabel(document.target, document.backend);
  const limit = `the limit is ${describeResource(limitedBy)}`;
  if (rate === null) {
    return verdict === 'failed'
      ? `Failed: no rate was found at which the thresholds hold on ${target}; ${limit}.`
      : `Inconclusive: no rate was confirmed on ${target}; ${limit}.`;
  }
  const held = `${target} answers ${atLeast ? 'at least ' : ''}${formatRate(rate)} with P95 ${formatLatency(metrics.http_req_duration.p95)}`;
  const interval = `95 % interval ${formatNumber(low ?? rate, rate < 100 ? 1 : 0)} to ${formatNumber(high ?? rate, rate < 100 ? 1 : 0)}`;
  switch (verdict) {
    case 'passed':
      return `Passed: ${held} (${interval}); ${limit}.`;
    case 'failed':
      return `Failed: ${failure(document)}`;
    default:
      return atLeast
        ? `Inconclusive: ${held}; beyond that ${limit}. Spread the load over more processes.`
        : `Inconclusive: ${document.trust.find((check) => !check.ok)?.message ?? 'the measurement cannot be trusted.'}`;
  }
}

function failure({ integrity, thresholds, metrics, scenario }: RunDocument): string {
  if ((integrity.lostWrites ?? 0) > 0)
    return `${formatNumber(integrity.lostWrites ?? 0)} acknowledged writes are lost.`;
  if (integrity.violations > 0)
    return `${formatNumber(integrity.violations)} answers were wrong (of another tenant, id or version).`;
  const broken = thresholds.filter((threshold) => !threshold.ok);
  const [first] = broken;
  if (!first) return 'a threshold does not hold.';
  const others =
    broken.length > 1 ? `, and ${broken.length - 1} more threshold${broken.length > 2 ? 's' : ''} failed` : '';
  return `${describeThreshold(first, scenario.load)}${others}, at ${formatRate(metrics.http_reqs.rate)}.`;
}

const metricWords: Partial<Record<MetricName, string>> = {
  http_req_duration: 'response time',
  http_req_service: 'service time',
  http_req_failed: 'the share of failed requests',
  cache_hit: 'the cache hit rate',
  integrity: 'the share of right answers',
  target_memory: "the target's memory",
};

/** A failed threshold in words: `the P95 response time is 806 ms where <50 ms was asked`. */
function describeThreshold({ metric, expression, value, baseline }: ThresholdResult, load: Load): string {
  const parsed = parseThreshold(metric, expression);
  if (!parsed.ok || value === null) return `${metric} ${expression} has no sample`;
  const { aggregation, operator, limit, operation, stage, secondsHeld } = parsed.value;
  if (secondsHeld) return `${metric} ${expression} held in ${formatShare(value)} of the seconds`;
  if (aggregation.kind === 'growth') {
    const grown = aggregation.percentile === undefined ? '' : `the P${aggregation.percentile} `;
    return `${grown}${metricWords[parsed.value.metric] ?? parsed.value.metric} grew by ${formatShare(value)} over the run where ${operator} ${formatShare(limit)} was asked`;
  }
  const kind: MetricKind = metricKinds[parsed.value.metric];
  const format =
    kind === 'trend' ? formatLatency : kind === 'rate' ? formatShare : (count: number) => formatNumber(count, 1);
  const statistic =
    aggregation.kind === 'percentile' ? `P${aggregation.percentile} ` : kind === 'trend' ? `${aggregation.kind} ` : '';
  const article = kind === 'trend' ? 'the ' : '';
  const name = metricWords[parsed.value.metric] ?? parsed.value.metric;
  const of =
    operation === undefined ? (stage === undefined ? '' : ` of ${stageName(load, stage)}`) : ` of ${operation}`;
  const asked = baseline?.limit ?? limit;
  const times = baseline?.value ? ` (${expression.replace(/^[^<>=]*[<>=]+\s*/, '')})` : '';
  return `${article}${statistic}${name}${of} is ${format(value)} where ${operator} ${format(asked)}${times} was asked`;
}
