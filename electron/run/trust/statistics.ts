import type { TrustCheck } from '../../../shared/run/trustCheck';
import type { Scenario } from '../../../shared/scenario/schema';
import { requiredMs, timingOf } from '../../../shared/scenario/timing';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { samplesNeeded, toMs } from '../../../shared/statistics/latencySummary';
import { holds, isWhole, latencyLimitsOf, measuredValue } from '../../../shared/thresholds/evaluate';
import { metricKinds } from '../../../shared/thresholds/parse';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import { formatLatency, formatNumber } from '../../../shared/units/format';
import { meanVus, rampSteps } from '../../load/schedule/vuSteps';
import { type Check, isConstantLoad, type MeasurementFacts } from './facts';

/** A change of the median by more than this factor is no noise. */
const driftLimit = 1.5;
/** A difference smaller than this decides nothing, whatever the factor. */
const immaterialMs = 1;
const immaterialShareOfLimit = 0.1;
/** The start that is compared with the rest: a tenth of the run. */
const startShare = 0.1;
const leastSamples = 50;
const leastSlices = 4;
const littleTolerance = 0.05;
const leastResponseTimes = 20;
const negligibleFailures = 0.005;

interface SampleCount {
  percentile: number;
  count: number;
  needed: number;
}

/** How many requests a percentile rests on; undefined for thresholds about anything else. */
function samplesOf(rule: ThresholdRule, facts: MeasurementFacts): SampleCount | undefined {
  const { metric, aggregation, secondsHeld } = rule.threshold;
  if (aggregation.kind !== 'percentile' || secondsHeld || metricKinds[metric] !== 'trend') return undefined;
  // Requests that failed were asked as well: of a target that fails them all, no more can be known.
  const count = isWhole(rule.threshold) ? facts.completed : facts.trend(rule).count;
  return { percentile: aggregation.percentile, count, needed: samplesNeeded(aggregation.percentile) };
}

/** Whether a threshold fails that rests on enough requests: then the others decide nothing. */
function failsOnEnough(facts: MeasurementFacts): boolean {
  return facts.rules.some((rule) => {
    const fails = facts.thresholds.some(
      ({ ok, metric, expression }) => !ok && metric === rule.metric && expression === rule.expression,
    );
    const counted = samplesOf(rule, facts);
    return fails && (!counted || counted.count >= counted.needed);
  });
}

/** Whether each percentile that a threshold is about rests on enough requests. */
export const samples: Check = (facts) => {
  const counted = facts.rules.flatMap((rule) => samplesOf(rule, facts) ?? []);
  const [worst] = counted.sort((a, b) => a.count / a.needed - b.count / b.needed);
  if (!worst) return undefined;
  const { percentile, count, needed } = worst;
  const enough = count >= needed;
  const ok = enough || failsOnEnough(facts);
  const has = `P${percentile} rests on ${formatNumber(count)} requests`;
  const lacking = ok ? 'the failure rests on more.' : 'run it for longer.';
  return {
    check: 'samples',
    value: count,
    limit: needed,
    unit: 'requests',
    ok,
    message: enough ? `${has}, which is enough.` : `${has} and needs ${formatNumber(needed)}: ${lacking}`,
  };
};

/** The median difference that would matter for the strictest limit on the response time. */
function materialMs({ rules }: MeasurementFacts): number {
  const limits = latencyLimitsOf(rules).map(({ limitMs }) => limitMs);
  return Math.max(immaterialMs, limits.length > 0 ? Math.min(...limits) * immaterialShareOfLimit : 0);
}

/** Whether thresholds on the response time fail in a part of the run by themselves. */
function failsIn(part: LatencyHistogram, { rules }: MeasurementFacts): Set<string> {
  const failing = new Set<string>();
  for (const { metric, expression, threshold } of rules) {
    if (threshold.metric !== 'http_req_duration' || !isWhole(threshold)) continue;
    if (threshold.secondsHeld || threshold.isRelative) continue;
    const value = measuredValue(threshold, { trend: () => part, share: () => ({ count: 0, of: 0 }) });
    if (value !== null && !holds(value, threshold)) failing.add(`${metric} ${expression}`);
  }
  return failing;
}

/**
 * Whether a failure is proven although the run was not steady: the same threshold on the response time fails before
 * and after, or one fails that is about something else.
 */
