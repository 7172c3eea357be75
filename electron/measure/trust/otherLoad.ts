import { requestsPerIteration } from '../../../shared/scenario/steps';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import type { MachineUse, TargetSchedule } from '../machineUse';
import { type Bounds, type Check, type Finding, hasSchedule, type MeasurementFacts, shareOf } from './facts';
import { leastWithoutGenerator } from './generatorDelay';
import { type DelayAt, quantileMs } from './quantiles';
import type { MeanSubject, PercentileSubject, Subject } from './subject';

const otherLoadLimit = 0.1;
const clockStepLimitMs = 100;
/** A single thread that is busy for more than this share of the time has a queue that nothing bounds. */
const saturated = 0.98;
/** An exponential delay is its mean at this quantile. */
const meanQuantile = 1 - 1 / Math.E;
/** Programs that use less than this share of the machine do no harm. */
const negligibleShare = 0.02;
/** Waits of less than this share of the target's time don't make the difference between room and none. */
const negligibleWait = 0.01;
/** A target that answers less than this share of what is asked of it has a queue that grows. */
const overloaded = 0.95;
/** Waits of one request are not all alike: the mean is taken twice. */
const unevenness = 2;

/** What the target's waits for a processor added to a request. */
function targetWaits(
  { runDelayMs, timeslices, busiestThreadShare }: TargetSchedule,
  { totals, measuredMs }: MeasurementFacts,
): DelayAt {
  const busyAlone = Math.max(0, busiestThreadShare - runDelayMs / measuredMs);
  const perRequestMs = Math.max(shareOf(runDelayMs, totals.completed), shareOf(runDelayMs, timeslices));
  const amplified = (1 - busyAlone) / (1 - busiestThreadShare);
  return (quantile) => unevenness * perRequestMs * amplified * Math.log(1 / (1 - quantile));
}

/** Whether the target would have answered less than was asked of it even if it had never waited for a processor. */
function isOverloadedAlone({ runDelayMs, cpuMs }: TargetSchedule, { totals, scenario }: MeasurementFacts): boolean {
  const couldAnswer = totals.inTime / (1 - shareOf(runDelayMs, runDelayMs + cpuMs));
  return totals.asked !== null && couldAnswer < overloaded * totals.asked * requestsPerIteration(scenario);
}

/** What a latency is at least without what the target waited for processors. */
function withoutWaits(
  subject: PercentileSubject | MeanSubject,
  target: TargetSchedule,
  facts: MeasurementFacts,
): number {
  const { value } = subject;
  const waitedShare = shareOf(target.runDelayMs, target.runDelayMs + target.cpuMs);
  const isSaturated = target.busiestThreadShare >= saturated;
  // A target that is busy by itself would have been quicker by what it waited: in a closed loop the users see to that.
  if (isOverloadedAlone(target, facts) || (isSaturated && (!hasSchedule(facts) || waitedShare < negligibleWait)))
    return value * (1 - waitedShare);
  // One that was only kept busy by others might have had no queue without them.
  if (isSaturated) return 0;
  const waitMs = targetWaits(target, facts);
  if (subject.kind === 'mean') return value - waitMs(meanQuantile);
  // The generator's part is another check's: this one's is what both take away together beyond that.
  const withoutBoth = leastWithoutGenerator(subject, facts, waitMs);
  return value - Math.max(0, Math.min(value, leastWithoutGenerator(subject, facts)) - withoutBoth);
}

/** A target is never quicker with others beside it: a pass stands, and a failure may be theirs. */
function withoutOthers(subject: Subject, machine: MachineUse, facts: MeasurementFacts): Bounds | undefined {
  if (subject.kind === 'share') return undefined;
  const { value } = subject;
  const { target } = machine;
  const otherShare = Math.min(1, machine.otherShare + machine.stealShare);
  // The threads of a target wait for each other too: without others those waits are its own.
  if (otherShare < negligibleShare) return undefined;
  const low = target ? withoutWaits(subject, target, facts) : value * (1 - otherShare);
  return { low: Math.max(0, Math.min(value, low)), high: value };
}

