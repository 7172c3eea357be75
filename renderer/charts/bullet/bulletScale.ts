import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { parseThreshold } from '../../../shared/thresholds/parse';
import { kindOf } from '../../../shared/thresholds/thresholdRow';

/** A threshold on a line from 0 to 1: the positions of its value, its limit and the bounds of the value. */
export interface BulletScale {
  value: number;
  limit: number;
  /** The bounds of the true value. 0 or 1 where there is no bound. */
  low: number;
  high: number;
  /** Whether values below the limit pass. */
  isUpper: boolean;
}

/** How far the line extends beyond the limit, and beyond the greatest value. */
const behindLimit = 1.3;
const behindValue = 1.06;

/**
 * The scale of a bullet graph (S. Few, 2005): from 0 to slightly more than the greater of value and limit. For a lower
 * limit it starts just below both, because 99 % and 85 % would look alike on a scale from 0. Undefined for a threshold
 * without a limit or a value.
 */
export function bulletScale(result: ThresholdResult, limit: number | undefined): BulletScale | undefined {
  const { metric, expression, value } = result;
  const parsed = parseThreshold(metric, expression);
  if (!parsed.ok || value === null || limit === undefined) return undefined;
  const { operator } = parsed.value.secondsHeld ?? parsed.value;
  const isUpper = operator.startsWith('<');
  const isShare = parsed.value.secondsHeld !== undefined || kindOf(metric) === 'rate';
  const low = result.low === undefined ? value : result.low;
  const high = result.high === undefined ? value : result.high;
  const known = [value, limit, low, high].filter((bound) => bound !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const wanted = Math.max(limit * behindLimit, most * behindValue);
  const end = isShare && !isUpper ? Math.max(1, most) : wanted;
  const start = isUpper ? Math.min(0, least) : Math.max(0, least - (end - least) / 2);
  const span = end - start;
  if (!(span > 0)) return { value: 1, limit: 1, low: 1, high: 1, isUpper };
  const at = (bound: number): number => Math.min(1, Math.max(0, (bound - start) / span));
  return {
    value: at(value),
    limit: at(limit),
    low: low === null ? 0 : at(low),
    high: high === null ? 1 : at(high),
    isUpper,
  };
}

/**
 * The scale of a latency against an upper limit. `highMs` is the upper bound of the latency, null without one. All in
 * ms.
 */
export function latencyBullet(valueMs: number, highMs: number | null, limitMs: number): BulletScale {
  const end = Math.max(limitMs * behindLimit, valueMs * behindValue, (highMs ?? 0) * behindValue);
  const value = valueMs / end;
  return { value, limit: limitMs / end, low: value, high: highMs === null ? 1 : highMs / end, isUpper: true };
}
