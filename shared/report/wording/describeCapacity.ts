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

/** The limiting resource in words. */
export function describeResource(resource: LimitingResource): string {
  return resourceWords[resource];
}

/** Whether the thresholds held in a step; undecided where it was too short to tell, or the generator was the limit. */
export function statusOfStep({ holds, trusted, undecided }: CapacityStep): Status {
  if (!trusted || undecided) return 'undecided';
  return holds ? 'passed' : 'failed';
}

function whyOf({ holds, trusted, undecided, reason }: CapacityStep): string | undefined {
  if (!trusted) return reason ?? 'the generator was too slow';
  if (undecided) return reason ?? 'too few requests to tell';
  return holds ? undefined : reason;
}

/** What came of a step in words: `✕ failed: the P95 response time is 806 ms`. */
export function describeStepOutcome(step: CapacityStep): string {
  const why = whyOf(step);
  return `${statusText(statusOfStep(step))}${why === undefined ? '' : `: ${why}`}`;
}

/** A rate of a capacity search: `2,000 req/s`, `300 journeys/s`. */
export function formatSearchRate(rate: number | null | undefined, unit: CapacityUnit): string {
  return formatRate(rate, unit === undefined ? undefined : `${unit}/s`);
}

/** What load a step was: `16 users`, `2,000 req/s`, `confirmation at 1,900 req/s`. */
export function describeStepLoad({ kind, vus, offeredRate, unit }: CapacityStep): string {
  if (kind === 'concurrency') return `${formatNumber(vus ?? 0)} users`;
  return `${kind === 'confirmation' ? 'confirmation at ' : ''}${formatSearchRate(offeredRate, unit)}`;
}

/** A confirmed capacity in short; one that ended where the generator did is at least that. A dash for none. */
export function formatCapacity(capacity: Pick<Capacity, 'rate' | 'atLeast' | 'unit'> | null | undefined): string {
  return `${capacity?.atLeast ? '\u2265\u00a0' : ''}${formatSearchRate(capacity?.rate, capacity?.unit)}`;
}

/** What a confirmed capacity rests on: its interval, or what ended the search; nothing where neither is known. */
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
