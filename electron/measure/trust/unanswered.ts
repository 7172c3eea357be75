import { toolNames } from '../../../shared/run/driver';
import { isOpen } from '../../../shared/scenario/describe';
import { gracefulStopMsOf } from '../../../shared/scenario/timing';
import { formatNumber, formatShare } from '../../../shared/units/format';
import type { Unanswered } from '../runTotals';
import { type Bounds, type Check, droppedLimit, type MeasurementFacts, shareOf } from './facts';
import { quantileMs } from './quantiles';
import type { Subject } from './subject';

/** Requests that a schedule asked for and that were neither sent nor counted as dropped. */
function unsent({ totals: { asked, sent, dropped } }: MeasurementFacts): number {
  return asked === null ? 0 : Math.max(0, asked - sent - dropped);
}

/** The phases of opening a connection. Not every request has them. */
const connectionPhases: ReadonlySet<string> = new Set([
  'http_req_looking_up',
  'http_req_connecting',
  'http_req_tls_handshaking',
]);
/**
 * A request that has waited for this multiple of the slowest usual response at the end of the load would not have got a
 * response.
 */
const patientTimes = 3;

/** Requests that were cut off at the end before it was known whether they would get a response. */
function cutOff({ notFinished }: Unanswered, { scenario, totals }: MeasurementFacts): number {
  const usualMs = totals.response.percentileUs(99) / 1000;
  return gracefulStopMsOf(scenario.load) >= patientTimes * usualMs ? 0 : notFinished;
}

/**
 * How many of the requests that were never sent count for a subject, in proportion to its share of the run's requests.
 */
function partOf(missing: number, { kind, rule, ...subject }: Subject, { totals }: MeasurementFacts): number {
  const { operation, step, journey, scenario } = rule.threshold;
  if (kind === 'mean' || (operation ?? step ?? journey ?? scenario) === undefined) return missing;
  const own = 'histogram' in subject ? subject.histogram.count + subject.unanswered.failed : subject.cases.of;
  return missing * shareOf(own, totals.completed);
}

/** The requests of a subject that were never sent. Several scenarios know which of them dropped iterations. */
function missingOf(subject: Subject, neverSent: number, facts: MeasurementFacts): number {
  const { dropped } = subject.unanswered;
  if (facts.scenario.load.executor === 'scenarios') return dropped + partOf(neverSent, subject, facts);
  return partOf(dropped + neverSent, subject, facts);
}

/**
 * The bounds if everything without a response counts as the worst case, a latency without bound or a failure, and if it
 * is left out. A mean has no such bounds.
 */
function boundsOf(subject: Subject, neverSent: number, facts: MeasurementFacts): Bounds | undefined {
  const { unanswered: lostOf, value, rule } = subject;
  if (connectionPhases.has(rule.threshold.metric)) return undefined;
  const missing = missingOf(subject, neverSent, facts);
  if (subject.kind === 'percentile') {
    const lost = lostOf.failed + missing;
    if (lost === 0) return undefined;
    const { histogram, share } = subject;
    const rank = share * (histogram.count + lost);
    if (!rule.threshold.operator.startsWith('<'))
      return { low: quantileMs(histogram, (rank - lost) / histogram.count), high: value };
    return { low: value, high: quantileMs(histogram, rank / histogram.count) };
  }
  if (subject.kind !== 'share' || rule.threshold.metric !== 'http_req_failed') return undefined;
  const { count, of } = subject.cases;
  const unknown = cutOff(lostOf, facts);
  if (missing + unknown === 0) return undefined;
  return { low: shareOf(count - unknown, of - unknown), high: shareOf(count + missing, of + missing) };
}

function why({ scenario: { load }, totals: { asked, dropped }, driver }: MeasurementFacts, missing: number): string {
  if (asked === null) return 'the maximum duration ended before all iterations were made';
  if (missing > dropped && driver) return `${toolNames[driver]} does not report why`;
  if (missing > dropped) return 'the generator could not send them in time';
  return isOpen(load)
    ? `all ${formatNumber(load.maxVUs)} virtual users were waiting for responses`
    : 'all virtual users were busy';
}

/** Whether everything that was intended got a response. */
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
        : `Of ${formatNumber(intended)} intended requests ${formatShare(value)} have no successful response (${parts.join('; ')}).`,
    bounds: (subject) => boundsOf(subject, neverSent, facts),
  };
};
