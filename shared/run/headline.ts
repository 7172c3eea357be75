import { durationText } from '../scenario/overrides';
import { formatLatency, formatNumber, formatRate } from '../units/format';
import type { RunDocument } from './document';
import { targetLabel } from './target';
import type { Verdict } from './verdict';

const verdictWords: Record<Verdict, string> = {
  passed: 'Passed',
  failed: 'Failed',
  inconclusive: 'Inconclusive',
  aborted: 'Aborted',
  interrupted: 'Interrupted',
};

/** The verdict as a word. */
export function verdictWord(verdict: Verdict): string {
  return verdictWords[verdict];
}

/** The one sentence that a person reads first: the verdict, and the reason for it. */
export function verdictSentence(document: RunDocument): string {
  const { metrics, verdict, scenario } = document;
  const subject = `${scenario.name} on ${targetLabel(document.target)}`;
  switch (verdict) {
    case 'passed':
      return `Passed: ${subject} held ${formatRate(metrics.http_reqs.rate)} with P95 ${formatLatency(metrics.http_req_duration.p95)} and P99 ${formatLatency(metrics.http_req_duration.p99)} over ${durationText(scenario)}.`;
    case 'failed':
      return `Failed: ${failure(document)}`;
    case 'inconclusive':
      return `Inconclusive: ${document.trust.find((check) => !check.ok)?.message ?? 'the measurement cannot be trusted.'}`;
    case 'aborted':
      return `Aborted: ${document.reason ?? 'the run ended early.'} What was measured is kept.`;
    case 'interrupted':
      return `Interrupted: ${document.reason ?? 'the run was stopped before its end.'} What was measured is kept.`;
  }
}

function failure({ integrity, thresholds, metrics }: RunDocument): string {
  if ((integrity.lostWrites ?? 0) > 0)
    return `${formatNumber(integrity.lostWrites ?? 0)} acknowledged writes are lost.`;
  if (integrity.violations > 0)
    return `${formatNumber(integrity.violations)} answers were wrong (of another tenant, id or version).`;
  const broken = thresholds.filter((threshold) => !threshold.ok);
  const [first] = broken;
  if (!first) return 'a threshold does not hold.';
  const isLatency = first.metric.startsWith('http_req_duration') || first.metric === 'http_req_service';
  const value =
    first.value === null
      ? 'no sample'
      : isLatency
        ? formatLatency(first.value)
        : String(Number(first.value.toPrecision(3)));
  const others = broken.length > 1 ? ` and ${broken.length - 1} more` : '';
  return `${first.metric} ${first.expression} does not hold: ${value}${others}, at ${formatRate(metrics.http_reqs.rate)}.`;
}
