import { isOpen } from '../../../shared/scenario/describe';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import { type Check, droppedLimit, generatorIsHealthy, latenessLimitMs, type MeasurementFacts, shareOf } from './facts';

const rateTolerance = 0.01;

/**
 * Dropped work makes a run look better than it was. It can't hide a threshold that does not hold: if the target was
 * what held all connections and a threshold fails, the failure is proven and the drops only make it worse
 * (docs/adr/005). In every other case drops leave the verdict open.
 */
function dropsOnlyWorsenAProvenFailure(facts: MeasurementFacts): boolean {
  return generatorIsHealthy(facts) && facts.thresholds.some((threshold) => !threshold.ok);
}

/** Whether requests left the generator when the schedule wanted them to. */
export const sendLateness: Check = ({ asked, latenessP99Ms }) => {
  if (asked === null) return undefined;
  const ok = latenessP99Ms <= latenessLimitMs;
  return {
    check: 'send-lateness',
    value: latenessP99Ms,
    limit: latenessLimitMs,
    unit: 'ms',
    ok,
    message: ok
      ? `99 % of the requests were sent within ${formatLatency(latenessP99Ms)} of their intended time.`
      : `1 % of the requests were sent more than ${formatLatency(latenessP99Ms)} late: the generator could not keep its schedule. Ask for a lower rate or free the machine.`,
  };
};

/** Whether the target was under the load that was asked for. */
export const achievedRate: Check = (facts) => {
  const { asked, sent } = facts;
  if (asked === null) return undefined;
  const ok = Math.abs(1 - shareOf(sent, asked)) <= rateTolerance || dropsOnlyWorsenAProvenFailure(facts);
  const counts = `${formatNumber(sent)} of ${formatNumber(asked)} requests were sent`;
  return {
    check: 'achieved-rate',
    value: shareOf(sent, asked),
    limit: 1 - rateTolerance,
    unit: 'share',
    ok,
    message: ok ? `${counts}.` : `Only ${counts}: the target was not under the load that was asked for.`,
  };
};

/** What the limit of a load in flight is, in words. */
function connectionsOf({ scenario: { load } }: MeasurementFacts): string {
  return isOpen(load) ? `all ${formatNumber(load.maxVUs)} connections` : 'all connections';
}

function droppedMessage(facts: MeasurementFacts, share: number): string {
  if (facts.dropped === 0) return 'No iteration was dropped.';
  const dropped = `${formatNumber(facts.dropped)} iterations (${formatShare(share)}) were dropped`;
  if (facts.asked === null) return `${dropped}: the longest duration was over before they were done.`;
  return generatorIsHealthy(facts)
    ? `${dropped}: the target held ${connectionsOf(facts)}, so the true latencies are worse than shown.`
    : `${dropped}: ${connectionsOf(facts)} were in use while the generator itself was too slow.`;
}

/** Whether everything was sent that the schedule or the number of iterations asked for. */
export const droppedIterations: Check = (facts) => {
  const { asked, sent, dropped } = facts;
  if (asked === null && dropped === 0) return undefined;
  const value = shareOf(dropped, asked ?? sent + dropped);
  const ok = value <= droppedLimit || dropsOnlyWorsenAProvenFailure(facts);
  return {
    check: 'dropped-iterations',
    value,
    limit: droppedLimit,
    unit: 'share',
    ok,
    message: droppedMessage(facts, value),
  };
};
