import type { Scenario } from '../../../shared/scenario/schema';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import type { RunTotals } from '../runTotals';
import { hasSchedule, type MeasurementFacts, shareOf } from './facts';
import { type DelayAt, leastWithout, sumOfDelays } from './quantiles';
import type { MeanSubject, PercentileSubject } from './subject';

/** A kernel gives a program that was woken a processor within a few of these time slices, in ms (Linux, sched(7)). */
const assumedSliceMs = 3;
/** The period in which Linux limits the processor time of a container, in ms (sched-bwc.rst). */
const throttlePeriodMs = 100;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The delay at a quantile that comes from a state. A request meets the state with probability `share`, and is then held
 * up for `meanMs` on average. Beyond the requests that the state does not touch, the delay is exponential.
 */
function tailMs(share: number, meanMs: number, quantile: number): number {
  const beyond = 1 - quantile;
  return share <= beyond ? 0 : meanMs * Math.log(share / beyond);
}

/** The delays of the generator. */
export interface GeneratorUse {
  /** Share of a core that it used. */
  utilisation: number;
  gcShare: number;
  gcMaxMs: number;
  /** Share of the time for which it was ready to run and had no processor; null if the system does not report it. */
  waitShare: number | null;
  /** The mean length of such a wait. */
  meanWaitMs: number;
  /** Share of responses that may have met such a wait: all if waits were counted, otherwise the share of the time. */
  waitChance: number;
  /** Share of the time for which the system stopped it because it had used up its share. */
  throttledShare: number;
}

/** The highest utilisation of a second. A mean would hide the busiest part of a load that changes. */
export function peakUtilisation(totals: RunTotals): number {
  return Math.max(0, ...totals.loadIntervals.map(({ generatorUtilisation }) => generatorUtilisation ?? 0));
}

/** Whether the load changes over time: users come and go in stages, or scenarios begin and end. */
function isUneven({ load }: Scenario): boolean {
  return load.executor === 'ramping-vus' || load.executor === 'scenarios';
}

/** Sums up the delays of the generator. */
export function generatorUse({ totals, measuredMs, scenario }: MeasurementFacts): GeneratorUse {
  const intervals = totals.loadIntervals;
  const waits = intervals.flatMap(({ generatorCpuWaitMs }) => generatorCpuWaitMs ?? []);
  const slices = intervals.flatMap(({ generatorCpuSlices }) => generatorCpuSlices ?? []);
  const throttled = intervals.flatMap(({ generatorThrottledMs }) => generatorThrottledMs ?? []);
  const waitMs = sum(waits);
  return {
    utilisation: isUneven(scenario) ? peakUtilisation(totals) : totals.generatorUtilisation,
    gcShare: shareOf(sum(intervals.map(({ generatorGcMs }) => generatorGcMs ?? 0)), measuredMs),
    gcMaxMs: Math.max(0, ...intervals.map(({ generatorGcMaxMs }) => generatorGcMaxMs ?? 0)),
    waitShare: waits.length === 0 ? null : shareOf(waitMs, measuredMs),
    meanWaitMs: sum(slices) > 0 ? waitMs / sum(slices) : assumedSliceMs,
    waitChance: sum(slices) > 0 ? 1 : shareOf(waitMs, measuredMs),
    throttledShare: shareOf(sum(throttled), measuredMs),
  };
}

/** The time that a load process works for one request, in ms. Each process makes its part of the requests. */
function workPerRequestMs({ utilisation }: GeneratorUse, { totals, measuredMs, scenario }: MeasurementFacts): number {
  return shareOf(utilisation * measuredMs * scenario.processes, totals.completed);
}

/** How long a thread that a response wakes waits for a processor. */
function processorWait({ waitChance, meanWaitMs }: GeneratorUse): DelayAt {
  return (quantile) => tailMs(waitChance, meanWaitMs, quantile);
}

/**
 * How late the generator may have taken up a response. With a schedule, two figures tell how late its event loop is:
 * the lateness of its sends and its waits for a processor. The greater one is used. In a closed load, the delay is
 * bounded by a queue of one server that is busy for its utilisation (M/M/1: Kleinrock 1975, 3.2) and by what stopped
 * the generator. Of several scenarios with and without a schedule, the greater of both is used.
 */
function generatorDelays(facts: MeasurementFacts): DelayAt {
  const { totals } = facts;
  const use = generatorUse(facts);
  const waitMs = processorWait(use);
  // Empty in a closed load.
  const latenessMs: DelayAt = (quantile) => totals.lateness.percentileUs(100 * quantile) / 1000;
  if (hasSchedule(facts)) return (quantile) => Math.max(latenessMs(quantile), waitMs(quantile));
  if (use.utilisation >= 1) return () => Number.POSITIVE_INFINITY;
  const workMs = workPerRequestMs(use, facts);
  return (quantile) =>
    Math.max(
      latenessMs(quantile),
      tailMs(use.utilisation, workMs / (1 - use.utilisation), quantile) +
        waitMs(quantile) +
        (use.gcShare > 1 - quantile ? use.gcMaxMs : 0) +
        tailMs(use.throttledShare, throttlePeriodMs, quantile),
    );
}

/**
 * For all response times together, the time from the send is known. For a part of them, the response time is used
 * instead.
 */
function fromSend(
  { rule, isWhole, histogram }: PercentileSubject | MeanSubject,
  facts: MeasurementFacts,
): LatencyHistogram {
  const isResponse = rule.threshold.metric === 'http_req_duration';
  return hasSchedule(facts) && isResponse && isWhole ? facts.totals.service : histogram;
}

/**
 * The minimum of a percentile without what the generator added when it sent requests and received responses, and
 * without another delay if one is given.
 */
export function leastWithoutGenerator(subject: PercentileSubject, facts: MeasurementFacts, other?: DelayAt): number {
  const generator = generatorDelays(facts);
  return leastWithout(fromSend(subject, facts), subject.share, other ? sumOfDelays(generator, other) : generator);
}

/** The mean without the delays that {@link generatorDelays} bounds. */
export function meanWithoutGenerator(subject: MeanSubject, facts: MeasurementFacts): number {
  return Math.min(subject.value, fromSend(subject, facts).meanUs / 1000) - meanGeneratorDelayMs(facts);
}

function meanGeneratorDelayMs(facts: MeasurementFacts): number {
  const { totals } = facts;
  const use = generatorUse(facts);
  const waitMs = use.waitChance * use.meanWaitMs;
  const latenessMs = totals.lateness.meanUs / 1000;
  if (hasSchedule(facts)) return Math.max(latenessMs, waitMs);
  if (use.utilisation >= 1) return Number.POSITIVE_INFINITY;
  const workMs = workPerRequestMs(use, facts);
  const stoppedMs = use.gcShare * use.gcMaxMs + use.throttledShare * throttlePeriodMs;
  return Math.max(latenessMs, (use.utilisation * workMs) / (1 - use.utilisation) + waitMs + stoppedMs);
}
