import { requestsPerIteration } from '../../../shared/scenario/steps';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import type { MachineUse, TargetSchedule } from '../machineUse';
import { type Bounds, type Check, type Finding, hasSchedule, type MeasurementFacts, shareOf } from './facts';
import { leastWithoutGenerator } from './generatorDelay';
import { type DelayAt, quantileMs } from './quantiles';
import type { MeanSubject, PercentileSubject, Subject } from './subject';

const otherLoadLimit = 0.1;
const clockStepLimitMs = 100;
/** A single thread that is busy for more than this share of the time has a queue without a bound. */
const saturated = 0.98;
/** At this quantile, an exponential delay equals its mean. */
const meanQuantile = 1 - 1 / Math.E;
/** Other programs that use less than this share of the machine are ignored. */
const negligibleShare = 0.02;
/** Waits of less than this share of the target's time do not decide whether the target has spare capacity. */
const negligibleWait = 0.01;
/** A target that completes less than this share of what is asked of it has a queue that grows. */
const overloaded = 0.95;
/** The waits of requests differ from each other, so the mean is counted twice. */
const unevenness = 2;

/** How much longer requests took because the target waited for a processor. */
function targetWaits(
  { runDelayMs, timeslices, busiestThreadShare }: TargetSchedule,
  { totals, measuredMs }: MeasurementFacts,
): DelayAt {
  const busyAlone = Math.max(0, busiestThreadShare - runDelayMs / measuredMs);
  const perRequestMs = Math.max(shareOf(runDelayMs, totals.completed), shareOf(runDelayMs, timeslices));
  const amplified = (1 - busyAlone) / (1 - busiestThreadShare);
  return (quantile) => unevenness * perRequestMs * amplified * Math.log(1 / (1 - quantile));
}

/** Whether the target would have completed less than was asked of it even if it had never waited for a processor. */
function isOverloadedAlone({ runDelayMs, cpuMs }: TargetSchedule, { totals, scenario }: MeasurementFacts): boolean {
  const couldAnswer = totals.inTime / (1 - shareOf(runDelayMs, runDelayMs + cpuMs));
  return totals.asked !== null && couldAnswer < overloaded * totals.asked * requestsPerIteration(scenario);
}

/** The minimum of a latency without the target's waits for processors. */
function withoutWaits(
  subject: PercentileSubject | MeanSubject,
  target: TargetSchedule,
  facts: MeasurementFacts,
): number {
  const { value } = subject;
  const waitedShare = shareOf(target.runDelayMs, target.runDelayMs + target.cpuMs);
  const isSaturated = target.busiestThreadShare >= saturated;
  // A target that is saturated on its own would have been faster by the share that it waited. In a closed loop, the
  // users keep it saturated.
  if (isOverloadedAlone(target, facts) || (isSaturated && (!hasSchedule(facts) || waitedShare < negligibleWait)))
    return value * (1 - waitedShare);
  // A target that was saturated only because of others might have had no queue without them.
  if (isSaturated) return 0;
  const waitMs = targetWaits(target, facts);
  if (subject.kind === 'mean') return value - waitMs(meanQuantile);
  // The generator's part belongs to another check. This one covers what both take away together beyond that part.
  const withoutBoth = leastWithoutGenerator(subject, facts, waitMs);
  return value - Math.max(0, Math.min(value, leastWithoutGenerator(subject, facts)) - withoutBoth);
}

/** Other programs never make a target faster. A pass therefore stands, and they may have caused a failure. */
function withoutOthers(subject: Subject, machine: MachineUse, facts: MeasurementFacts): Bounds | undefined {
  if (subject.kind === 'share') return undefined;
  const { value } = subject;
  const { target } = machine;
  const otherShare = Math.min(1, machine.otherShare + machine.stealShare);
  // The threads of a target also wait for each other. Without other programs, these waits are its own.
  if (otherShare < negligibleShare) return undefined;
  const low = target ? withoutWaits(subject, target, facts) : value * (1 - otherShare);
  return { low: Math.max(0, Math.min(value, low)), high: value };
}

/** If it is not known who used the machine, the finding says so and moves no value. */
function unknownLoad(why: string): Finding {
  const message = `Whether other programs used the target's machine is not known: ${why}.`;
  return { check: 'other-load', value: 0, limit: otherLoadLimit, unit: 'share', isNotable: false, message };
}

/** Whether programs used the machine that belong neither to Proofload nor to the target. */
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

/**
 * Whether the clock was set or the machine slept. Requests that were in flight then got their responses late or never.
 */
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

/** Whether the backend that was measured is the real one, and not a test double. */
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
 * Whether the target went away and came back. A second counts if connections were refused in it, or if nothing that was
 * sent got a correct response, with correct responses before and after it. The effect is already part of the failures
 * and the latencies.
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