function failureIsProven(facts: MeasurementFacts, before: LatencyHistogram, after: LatencyHistogram): boolean {
  const failingAfter = failsIn(after, facts);
  if ([...failsIn(before, facts)].some((name) => failingAfter.has(name))) return true;
  return facts.thresholds.some(({ ok, metric }) => !ok && !metric.startsWith('http_req_duration'));
}

/** How a comparison of two parts of a run reads. */
interface PartWords {
  before: string;
  after: string;
  same: string;
  changed: string;
  remedy: string;
}

/** Judges whether two parts of a run have the same median, or a failure that is there whatever changed. */
function compareParts(
  check: TrustCheck['check'],
  facts: MeasurementFacts,
  before: LatencyHistogram,
  after: LatencyHistogram,
  words: PartWords,
): TrustCheck | undefined {
  if (before.count < leastSamples || after.count < leastSamples) return undefined;
  const beforeMs = toMs(before.percentileUs(50));
  const afterMs = toMs(after.percentileUs(50));
  const [low, high] = beforeMs < afterMs ? [beforeMs, afterMs] : [afterMs, beforeMs];
  const ratio = low > 0 ? high / low : 1;
  const same = ratio <= driftLimit || high - low <= materialMs(facts);
  const ok = same || failureIsProven(facts, before, after);
  const medians = `the median was ${formatLatency(beforeMs)} in ${words.before} and ${formatLatency(afterMs)} in ${words.after}`;
  return {
    check,
    value: ratio,
    limit: driftLimit,
    unit: 'ratio',
    ok,
    message: same
      ? `${words.same}: ${medians}.`
      : `${words.changed}: ${medians}. ${ok ? 'The failure is proven all the same.' : words.remedy}`,
  };
}

/** Whether the run had come to rest when its measured part began. */
export const steadyState: Check = (facts) => {
  if (!isConstantLoad(facts)) return undefined;
  const { slices } = facts;
  return compareParts('steady-state', facts, slices.between(0, startShare), slices.between(startShare, 1), {
    before: 'the first tenth',
    after: 'the rest',
    same: 'The run was steady from its start',
    changed: 'The run began before it was steady',
    remedy: 'Use a longer warm-up.',
  });
};

/** Whether the second half of the run is like the first. */
export const drift: Check = (facts) => {
  const { slices } = facts;
  if (!isConstantLoad(facts) || slices.length < leastSlices) return undefined;
  return compareParts('drift', facts, slices.between(0, 0.5), slices.between(0.5, 1), {
    before: 'the first half',
    after: 'the second',
    same: 'Both halves of the run say the same',
    changed: 'The run drifted',
    remedy: 'Run it for longer, or find out what grows.',
  });
};

/** The mean number of virtual users that a closed load asks for; undefined where it is not known. */
function askedUsers(scenario: Scenario): number | undefined {
  const { load } = scenario;
  if (load.executor === 'constant-vus') return load.vus;
  if (load.executor !== 'ramping-vus') return undefined;
  const { warmupMs, durationMs } = timingOf(scenario);
  const stages = load.stages.map(({ duration, target }) => ({ durationMs: requiredMs(duration), target }));
  return meanVus(rampSteps(load.startVUs, warmupMs, stages), warmupMs, warmupMs + durationMs);
}

/**
 * Little's law (Little 1961): in a closed load throughput times mean response time is the number of virtual users. If
 * it is not, time was lost that no latency shows.
 */
export const littlesLaw: Check = (facts) => {
  const { completed, failed, measuredMs, service, scenario } = facts;
  const users = askedUsers(scenario);
  const { durationMs } = timingOf(scenario);
  // Users that were stopped early have not been busy for as long as they were asked to.
  if (users === undefined || users === 0 || service.count === 0 || measuredMs < durationMs) return undefined;
  // At both ends of the run requests are cut in two; in a run of few of them that decides the sum.
  if (durationMs < leastResponseTimes * (service.meanUs / 1000)) return undefined;
  // The time of failed requests is not recorded.
  if (failed > completed * negligibleFailures) return undefined;
  // All requests that were sent within the duration, with their whole time, though the last were answered after it.
  const busy = (service.count * service.meanUs) / 1000 / durationMs;
  const value = busy / users;
  const ok = Math.abs(1 - value) <= littleTolerance;
  const sum = `Throughput times mean response time is ${formatNumber(busy, 1)} of ${formatNumber(users, 1)} virtual users`;
  return {
    check: 'littles-law',
    value,
    limit: littleTolerance,
    unit: 'ratio',
    ok,
    message: ok ? `${sum}.` : `${sum}: they spent time that no latency shows. The generator may be too slow.`,
  };
};
