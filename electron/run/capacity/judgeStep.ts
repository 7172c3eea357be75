import type { CapacityStep } from '../../../shared/run/capacity';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { ThresholdStatus } from '../../../shared/thresholds/doubt';
import { holds, latencyLimitsOf, type Share, type ThresholdResult } from '../../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import type { LoadEnd } from '../../hosting/fleet';
import type { Measurement } from '../../measure/measurement';
import type { RunTotals } from '../../measure/runTotals';
import { droppedLimit, shareOf } from '../../measure/trust/facts';
import { errorBudgetOf, exceedsBudget } from './errorBudget';
import { queueGrowthMsPerS } from './queueGrowth';
import type { StepOrder } from './search';

/** How long a rate must hold. The growth of a queue is extrapolated to this time. */
const horizonS = 60;
/** The maximum response time at the horizon if no threshold sets one, in ms. */
const unlimitedMs = 1_000;
const leastAnswered = 0.98;

/** Checks which say that the generator, and not the target, could not keep up. */
const generatorChecks: ReadonlySet<TrustCheck['check']> = new Set([
  'send-lateness',
  'generator-limits',
  'generator-utilisation',
  'littles-law',
  'other-load',
]);

/** The measurement that a step is judged by. */
type Judged = Pick<Measurement, 'totals' | 'judge'>;

/** Whether the response time exceeds its limits before the horizon if it continues to grow like this. */
function outgrows({ totals: { rules, response } }: Judged, growthMsPerS: number): boolean {
  if (growthMsPerS === 0) return false;
  const roomMs = latencyLimitsOf(rules)
    .filter((limit) => limit.isWhole)
    .map(({ percentile, limitMs }) => limitMs - toMs(response.percentileUs(percentile)));
  return growthMsPerS * horizonS > Math.min(unlimitedMs, ...roomMs);
}

/** What is known of a threshold that a rate can break. */
interface StepThreshold {
  status: ThresholdStatus;
  /** Whether its value is within the limit, proven or not. */
  ok: boolean;
  text: string;
}

/**
 * The thresholds that a rate can break. All others are judged once, at the end of the search. A step is too short to
 * prove that an error budget is kept. A budget counts as kept if no more requests have failed than it allows.
 */
