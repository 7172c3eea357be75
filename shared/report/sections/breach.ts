import type { Tick } from '../../run/events';
import { holds, isWhole } from '../../thresholds/evaluate';
import type { ThresholdRule } from '../../thresholds/rules';
import { formatThresholdValue } from '../wording/describeThreshold';
import { type Figure, type FigureKey, figuresOf, measuredSoFar } from './figures';

const percentiles: Partial<Record<FigureKey, number>> = { p50: 50, p95: 95, p99: 99 };
const rates: Partial<Record<FigureKey, string>> = { failed: 'http_req_failed', cacheHitRate: 'cache_hit' };

function isAbout({ key }: Figure, { threshold }: ThresholdRule): boolean {
  const { metric, aggregation, isRelative, secondsHeld } = threshold;
  if (!isWhole(threshold) || isRelative || secondsHeld) return false;
  if (aggregation.kind === 'percentile')
    return metric === 'http_req_duration' && aggregation.percentile === percentiles[key];
  return aggregation.kind === 'rate' && metric === rates[key];
}

/** Returns the limit that a figure currently violates: `limit 50.0 ms`; undefined when it violates none. */
export function breachOf(figure: Figure, rules: readonly ThresholdRule[]): string | undefined {
  const { amount } = figure;
  if (amount === null) return undefined;
  const broken = rules.find((rule) => isAbout(figure, rule) && !holds(amount, rule.threshold));
  return broken && `limit ${formatThresholdValue(broken, broken.threshold.limit)}`;
}

/** Whether the latest tick of a running test violates a limit. Thresholds do not judge the warm-up. */
export function hasBreach(tick: Tick | undefined, rules: readonly ThresholdRule[]): boolean {
  if (!tick || tick.warmup) return false;
  return figuresOf(measuredSoFar(tick)).some((figure) => breachOf(figure, rules) !== undefined);
}
