import type { Capacity, CapacityStep, CapacityUnit, LimitingResource } from '../../run/capacity';
import { formatNumber, formatRate } from '../../units/format';
import type { Status } from '../blocks';
import { statusText } from '../status';

const resourceWords: Record<LimitingResource, string> = {
  'target-cpu': 'the processor of the target',
  'target-waiting': 'what the target waits for (its disk, a lock or another service), not its processor',
  target: 'the target',
  generator: 'the load generator',
  unknown: 'an unknown resource',
};

/** Describes the limiting resource. */
export function describeResource(resource: LimitingResource): string {
  return resourceWords[resource];
}

/**
 * Whether the thresholds passed in a step; undecided when it was too short to tell, or when the generator was the
 * limit.
 */
export function statusOfStep({ holds, trusted, undecided }: CapacityStep): Status {
  if (!trusted || undecided) return 'undecided';
  return holds ? 'passed' : 'failed';
}

function whyOf({ holds, trusted, undecided, reason }: CapacityStep): string | undefined {
  if (!trusted) return reason ?? 'the generator was too slow';
  if (undecided) return reason ?? 'too few requests to tell';
  return holds ? undefined : reason;
}

/** Describes the outcome of a step: `✕ failed: the P95 response time is 806 ms`. */
export function describeStepOutcome(step: CapacityStep): string {
  const why = whyOf(step);
  return `${statusText(statusOfStep(step))}${why === undefined ? '' : `: ${why}`}`;
}

/** Formats a rate of a capacity search: `2,000 req/s`, `300 journeys/s`. */
export function formatSearchRate(rate: number | null | undefined, unit: CapacityUnit): string {
  return formatRate(rate, unit === undefined ? undefined : `${unit}/s`);
}

/** Describes the load of a step: `16 users`, `2,000 req/s`, `confirmation at 1,900 req/s`. */
export function describeStepLoad({ kind, vus, offeredRate, unit }: CapacityStep): string {
  if (kind === 'concurrency') return `${formatNumber(vus ?? 0)} users`;
  return `${kind === 'confirmation' ? 'confirmation at ' : ''}${formatSearchRate(offeredRate, unit)}`;
}

/** Formats a confirmed capacity. It is a minimum when the generator was the limit. A dash when there is none. */
export function formatCapacity(capacity: Pick<Capacity, 'rate' | 'atLeast' | 'unit'> | null | undefined): string {
  return `${capacity?.atLeast ? '\u2265\u00a0' : ''}${formatSearchRate(capacity?.rate, capacity?.unit)}`;
}

/**
 * Describes what a confirmed capacity is based on: its interval, or what ended the search; empty when neither is known.
 */
export function capacityNote({
  rate,
  low,
  high,
  atLeast,
  limitedBy,
}: Pick<Capacity, 'rate' | 'low' | 'high' | 'atLeast' | 'limitedBy'>): string | undefined {
  const limit = limitedBy === 'unknown' ? undefined : `limited by ${describeResource(limitedBy)}`;
  if (rate === null) return `no capacity confirmed${limit === undefined ? '' : `: ${limit}`}`;
  if (atLeast) return limit;
  return low === null || high === null ? undefined : `95 %: ${formatNumber(low)} to ${formatNumber(high)}`;
}
