import { isOpen } from '../../../shared/scenario/describe';
import { formatNumber, formatShare } from '../../../shared/units/format';
import { type Bounds, type Check, droppedLimit, type MeasurementFacts, shareOf } from './facts';
import { quantileMs } from './quantiles';
import type { Subject } from './subject';

/** Requests that a schedule asked for and that were neither sent nor counted as dropped. */
function unsent({ totals: { asked, sent, dropped } }: MeasurementFacts): number {
  return asked === null ? 0 : Math.max(0, asked - sent - dropped);
}

/**
 * What has no answer once as the worst possible, a latency without bound or a failure, and once left out. Of a mean
 * and of lower bounds nothing can be said.
 */
function boundsOf(subject: Subject, neverSent: number): Bounds | undefined {
  const { unanswered, value, rule } = subject;
  const missing = unanswered.dropped + neverSent;
  if (subject.kind === 'percentile') {
    const lost = unanswered.failed + missing;
    if (lost === 0) return undefined;
    const { histogram, share } = subject;
    if (!rule.threshold.operator.startsWith('<'))
      return { low: quantileMs(histogram, share - lost / histogram.count), high: value };
    return { low: value, high: quantileMs(histogram, (share * (histogram.count + lost)) / histogram.count) };
  }
  if (subject.kind !== 'share' || rule.threshold.metric !== 'http_req_failed') return undefined;
  const { count, of } = subject.cases;
  if (missing + unanswered.notFinished === 0) return undefined;
  return {
    low: shareOf(count - unanswered.notFinished, of - unanswered.notFinished),
    high: shareOf(count + missing, of + missing),
  };
}

function why({ scenario: { load }, totals: { asked, dropped } }: MeasurementFacts, missing: number): string {
  if (asked === null) return 'the longest duration was over before all iterations were made';
  if (missing > dropped) return 'the generator could not send them in time';
  return isOpen(load)
    ? `all ${formatNumber(load.maxVUs)} virtual users were waiting for answers`
    : 'all virtual users were busy';
}

/** Whether everything that was intended was answered. */
export const unanswered: Check = (facts) => {
  const { totals } = facts;
  const neverSent = unsent(facts);
  const missing = totals.dropped + neverSent;
  const { failed } = totals;
  const intended = totals.completed + missing;
  if (intended === 0) return undefined;
  const value = shareOf(failed + missing, intended);
  const parts = [
    ...(failed > 0 ? [`${formatNumber(failed)} failed`] : []),
    ...(missing > 0 ? [`${formatNumber(missing)} were never sent: ${why(facts, missing)}`] : []),
  ];
  return {
    check: 'unanswered',
    value,
    limit: droppedLimit,
    unit: 'share',
    isNotable: value > droppedLimit,
    message:
      parts.length === 0
        ? `All ${formatNumber(intended)} requests that were intended were answered.`
        : `Of ${formatNumber(intended)} intended requests ${formatShare(value)} have no right answer (${parts.join('; ')}).`,
    bounds: (subject) => boundsOf(subject, neverSent),
  };
};
