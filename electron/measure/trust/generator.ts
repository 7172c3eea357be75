import { calibratedRate } from '../../../shared/run/calibration';
import type { Scenario } from '../../../shared/scenario/schema';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { askedRate } from './askedRate';
import {
  type Bounds,
  type Check,
  hasSchedule,
  latenessLimitMs,
  type MeasurementFacts,
  type MeasuringMachine,
  utilisationLimit,
} from './facts';
import { generatorUse, leastWithoutGenerator, meanWithoutGenerator } from './generatorDelay';
import type { Subject } from './subject';

const gcLimit = 0.05;
const cpuWaitLimit = 0.15;
const wholeProcessor = 1;

/**
 * The minimum of a latency without what the generator added when it sent the request and when it received the response.
 */
function withoutGenerator(subject: Subject, facts: MeasurementFacts): Bounds | undefined {
  if (subject.kind === 'share') return undefined;
  const { value } = subject;
  const low = subject.kind === 'mean' ? meanWithoutGenerator(subject, facts) : leastWithoutGenerator(subject, facts);
  return { low: Math.max(0, Math.min(value, low)), high: value };
}

/**
 * Whether requests were sent when the schedule wanted them to be. Late sends come in bunches, which are a harder load.
 */
export const sendLateness: Check = (facts) => {
  const { asked, lateness } = facts.totals;
  if (asked === null) return undefined;
  const value = lateness.percentileUs(99) / 1000;
  return {
    check: 'send-lateness',
    value,
    limit: latenessLimitMs,
    unit: 'ms',
    isNotable: value > latenessLimitMs,
    message: `99 % of the requests were sent within ${formatLatency(value)} of their intended time.`,
    bounds: (subject) => withoutGenerator(subject, facts),
  };
};

/**
 * The rate that the schedules of a load ask for, and the rate that this machine is calibrated for; undefined if it is
 * not known.
 */
export function calibratedDemand(
  scenario: Scenario,
  { calibration, cores }: MeasuringMachine,
): { rate: number; limit: number } | undefined {
  const rate = askedRate(scenario);
  if (!calibration || rate === undefined) return undefined;
  return { rate, limit: calibratedRate(calibration, scenario.processes, cores) };
}

/**
 * Whether the machine is calibrated to send what was asked for. How late the sends were is measured by another check.
 */
export const rateWithinCalibration: Check = ({ scenario, calibration, cores }) => {
  const demand = calibratedDemand(scenario, { calibration, cores });
  if (!demand) return undefined;
  const { rate: value, limit } = demand;
  return {
    check: 'calibrated-rate',
    value,
    limit,
    unit: 'req/s',
    isNotable: value > limit,
    message: `This machine is calibrated to send up to ${formatRate(limit)} on time; the scenario asked for ${formatRate(value)}.`,
  };
};

/** Whether the generator's event loop had spare capacity. */
export const generatorUtilisation: Check = (facts) => {
  const value = facts.totals.generatorUtilisation;
  return {
    check: 'generator-utilisation',
    value,
    limit: utilisationLimit,
    unit: 'share',
    isNotable: value > utilisationLimit,
    message: `The generator used ${formatShare(value)} of its core.`,
    // With a schedule, send lateness shows how busy the event loop was.
    ...(hasSchedule(facts) ? {} : { bounds: (subject) => withoutGenerator(subject, facts) }),
  };
};

/** Whether garbage collection paused the generator. */
export const generatorGc: Check = (facts) => {
  if (facts.totals.intervals.length === 0) return undefined;
  const { gcShare: value, gcMaxMs } = generatorUse(facts);
  return {
    check: 'generator-gc',
    value,
    limit: gcLimit,
    unit: 'share',
    isNotable: value > gcLimit,
    message: `The generator paused for ${formatShare(value)} of the time to collect garbage, at most ${formatLatency(gcMaxMs)} at once.`,
  };
};

/** Whether the generator had a processor when it needed one. */
export const generatorCpuWait: Check = (facts) => {
  const { waitShare: value, meanWaitMs } = generatorUse(facts);
  if (value === null) return undefined;
  return {
    check: 'generator-cpu-wait',
    value,
    limit: cpuWaitLimit,
    unit: 'share',
    isNotable: value > cpuWaitLimit,
    message: `The generator waited for a processor in ${formatShare(value)} of the time, for ${formatLatency(meanWaitMs)} on average.`,
  };
};

/**
 * Whether the system lets the generator use a whole processor. With less, it is throttled for a part of each 100 ms.
 */
export const generatorCpuLimit: Check = (facts) => {
  const limits = facts.totals.intervals.flatMap(({ generatorCpuLimit: limit }) => limit ?? []);
  if (limits.length === 0) return undefined;
  const value = Math.min(...limits);
  const { throttledShare } = generatorUse(facts);
  return {
    check: 'generator-cpu-limit',
    value,
    limit: wholeProcessor,
    unit: 'processors',
    isNotable: value < wholeProcessor,
    message: `The system lets each load process use ${formatNumber(value, 2)} processors and stopped it in ${formatShare(throttledShare)} of the time.`,
  };
};