/** Where it is not known who used the machine, that is said and moves nothing. */
function unknownLoad(why: string): Finding {
  const message = `Whether other programs used the target's machine is not known: ${why}.`;
  return { check: 'other-load', value: 0, limit: otherLoadLimit, unit: 'share', isNotable: false, message };
}

/** Whether programs used the machine that are neither ours nor the target's. */
export const otherLoad: Check = (facts) => {
  const { machine, machineUnknown } = facts;
  if (!machine) return machineUnknown === undefined ? undefined : unknownLoad(machineUnknown);
  const value = machine.otherShare + machine.stealShare;
  const waited = machine.target
    ? ` The target waited for a processor for ${formatLatency(machine.target.runDelayMs)} in all.`
    : '';
  return {
    check: 'other-load',
    value,
    limit: otherLoadLimit,
    unit: 'share',
    isNotable: value > otherLoadLimit,
    message: `Other programs used ${formatShare(value)} of this machine's processors.${waited}`,
    bounds: (subject) => withoutOthers(subject, machine, facts),
  };
};

/** Whether the clock was set or the machine slept: what was in flight then was answered late or never. */
export const clockStep: Check = ({ clockStepMs, totals }) => {
  if (clockStepMs === undefined) return undefined;
  const value = Math.abs(clockStepMs);
  const isNotable = value > clockStepLimitMs;
  const inFlight = Math.max(0, ...totals.intervals.map((interval) => interval.inFlight ?? 0));
  return {
    check: 'clock-step',
    value,
    limit: clockStepLimitMs,
    unit: 'ms',
    isNotable,
    message: isNotable
      ? `The clock jumped by ${formatLatency(value)} during the run: it was set, or the machine slept with up to ${formatNumber(inFlight)} requests in flight.`
      : 'The clock was not set and the machine did not sleep.',
    bounds: (subject) => {
      if (!isNotable || subject.kind === 'mean') return undefined;
      const { value: high, rule } = subject;
      if (subject.kind === 'percentile') {
        const { histogram, share } = subject;
        const touched = shareOf(Math.min(inFlight, histogram.count), histogram.count);
        return { low: quantileMs(histogram, share * (1 - touched)), high };
      }
      if (rule.threshold.metric !== 'http_req_failed') return undefined;
      const { count, of } = subject.cases;
      const touched = Math.min(inFlight, count);
      return { low: shareOf(count - touched, of - touched), high };
    },
  };
};

/** Whether what was measured is what it is called. */
export const realBackend: Check = ({ backend }) => {
  if (!backend) return undefined;
  const { isTestDouble, name } = backend;
  return {
    check: 'real-backend',
    value: isTestDouble ? 1 : 0,
    limit: 0,
    unit: 'stand-ins',
    isNotable: isTestDouble,
    message: isTestDouble
      ? `Behind the engine is a ${name}: its figures say nothing about the real server.`
      : `The engine runs on ${name}.`,
    ...(isTestDouble ? { bounds: () => ({ low: 0, high: Number.POSITIVE_INFINITY }) } : {}),
  };
};

/**
 * Whether the target went away and came back. A second counts in which connections were refused, or nothing of what
 * was sent was answered, with answers before and after. What it cost is in the failures and the latencies.
 */
export const targetRestarted: Check = ({ totals: { intervals } }) => {
  const answered = (interval: { count: number; failed: number }): boolean => interval.count > interval.failed;
  const first = intervals.findIndex(answered);
  const last = intervals.findLastIndex(answered);
  if (first < 0) return undefined;
  const away = intervals.filter((interval, index) => {
    const refused = (interval.errors['connection-refused'] ?? 0) > 0;
    const silent = interval.sent > 0 && !answered(interval) && interval.failed > 0;
    return index > first && index < last && (refused || silent);
  });
  const value = away.length;
  return {
    check: 'target-restarted',
    value,
    limit: 0,
    unit: 'seconds',
    isNotable: value > 0,
    message:
      value === 0
        ? 'The target answered throughout.'
        : `The target restarted during the run, or was out of reach: it went away after ${formatNumber(away[0]?.t ?? 0)} s and gave no response in ${formatNumber(value)} of the seconds.`,
  };
};
