import { statusOf } from '../../run/verdict';
import type { Load } from '../../scenario/schema';
import type { Doubt } from '../../thresholds/doubt';
import { holds, type ThresholdResult } from '../../thresholds/evaluate';
import { parseThreshold } from '../../thresholds/parse';
import { kindOf } from '../../thresholds/thresholdRow';
import { formatNumber, formatPercent } from '../../units/format';
import { formatThresholdValue, limitOf, nameOfThreshold } from './describeThreshold';

/** Formats a range, with the unit only once when both ends share it: `41.0 to 56.0 ms`. */
function rangeText(result: ThresholdResult, low: number, high: number, joint: 'to' | 'and'): string {
  const [from, to] = [formatThresholdValue(result, low), formatThresholdValue(result, high)];
  const unit = / \D+$/.exec(to)?.[0] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} ${joint} ${to}`;
}

/**
 * Formats the interval of the true value: `41.0 to 56.0 ms`; undefined when nothing moved the value, or when the
 * interval is unknown.
 */
export function describeInterval(result: ThresholdResult): string | undefined {
  const { value, low, high } = result;
  if (value === null || low === undefined || high === undefined) return undefined;
  if (low === null) return high === null ? 'anything' : `${formatThresholdValue(result, high)} or less, without bound`;
  if (high === null) return low === 0 ? 'anything' : `${formatThresholdValue(result, low)} or more, without bound`;
  const isPoint = formatThresholdValue(result, low) === formatThresholdValue(result, high);
  if (isPoint) return undefined;
  return low === 0 ? `up to ${formatThresholdValue(result, high)}` : rangeText(result, low, high, 'to');
}

/** Formats a ratio: `12 times`, or a percentage below two times, `12 %`. */
function timesText(ratio: number): string {
  if (ratio >= 2) return `${formatNumber(ratio, ratio < 10 ? 1 : 0)} times`;
  const change = ratio - 1;
  return change < 0.01 ? 'less than 1 %' : formatPercent(change);
}

/** Describes the distance of a value from its limit, given the ratio of both: `3.8 times below`, `12 % above`. */
export function distanceText(ratio: number): string {
  // Half of the limit is two times below it; nine tenths are 10 % below.
  if (ratio < 1) return `${ratio <= 0.5 ? timesText(1 / ratio) : timesText(2 - ratio)} below`;
  return `${timesText(ratio)} above`;
}

/**
 * Returns the ratio of a decided threshold's worst value to its limit. It is below 1 for an upper limit that holds.
 * Undefined when it has no meaning.
 */
export function limitRatio(result: ThresholdResult): number | undefined {
  const { margin, metric, expression } = result;
  const parsed = parseThreshold(metric, expression);
  if (typeof margin !== 'number' || margin <= 0 || statusOf(result) === 'undecided') return undefined;
  if (!parsed.ok || parsed.value.secondsHeld) return undefined;
  return parsed.value.operator.startsWith('<') ? 1 / margin : margin;
}

/** Describes the distance of a decided threshold's worst value from its limit: `3.8 times below`. */
function describeMargin(result: ThresholdResult): string | undefined {
  const ratio = limitRatio(result);
  if (ratio === undefined || ratio === 1) return undefined;
  // A percentage of a share would look like percentage points.
  const isShare = kindOf(result.metric) === 'rate' && ratio > 0.5 && ratio < 2;
  return isShare ? undefined : distanceText(ratio);
}

/**
 * Describes the result of a threshold, to follow its name, in the unit of its metric: `12.3 ms (11.8 to 13.1 ms), limit
 * 50.0 ms, 3.8 times below`.
 */
export function describeOutcome(result: ThresholdResult): string {
  const { value, baseline, isImplicit } = result;
  const interval = describeInterval(result);
  const limit = limitOf(result);
  const of = typeof baseline?.value === 'number' ? ` (baseline ${formatThresholdValue(result, baseline.value)})` : '';
  const parts = [
    value === null
      ? 'no sample'
      : `${formatThresholdValue(result, value)}${interval === undefined ? '' : ` (${interval})`}`,
    ...(limit === undefined ? [] : [`limit ${formatThresholdValue(result, limit)}${of}`]),
    describeMargin(result),
    ...(isImplicit ? ['implicit: no threshold covers failures'] : []),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/**
 * Describes how far one doubt could have moved the value of a threshold: `the P95 response time from 48.0 ms to
 * anywhere between 41.0 and 56.0 ms, across the limit of 50.0 ms`.
 */
export function describeEffect(result: ThresholdResult, { low, high }: Doubt, load: Load): string {
  const { value, metric, expression } = result;
  const parsed = parseThreshold(metric, expression);
  const from = value === null ? '' : ` from ${formatThresholdValue(result, value)}`;
  const floor = low ?? 0;
  const to =
    high === null
      ? `anything from ${formatThresholdValue(result, floor)} up, without bound`
      : `anywhere between ${rangeText(result, floor, high, 'and')}`;
  const limit = limitOf(result);
  const isAlone = parsed.ok && holds(floor, parsed.value) !== holds(high ?? Number.POSITIVE_INFINITY, parsed.value);
  const across =
    limit === undefined
      ? ''
      : `, ${isAlone ? '' : 'with the other doubts '}across the limit of ${formatThresholdValue(result, limit)}`;
  return `${nameOfThreshold(result, load)}${from} to ${to}${across}`;
}
