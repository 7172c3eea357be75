import type { Figure, FigureKey } from '../../../shared/report/sections/figures';
import { formatThresholdValue } from '../../../shared/report/wording/describeThreshold';
import { holds, isWhole } from '../../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../../shared/thresholds/rules';

const percentiles: Partial<Record<FigureKey, number>> = { p50: 50, p95: 95, p99: 99 };
const rates: Partial<Record<FigureKey, string>> = { failed: 'http_req_failed', cacheHitRate: 'cache_hit' };

function isAbout({ key }: Figure, { threshold }: ThresholdRule): boolean {
  const { metric, aggregation, isRelative, secondsHeld } = threshold;
  if (!isWhole(threshold) || isRelative || secondsHeld) return false;
  if (aggregation.kind === 'percentile')
    return metric === 'http_req_duration' && aggregation.percentile === percentiles[key];
  return aggregation.kind === 'rate' && metric === rates[key];
}

/** The limit that a figure breaks at this moment, in words: `limit 50.0 ms`; undefined where it breaks none. */
export function breachOf(figure: Figure, rules: readonly ThresholdRule[]): string | undefined {
  const { amount } = figure;
  if (amount === null) return undefined;
  const broken = rules.find((rule) => isAbout(figure, rule) && !holds(amount, rule.threshold));
  return broken && `limit ${formatThresholdValue(broken, broken.threshold.limit)}`;
}
