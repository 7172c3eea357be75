import { calibratedRate } from '../../../shared/run/calibration';
import { isOpen } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { peakRate } from '../../../shared/scenario/timing';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { type Check, type MeasuringMachine, shareOf, utilisationLimit } from './facts';

const gcLimit = 0.05;
const cpuWaitLimit = 0.15;
const wholeProcessor = 1;

/** The rate that an open load asks for and the one that the machine was shown to reach; undefined when not known. */
export function calibratedDemand(
  { load, processes }: Scenario,
  { calibration, cores }: MeasuringMachine,
): { rate: number; limit: number } | undefined {
  if (!calibration || !isOpen(load)) return undefined;
  return { rate: peakRate(load), limit: calibratedRate(calibration, processes, cores) };
}

/** Whether the machine has been shown to be able to send what was asked for. */
export const rateWithinCalibration: Check = ({ scenario, calibration, cores }) => {
  const demand = calibratedDemand(scenario, { calibration, cores });
  if (!demand) return undefined;
  const { rate: value, limit } = demand;
  const ok = value <= limit;
  const can = `This machine was measured to send up to ${formatRate(limit)} on time`;
  return {
    check: 'calibrated-rate',
    value,
    limit,
    unit: 'req/s',
    ok,
    message: ok
      ? `${can}; ${formatRate(value)} were asked for.`
      : `${can}, and ${formatRate(value)} were asked for. Ask for less, or use more load processes on a machine with more cores.`,
  };
};

/** Whether the generator's event loop had room. */
export const generatorUtilisation: Check = ({ utilisation: value }) => {
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
};

/** Whether the generator stood still for its garbage collection: its pauses would pass for latency of the target. */
export const generatorGc: Check = ({ intervals, measuredMs }) => {
  if (intervals.length === 0) return undefined;
  const pausedMs = intervals.reduce((sum, { generatorGcMs }) => sum + generatorGcMs, 0);
  const longestMs = Math.max(...intervals.map(({ generatorGcMaxMs }) => generatorGcMaxMs));
  const value = shareOf(pausedMs, measuredMs);
  const ok = value <= gcLimit;
  const pauses = `The generator paused for ${formatShare(value)} of the time to collect garbage, at most ${formatLatency(longestMs)} at once`;
  return {
    check: 'generator-gc',
    value,
    limit: gcLimit,
    unit: 'share',
    ok,
    message: ok ? `${pauses}.` : `${pauses}: these pauses are in the latencies. Spread the load over more processes.`,
  };
};

/** Whether the generator had a processor when it wanted one. */
export const generatorCpuWait: Check = ({ intervals, measuredMs }) => {
  const known = intervals.flatMap(({ generatorCpuWaitMs }) => generatorCpuWaitMs ?? []);
  if (known.length === 0) return undefined;
  const value = shareOf(
    known.reduce((sum, waitMs) => sum + waitMs, 0),
    measuredMs,
  );
  const ok = value <= cpuWaitLimit;
  const waited = `The generator waited for a processor in ${formatShare(value)} of the time`;
  return {
    check: 'generator-cpu-wait',
    value,
    limit: cpuWaitLimit,
    unit: 'share',
    ok,
    message: ok ? `${waited}.` : `${waited}: it was held up, and its waits are in the latencies. Free the machine.`,
  };
};

/**
 * Whether the system lets the generator use a whole processor. With less it is stopped whenever it has used its share,
 * for most of a period of 100 ms, and that would pass for latency of the target.
 */
export const generatorCpuLimit: Check = ({ intervals }) => {
  const known = intervals.flatMap(({ generatorCpuLimit: limit }) => limit ?? []);
  if (known.length === 0) return undefined;
  const value = Math.min(...known);
  const ok = value >= wholeProcessor;
  const may = `The system lets each load process use ${formatNumber(value, 2)} processors`;
  return {
    check: 'generator-cpu-limit',
    value,
    limit: wholeProcessor,
    unit: 'processors',
    ok,
    message: ok
      ? `${may}.`
      : `${may}: it is stopped when it needs more. Raise the limit of its container to at least 1.`,
  };
};
