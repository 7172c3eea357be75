import { describeDuration, describeLoad, isFixedWork } from '../scenario/describe';
import { describeThreshold } from '../thresholds/describe';
import { formatLatency, formatNumber, formatRate, formatShare } from '../units/format';
import { type Capacity, describeResource } from './capacity';
import type { RunDocument } from './document';
import { causesOf, openersOf } from './doubts';
import { phraseOf, remedyOf } from './doubtWords';
import { type RunMetrics, successRateOf } from './metrics';
import { targetLabel } from './target';
import { describeInterval, distanceText, limitRatio } from './thresholdOutcome';
import { type RunState, statusOf } from './verdict';

const stateWords: Record<RunState, string> = {
  passed: 'Passed',
  failed: 'Failed',
  inconclusive: 'Inconclusive',
  aborted: 'Aborted',
  interrupted: 'Interrupted',
  imported: 'Imported',
};

/** More findings than this make no sentence. */
const mostPhrases = 2;

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
      return `Passed: ${subject} ${[`${held(metrics)} over ${isFixedWork(scenario.load) ? describeLoad(scenario.load) : describeDuration(scenario.load)}${distance(document)}`, ...losses(metrics), ...shruggedOff(document)].join('; ')}.`;
    case 'failed':
      return `Failed: ${failure(document)}${document.reason === undefined ? '' : ` ${document.reason}`}`;
    case 'inconclusive':
      return `Inconclusive: ${uncertainty(document)}`;
    case 'aborted':
      return `Aborted: ${document.reason ?? 'the run ended early.'} What was measured is kept.`;
    case 'interrupted':
      return `Interrupted: ${document.reason ?? 'the run was stopped before its end.'} What was measured is kept.`;
  }
}

/** Why a run has no verdict: which threshold is open, between what it lies, what keeps it open, and what to do. */
function uncertainty({ thresholds, trust, scenario }: RunDocument): string {
  const open = thresholds.find((threshold) => statusOf(threshold) === 'undecided');
  const interval = open && describeInterval(open);
  if (!open || interval === undefined) {
    const [first] = trust.filter(({ ok }) => !ok);
    const why =
      first?.message ?? `${open ? describeThreshold(open, scenario.load) : 'nothing is known of the target'}.`;
    return [why, (first && remedyOf(first)) ?? []].flat().join(' ');
  }
  const causes = causesOf(open, trust).slice(0, mostPhrases);
  const by = causes.length === 0 ? '' : `: ${causes.join(' and ')}`;
  const openers = openersOf(open, trust);
  const [remedy] = openers.length === 0 ? ['Run it for longer.'] : openers.flatMap((check) => remedyOf(check) ?? []);
  return [`${describeThreshold(open, scenario.load)}; it may be ${interval}${by}.`, remedy ?? []].flat().join(' ');
}

/** By how much a run that passed is below its limits on the response time, at the worst. */
function distance({ thresholds }: RunDocument): string {
  const ratios = thresholds.flatMap((threshold) => {
    const ratio = threshold.metric.startsWith('http_req_duration') ? limitRatio(threshold) : undefined;
    return ratio !== undefined && ratio < 1 ? [ratio] : [];
  });
  return ratios.length === 0 ? '' : `, ${distanceText(Math.max(...ratios))} the limit${ratios.length > 1 ? 's' : ''}`;
}

/** What was found and can't change a verdict: `5.75 ms of send lateness can't change that`. */
function shruggedOff({ trust }: RunDocument): string[] {
  const phrases = trust.filter(({ isNotable }) => isNotable === true).map(phraseOf);
  return phrases.length === 0 ? [] : [`${phrases.slice(0, mostPhrases).join(' and ')} can't change that`];
}

/** What a target held: the rate of its right answers and their response time. */
function held(metrics: RunMetrics): string {
  const { count, p95, p99 } = metrics.http_req_duration;
  if (count === 0) return 'gave no right answer';
  return `held ${formatRate(successRateOf(metrics))} with P95 ${formatLatency(p95)} and P99 ${formatLatency(p99)}`;
}

/** What was asked for and not answered rightly, where anything was not. */
function losses({ http_req_failed, dropped_iterations }: RunMetrics): string[] {
  const words = [
    http_req_failed.count > 0 ? `${formatShare(http_req_failed.rate)} of requests failed` : undefined,
    dropped_iterations.count > 0 ? `${formatNumber(dropped_iterations.count)} could not be sent` : undefined,
  ].filter((text) => text !== undefined);
  return words.length > 0 ? [words.join(', ')] : [];
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
      return atLeast
        ? `Passed: ${held}; beyond that ${limit}. Spread the load over more processes to find the target's.`
        : `Passed: ${held} (${interval}); ${limit}.`;
    case 'failed':
      return `Failed: ${failure(document)}`;
    default:
      return `Inconclusive: ${uncertainty(document)}`;
  }
}

function failure({ integrity, thresholds, metrics, scenario }: RunDocument): string {
  if ((integrity.lostWrites ?? 0) > 0)
    return `${formatNumber(integrity.lostWrites ?? 0)} acknowledged writes are lost.`;
  if (integrity.violations > 0)
    return `${formatNumber(integrity.violations)} answers were wrong (of another tenant, id or version).`;
  const broken = thresholds.filter((threshold) => statusOf(threshold) === 'failed');
  const [first] = broken;
  if (!first) return 'no request was answered rightly.';
  const others =
    broken.length > 1 ? `, and ${broken.length - 1} more threshold${broken.length > 2 ? 's' : ''} failed` : '';
  return `${describeThreshold(first, scenario.load)}${others}, at ${formatRate(metrics.http_reqs.rate)}.`;
}
