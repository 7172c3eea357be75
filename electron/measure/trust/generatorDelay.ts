import type { Scenario } from '../../../shared/scenario/schema';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import type { RunTotals } from '../runTotals';
import { hasSchedule, type MeasurementFacts, shareOf } from './facts';
import { type DelayAt, leastWithout, sumOfDelays } from './quantiles';
import type { MeanSubject, PercentileSubject } from './subject';

/** A kernel gives a program that was woken a processor within a few of these, in ms (Linux, sched(7)). */
const assumedSliceMs = 3;
/** The period in which Linux measures out the processor time of a container, in ms (sched-bwc.rst). */
const throttlePeriodMs = 100;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * What a state that is met with a chance of `share`, and then holds up for `meanMs` on average, adds at a quantile:
 * exponential beyond what it does not touch at all.
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
  /** Share of the time in which it was ready to run and had no processor; null where the system does not report it. */
  waitShare: number | null;
  /** How long such a wait took on average. */
  meanWaitMs: number;
  /** Share of answers that may have met such a wait: all where waits were counted, else as much as of the time. */
  waitChance: number;
  /** Share of the time in which the system stopped it for having used its share. */
  throttledShare: number;
}

/** The highest utilisation of a second: that of a ramp's busiest part, which its mean would hide. */
export function peakUtilisation(totals: RunTotals): number {
  return Math.max(0, ...totals.loadIntervals.map(({ generatorUtilisation }) => generatorUtilisation ?? 0));
}

function isRamp({ load }: Scenario): boolean {
  return load.executor === 'ramping-vus';
}

/** Sums up the delays of the generator. */
export function generatorUse({ totals, measuredMs, scenario }: MeasurementFacts): GeneratorUse {
  const intervals = totals.loadIntervals;
  const waits = intervals.flatMap(({ generatorCpuWaitMs }) => generatorCpuWaitMs ?? []);
  const slices = intervals.flatMap(({ generatorCpuSlices }) => generatorCpuSlices ?? []);
  const throttled = intervals.flatMap(({ generatorThrottledMs }) => generatorThrottledMs ?? []);
  const waitMs = sum(waits);
  return {
    utilisation: isRamp(scenario) ? peakUtilisation(totals) : totals.generatorUtilisation,
    gcShare: shareOf(sum(intervals.map(({ generatorGcMs }) => generatorGcMs ?? 0)), measuredMs),
    gcMaxMs: Math.max(0, ...intervals.map(({ generatorGcMaxMs }) => generatorGcMaxMs ?? 0)),
    waitShare: waits.length === 0 ? null : shareOf(waitMs, measuredMs),
    meanWaitMs: sum(slices) > 0 ? waitMs / sum(slices) : assumedSliceMs,
    waitChance: sum(slices) > 0 ? 1 : shareOf(waitMs, measuredMs),
    throttledShare: shareOf(sum(throttled), measuredMs),
  };
}

/** What a request costs a load process; each makes its part of them. */
function workPerRequestMs({ utilisation }: GeneratorUse, { totals, measuredMs, scenario }: MeasurementFacts): number {
  return shareOf(utilisation * measuredMs * scenario.processes, totals.completed);
}

/** How long a thread that an answer wakes waits for a processor. */
function processorWait({ waitChance, meanWaitMs }: GeneratorUse): DelayAt {
  return (quantile) => tailMs(waitChance, meanWaitMs, quantile);
}

/**
 * By how much the generator may have taken up an answer late. With a schedule two things tell how late its event loop
 * is: the lateness of its sends and its waits for a processor; the greater is taken. What a closed load's does is
 * bounded by a queue of one server that is busy for its utilisation (M/M/1: Kleinrock 1975, 3.2) and by what stopped it.
 */
function generatorDelays(facts: MeasurementFacts): DelayAt {
  const { totals } = facts;
  const use = generatorUse(facts);
  const waitMs = processorWait(use);
  if (hasSchedule(facts))
    return (quantile) => Math.max(totals.lateness.percentileUs(100 * quantile) / 1000, waitMs(quantile));
  if (use.utilisation >= 1) return () => Number.POSITIVE_INFINITY;
  const workMs = workPerRequestMs(use, facts);
  return (quantile) =>
    tailMs(use.utilisation, workMs / (1 - use.utilisation), quantile) +
    waitMs(quantile) +
    (use.gcShare > 1 - quantile ? use.gcMaxMs : 0) +
    tailMs(use.throttledShare, throttlePeriodMs, quantile);
}

/** Of all response times the time from the send is known; for those of a part the response time stands. */
function fromSend(
  { rule, isWhole, histogram }: PercentileSubject | MeanSubject,
  facts: MeasurementFacts,
): LatencyHistogram {
  const isResponse = rule.threshold.metric === 'http_req_duration';
  return hasSchedule(facts) && isResponse && isWhole ? facts.totals.service : histogram;
}

/**
 * The least that a percentile was without what the generator added to it, on the way out and on the way back, and
 * without another delay beside it.
 */
export function leastWithoutGenerator(subject: PercentileSubject, facts: MeasurementFacts, other?: DelayAt): number {
  const generator = generatorDelays(facts);
  return leastWithout(fromSend(subject, facts), subject.share, other ? sumOfDelays(generator, other) : generator);
}

/** The mean without what {@link generatorDelays} bounds. */
export function meanWithoutGenerator(subject: MeanSubject, facts: MeasurementFacts): number {
  return Math.min(subject.value, fromSend(subject, facts).meanUs / 1000) - meanGeneratorDelayMs(facts);
}

function meanGeneratorDelayMs(facts: MeasurementFacts): number {
  const { totals } = facts;
  const use = generatorUse(facts);
  const waitMs = use.waitChance * use.meanWaitMs;
  if (hasSchedule(facts)) return Math.max(totals.lateness.meanUs / 1000, waitMs);
  if (use.utilisation >= 1) return Number.POSITIVE_INFINITY;
  const workMs = workPerRequestMs(use, facts);
  const stoppedMs = use.gcShare * use.gcMaxMs + use.throttledShare * throttlePeriodMs;
  return (use.utilisation * workMs) / (1 - use.utilisation) + waitMs + stoppedMs;
}
