import type { Capacity } from '../../run/capacity';
import type { RunDocument } from '../../run/document';
import { type RunMetrics, successRateOf } from '../../run/metrics';
import { targetLabel } from '../../run/target';
import { statusOf, type Verdict } from '../../run/verdict';
import { describeDuration, describeLoad, isFixedWork } from '../../scenario/describe';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../units/format';
import { stateWord } from '../status';
import { describeResource } from '../wording/describeCapacity';
import { phraseOf, remedyOf } from '../wording/describeCheck';
import { describeInterval, distanceText, limitRatio } from '../wording/describeOutcome';
import { describeThreshold } from '../wording/describeThreshold';
import { causesOf, openersOf } from './thresholds';

/** The maximum number of findings in a sentence. */
const mostPhrases = 2;

/** The result of a run: the verdict as a word, and its reason as a sentence that follows the word. */
export interface VerdictText {
  verdict: Verdict;
  word: string;
  sentence: string;
}

/** Returns the subject of a run: `Smoke on sqlite`. */
export function subjectOf({
  scenario,
  target,
  backend,
}: Pick<RunDocument, 'scenario' | 'target'> & { backend?: RunDocument['backend'] }): string {
  return `${scenario.name} on ${targetLabel(target, backend)}`;
}

/** Returns the verdict of a run with its reason. */
export function verdictOf(document: RunDocument): VerdictText {
  const { verdict } = document;
  return { verdict, word: stateWord(verdict), sentence: reasonOf(document) };
}

/** Returns the sentence that a person reads first: the verdict and its reason. */
export function verdictSentence(document: RunDocument): string {
  const { word, sentence } = verdictOf(document);
  return `${word}: ${sentence}`;
}

function reasonOf(document: RunDocument): string {
  const { metrics, verdict, scenario } = document;
  if (document.capacity && verdict !== 'aborted' && verdict !== 'interrupted')
    return capacityReason(document, document.capacity);
  switch (verdict) {
    case 'passed':
      return `${subjectOf(document)} ${[`${held(metrics)} over ${isFixedWork(scenario.load) ? describeLoad(scenario.load, scenario) : describeDuration(scenario.load)}${distance(document)}`, ...losses(metrics), ...shruggedOff(document)].join('; ')}.`;
    case 'failed':
      return `${failure(document)}${document.reason === undefined ? '' : ` ${document.reason}`}`;
    case 'inconclusive':
      return uncertainty(document);
    case 'aborted':
      return `${document.reason ?? 'the run ended early.'} What was measured is kept.`;
    case 'interrupted':
      return `${document.reason ?? 'the run was stopped before its end.'} What was measured is kept.`;
  }
}

/**
 * Explains why a run has no verdict: the undecided threshold, its interval, what keeps it undecided, and what to do.
 */
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

/** Describes how far a passed run is below its response time limits in the worst case. */
function distance({ thresholds }: RunDocument): string {
  const ratios = thresholds.flatMap((threshold) => {
    const ratio = threshold.metric.startsWith('http_req_duration') ? limitRatio(threshold) : undefined;
    return ratio !== undefined && ratio < 1 ? [ratio] : [];
  });
  return ratios.length === 0 ? '' : `, ${distanceText(Math.max(...ratios))} the limit${ratios.length > 1 ? 's' : ''}`;
}

/** Describes findings that cannot change a verdict: `5.75 ms of send lateness can't change that`. */
function shruggedOff({ trust }: RunDocument): string[] {
  const phrases = trust.filter(({ isNotable }) => isNotable === true).map(phraseOf);
  return phrases.length === 0 ? [] : [`${phrases.slice(0, mostPhrases).join(' and ')} can't change that`];
}

/** Describes what a target sustained: the rate of successful requests and their response time. */
function held(metrics: RunMetrics): string {
  const { count, p95, p99 } = metrics.http_req_duration;
  if (count === 0) return 'had no successful request';
  return `held ${formatRate(successRateOf(metrics))} with P95 ${formatLatency(p95)} and P99 ${formatLatency(p99)}`;
}

/** Describes the intended requests that did not succeed; empty when all did. */
function losses({ http_req_failed, dropped_iterations }: RunMetrics): string[] {
  const words = [
    http_req_failed.count > 0 ? `${formatShare(http_req_failed.rate)} of requests failed` : undefined,
    dropped_iterations.count > 0 ? `${formatNumber(dropped_iterations.count)} could not be sent` : undefined,
  ].filter((text) => text !== undefined);
  return words.length > 0 ? [words.join(', ')] : [];
}

/** Describes the result of a capacity search: the rate, its certainty, and what limited it. */
function capacityReason(document: RunDocument, { rate, low, high, atLeast, limitedBy }: Capacity): string {
  const { verdict, metrics } = document;
  const target = targetLabel(document.target, document.backend);
  const limit = `the limit is ${describeResource(limitedBy)}`;
  if (rate === null) {
    return verdict === 'failed'
      ? `no rate was found at which all thresholds pass on ${target}; ${limit}.`
      : `no rate was confirmed on ${target}; ${limit}.`;
  }
  const held = `${target} answers ${atLeast ? 'at least ' : ''}${formatRate(rate)} with P95 ${formatLatency(metrics.http_req_duration.p95)}`;
  const interval = `95 % interval ${formatNumber(low ?? rate, rate < 100 ? 1 : 0)} to ${formatNumber(high ?? rate, rate < 100 ? 1 : 0)}`;
  switch (verdict) {
    case 'passed':
      return atLeast
        ? `${held}; beyond that ${limit}. Spread the load over more processes to find the target's.`
        : `${held} (${interval}); ${limit}.`;
    case 'failed':
      return failure(document);
    default:
      return uncertainty(document);
  }
}

function failure({ integrity, thresholds, metrics, scenario }: RunDocument): string {
  if ((integrity.lostWrites ?? 0) > 0)
    return `${formatNumber(integrity.lostWrites ?? 0)} acknowledged writes are lost.`;
  if (integrity.violations > 0)
    return `${formatNumber(integrity.violations)} responses were wrong (of another tenant, id or version).`;
  const broken = thresholds.filter((threshold) => statusOf(threshold) === 'failed');
  const [first] = broken;
  if (!first) return 'no request succeeded.';
  const others =
    broken.length > 1 ? `, and ${broken.length - 1} more threshold${broken.length > 2 ? 's' : ''} failed` : '';
  return `${describeThreshold(first, scenario.load)}${others}, at ${formatRate(metrics.http_reqs.rate)}.`;
}
