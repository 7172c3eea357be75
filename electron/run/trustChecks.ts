import type { TrustCheck } from '../../shared/run/trustCheck';
import { isOpen } from '../../shared/scenario/describe';
import type { Scenario } from '../../shared/scenario/schema';
import type { ThresholdResult } from '../../shared/thresholds/evaluate';
import { formatLatency, formatNumber, formatShare } from '../../shared/units/format';

/** What the checks look at. */
export interface MeasurementFacts {
  scenario: Scenario;
  /** Iterations that the schedule asked for; null in a closed model. */
  asked: number | null;
  sent: number;
  dropped: number;
  latenessP99Ms: number;
  /** Mean busy share of the generator's event loop. */
  utilisation: number;
  thresholds: readonly ThresholdResult[];
}

/** Sends later than this make the response time say more about the generator than about the target. */
export const latenessLimitMs = 5;
const rateTolerance = 0.01;
const utilisationLimit = 0.8;
const droppedLimit = 0.001;

function share(value: number, of: number): number {
  return of > 0 ? value / of : 0;
}

/**
 * Whether the generator was fit for the load: its sends were on time and its event loop had room. If so, dropped
 * iterations mean that the target held all connections, and not that the generator was too slow.
 */
function generatorIsHealthy(facts: MeasurementFacts): boolean {
  return facts.latenessP99Ms <= latenessLimitMs && facts.utilisation <= utilisationLimit;
}

/**
 * Dropped work makes a run look better than it was. It can't hide a threshold that does not hold: if the target was
 * what held all connections and a threshold fails, the failure is proven and the drops only make it worse
 * (docs/adr/005). In every other case drops leave the verdict open.
 */
function dropsOnlyWorsenAProvenFailure(facts: MeasurementFacts): boolean {
  return generatorIsHealthy(facts) && facts.thresholds.some((threshold) => !threshold.ok);
}

function sendLateness({ latenessP99Ms }: MeasurementFacts): TrustCheck {
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
}

function achievedRate(facts: MeasurementFacts, asked: number): TrustCheck {
  const shortfall = Math.abs(1 - share(facts.sent, asked));
  const ok = shortfall <= rateTolerance || dropsOnlyWorsenAProvenFailure(facts);
  const counts = `${formatNumber(facts.sent)} of ${formatNumber(asked)} requests were sent`;
  return {
    check: 'achieved-rate',
    value: share(facts.sent, asked),
    limit: 1 - rateTolerance,
    unit: 'share',
    ok,
    message: ok ? `${counts}.` : `Only ${counts}: the target was not under the load that was asked for.`,
  };
}

function droppedIterations(facts: MeasurementFacts, asked: number): TrustCheck {
  const value = share(facts.dropped, asked);
  const ok = value <= droppedLimit || dropsOnlyWorsenAProvenFailure(facts);
  const { load } = facts.scenario;
  const limit = isOpen(load) ? formatNumber(load.maxVUs) : '';
  const culprit = generatorIsHealthy(facts)
    ? `the target held all ${limit} connections, so the true latencies are worse than shown`
    : `all ${limit} connections were in use while the generator itself was too slow`;
  return {
    check: 'dropped-iterations',
    value,
    limit: droppedLimit,
    unit: 'share',
    ok,
    message:
      facts.dropped === 0
        ? 'No iteration was dropped.'
        : `${formatNumber(facts.dropped)} iterations (${formatShare(value)}) were dropped: ${culprit}.`,
  };
}

function generatorUtilisation({ utilisation: value }: MeasurementFacts): TrustCheck {
  const ok = value <= utilisationLimit;
  return {
    check: 'generator-utilisation',
    value,
    limit: utilisationLimit,
    unit: 'share',
    ok,
    message: ok
      ? `The generator used ${formatShare(value)} of its core.`
      : `The generator used ${formatShare(value)} of its core: it, and not the target, may have set the pace.`,
  };
}

/** The tests of a finished measurement. Those of the schedule apply to open models only. */
export function checkTrust(facts: MeasurementFacts): TrustCheck[] {
  const ofSchedule =
    facts.asked === null
      ? []
      : [sendLateness(facts), achievedRate(facts, facts.asked), droppedIterations(facts, facts.asked)];
  return [...ofSchedule, generatorUtilisation(facts)];
}