function stepThresholds({ totals }: Judged, results: readonly ThresholdResult[]): StepThreshold[] {
  return results.flatMap((result) => {
    const { metric, expression, value, ok } = result;
    if (!/^(?:http_req_(?!failed\{stage)|iteration_duration|checks)/.test(metric)) return [];
    const text = `${metric} ${expression} is ${value ?? 'without a sample'}`;
    const rule = totals.rules.find((candidate) => candidate.metric === metric && candidate.expression === expression);
    const budget = rule && errorBudgetOf(rule);
    if (!rule || budget === undefined) return { status: result.status ?? (ok ? 'passed' : 'failed'), ok, text };
    if (value !== null && holds(value, rule.threshold)) return { status: 'passed', ok: true, text };
    const isExceeded = exceedsBudget(failuresOf(totals, rule), budget);
    return { status: isExceeded ? 'failed' : 'undecided', ok: false, text };
  });
}

/** The cases that a rule about failures or checks counts as failed, among all of its cases. */
function failuresOf(totals: RunTotals, { threshold }: ThresholdRule): Share {
  if (threshold.metric !== 'checks') return totals.failures(threshold);
  const { count, of } = totals.journeys.checks(threshold);
  return { count: of - count, of };
}

/**
 * How the target failed to keep up: its queue grew, or it left requests without a response. Undefined if it did
 * neither.
 */
function queueProblem(measurement: Judged, growthMsPerS: number): string | undefined {
  const { totals } = measurement;
  const { asked } = totals;
  if (asked === null) return undefined;
  // If there is a failure budget, it decides how many responses may be wrong.
  const hasBudget = totals.rules.some((rule) => errorBudgetOf(rule) !== undefined);
  const { right, ended } = totals.endedIterations;
  const answered = shareOf(hasBudget ? ended : right, asked);
  const dropped = shareOf(totals.dropped, asked);
  if (dropped > droppedLimit) return `${formatShare(dropped)} were dropped`;
  if (outgrows(measurement, growthMsPerS)) return 'the queue grew';
  return answered < leastAnswered ? `only ${formatShare(answered)} were answered` : undefined;
}

/** Says that requests waited longer for the generator than for the target; undefined if they did not. */
function generatorQueue({ totals: { lateness, service } }: Judged): string | undefined {
  const lateUs = lateness.percentileUs(50);
  if (lateUs <= service.percentileUs(50)) return undefined;
  return `half of the requests were sent more than ${formatLatency(toMs(lateUs))} late: the generator could not keep its schedule`;
}

/** The virtual users of a step, and how long each of them thinks in an iteration. */
export interface StepUsers {
  maxVus: number;
  thinkMs: number;
}

/**
 * From this share of users in think times on, users are missing for that reason, and not because the target keeps them.
 */
const thinkingShare = 0.5;

/** Says that journeys were dropped because virtual users think; undefined if that is not so. */
function missingUsers(
  order: StepOrder,
  { totals: { dropped, asked } }: Judged,
  { maxVus, thinkMs }: StepUsers,
): string | undefined {
  if (order.kind === 'concurrency' || shareOf(dropped, asked ?? 0) <= droppedLimit) return undefined;
  const thinking = order.rate * (thinkMs / 1000);
  if (thinking < thinkingShare * maxVus) return undefined;
  return `journeys were dropped: this rate has ${formatNumber(thinking)} virtual users in think times, and there are at most ${formatNumber(maxVus)}; allow more with "maxVUs"`;
}

/**
 * Why the generator, and not the target, may be the reason that a step does not hold. A step that holds leaves no
 * doubt. Response time counts from the intended send, so it includes whatever held the generator up. Sends that were
 * late also come in bunches, which are a harder load.
 */
function generatorsDoing(
  queue: string | undefined,
  thresholds: readonly ThresholdResult[],
  trust: readonly TrustCheck[],
  measurement: Judged,
): string | undefined {
  const late = queue === undefined ? undefined : generatorQueue(measurement);
  if (late !== undefined || thresholds.some(({ status }) => status === 'failed')) return late;
  return trust.find(
    // If less than half of the sends are late, there is no queue before the generator.
    ({ ok, check }) => !ok && generatorChecks.has(check) && !(check === 'send-lateness' && queue !== undefined),
  )?.message;
}

/**
 * Judges a step of a capacity search: whether it held, and whether the target was the reason. What counts is how many
 * of the intended requests got a response, and how fast. When the last response came does not count.
 */
export function judgeStep(
  order: StepOrder,
  measurement: Judged,
  { measuredMs }: LoadEnd,
  users: StepUsers,
): CapacityStep {
  const { totals } = measurement;
  const isOpen = order.kind !== 'concurrency';
  const { thresholds, trust } = measurement.judge(measuredMs, { checked: 0, violations: 0, lostWrites: null });
  const judged = stepThresholds(measurement, thresholds);
  const { right } = totals.endedIterations;
  const growthMsPerS = isOpen ? queueGrowthMsPerS(totals.slices, order.durationMs) : 0;
  const queue = isOpen ? queueProblem(measurement, growthMsPerS) : undefined;
  const broken = judged.find(({ status }) => status === 'failed');
  const open = judged.find(({ status }) => status === 'undecided');
  // Until the end, all users may be in the tail, with requests of the warm-up.
  const allWait = totals.sent === 0 ? 'nothing was sent: every user still waited for an earlier response' : undefined;
  const problem =
    allWait ??
    (right === 0 ? 'no response was correct' : undefined) ??
    broken?.text ??
    queue ??
    judged.find(({ ok, status }) => !ok && status === 'undecided')?.text;
  const distrust =
    problem === undefined
      ? undefined
      : (missingUsers(order, measurement, users) ?? generatorsDoing(queue, thresholds, trust, measurement));
  // A generator that was held up, but not by the rate, would have been held up at another rate as well.
  const isDisturbed = distrust !== undefined && queue === undefined;
  const isUndecided =
    isDisturbed ||
    allWait !== undefined ||
    (distrust === undefined && open !== undefined && !broken && !queue && right > 0);
  const reason = distrust ?? problem ?? (isUndecided ? open?.text : undefined);
  return {
    kind: order.kind,
    ...(totals.isSingle ? {} : { unit: 'journeys' as const }),
    ...(isOpen ? { offeredRate: order.rate } : { vus: order.vus }),
    // If a queue holds back more in each second, the target does not respond at the pace of the requests.
    achievedRate: (right / (order.durationMs / 1000)) * Math.max(0, 1 - growthMsPerS / 1000),
    attainment: totals.asked === null ? null : shareOf(right, totals.asked),
    p50: percentileMs(measurement, 50),
    p95: percentileMs(measurement, 95),
    p99: percentileMs(measurement, 99),
    growthMsPerS,
    holds: problem === undefined,
    ...(isUndecided ? { undecided: true } : {}),
    ...(reason === undefined ? {} : { reason }),
    trusted: distrust === undefined,
    durationMs: order.durationMs,
    generatorUtilisation: totals.generatorUtilisation,
    targetUtilisation: totals.targetUtilisation,
  };
}

function percentileMs({ totals: { response } }: Judged, percentile: number): number | null {
  return response.count > 0 ? toMs(response.percentileUs(percentile)) : null;
}
