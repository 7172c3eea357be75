import type { CapacityStep } from '../../../shared/run/capacity';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import { toMs } from '../../../shared/statistics/latencySummary';
import { latencyLimitsOf, type ThresholdResult } from '../../../shared/thresholds/evaluate';
import { formatShare } from '../../../shared/units/format';
import type { LoadEnd } from '../loadFleet';
import type { Measurement } from '../measurement';
import { droppedLimit, shareOf } from '../trust/facts';
import type { StepOrder } from './search';

/** A rate must hold for so long: a queue that grows is carried on to then. */
const horizonS = 60;
/** What a median may have grown to by then where no threshold says. */
const unlimitedMs = 1_000;
/** Medians of a start and an end that differ by less are the same. */
const noiseMs = 1;
const noiseShare = 0.2;
const leastAttainment = 0.98;

/** Checks that say that the generator, and not the target, was the one that could not. */
const generatorChecks: ReadonlySet<TrustCheck['check']> = new Set([
  'send-lateness',
  'calibrated-rate',
  'generator-utilisation',
  'generator-gc',
  'generator-cpu-wait',
  'generator-cpu-limit',
  'other-load',
]);

/** By how many ms the median grew in each second, beyond noise. */
function growthOf({ totals: { slices } }: Measurement): number {
  const first = slices.between(0, 1 / 3);
  const last = slices.between(2 / 3, 1);
  if (first.count === 0 || last.count === 0) return 0;
  const fromMs = toMs(first.percentileUs(50));
  const growthMs = toMs(last.percentileUs(50)) - fromMs;
  if (growthMs <= noiseMs || growthMs <= fromMs * noiseShare) return 0;
  return growthMs / ((slices.length * 2) / 3);
}

/** Whether the response time would still be within its limits at the horizon, growing as it does. */
function outgrows(measurement: Measurement, growthMsPerS: number): boolean {
  if (growthMsPerS === 0) return false;
  const { rules, response } = measurement.totals;
  const roomMs = latencyLimitsOf(rules)
    .filter((limit) => limit.isWhole)
    .map(({ percentile, limitMs }) => limitMs - toMs(response.percentileUs(percentile)));
  return growthMsPerS * horizonS > Math.min(unlimitedMs, ...roomMs);
}

/** Thresholds that a rate can break; others are judged once, at the end of the search. */
function brokenBy(thresholds: readonly ThresholdResult[]): ThresholdResult | undefined {
  return thresholds.find(({ ok, metric }) => !ok && /^http_req_(?!failed\{stage)/.test(metric));
}

/** Judges a step of a capacity search: whether it held, and whether that was the target's doing. */
export function judgeStep(
  order: StepOrder,
  measurement: Measurement,
  { measuredMs, answeredMs }: LoadEnd,
): CapacityStep {
  const { totals } = measurement;
  const { thresholds, trust } = measurement.judge(measuredMs, { checked: 0, violations: 0, lostWrites: null });
  const right = totals.completed - totals.failed;
  const p50 = percentileMs(measurement, 50);
  // The last answers come one response time after the last requests.
  const takenMs = Math.max(order.durationMs, answeredMs - (p50 ?? 0));
  const achievedRate = takenMs > 0 ? right / (takenMs / 1000) : 0;
  const attainment = order.kind === 'concurrency' ? null : achievedRate / order.rate;
  const growthMsPerS = order.kind === 'concurrency' ? 0 : growthOf(measurement);
  const broken = brokenBy(thresholds);
  const distrust = trust.find(({ ok, check }) => !ok && generatorChecks.has(check));
  const dropped = shareOf(totals.dropped, totals.asked ?? 0);
  const problems = [
    right === 0 ? 'nothing was answered rightly' : undefined,
    broken ? `${broken.metric} ${broken.expression} is ${broken.value ?? 'without a sample'}` : undefined,
    dropped > droppedLimit ? `${formatShare(dropped)} were dropped` : undefined,
    outgrows(measurement, growthMsPerS) ? 'the queue grew' : undefined,
    attainment !== null && attainment < leastAttainment
      ? `${formatShare(attainment)} were answered in time`
      : undefined,
  ];
  const problem = problems.find((text) => text !== undefined);
  const reason = distrust?.message ?? problem;
  return {
    kind: order.kind,
    ...(order.kind === 'concurrency' ? { vus: order.vus } : { offeredRate: order.rate }),
    achievedRate,
    attainment,
    p50,
    p95: percentileMs(measurement, 95),
    p99: percentileMs(measurement, 99),
    growthMsPerS,
    holds: problem === undefined,
    ...(reason === undefined ? {} : { reason }),
    trusted: distrust === undefined,
    durationMs: order.durationMs,
    generatorUtilisation: totals.generatorUtilisation,
    targetUtilisation: totals.targetUtilisation,
  };
}

function percentileMs({ totals: { response } }: Measurement, percentile: number): number | null {
  return response.count > 0 ? toMs(response.percentileUs(percentile)) : null;
}
