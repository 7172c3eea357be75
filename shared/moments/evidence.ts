import { serverPrefix } from '../attribution/parts';
import type { FailureCounts } from '../run/failureCounts';
import type { AmountName, Sampled } from './sampled';

/** The evidence for the cause of a moment: the samples in it, and the usual values around it. */
export interface Evidence {
  /** The excess of the P99 over the usual one, in ms. Without responses, the duration of the gap. */
  excessMs: number;
  at: Sampled;
  usual: Sampled;
  /** Failed and unsent requests by kind, when they make the moment. */
  lost: FailureCounts;
  /** Whether it is at the very start of the target's work. */
  isStart: boolean;
}

/** Where something can lengthen the time of requests. */
export type Scope = 'generator' | 'service' | 'connection' | 'network' | 'machine';

/** Time of the target that may be in the service or in the network. */
const undivided = ['network_and_waiting', 'unattributed'];
/** A paused generator reads responses late, so they appear to be in transit until then. */
const generatorParts = ['send_wait', 'connect', 'network', 'receive', ...undivided];
const networkParts = ['network', 'receive'];

/** Returns the excess of a sample over its usual value. */
export function above({ at, usual }: Evidence, name: AmountName): number {
  return Math.max(0, at.amounts[name] - usual.amounts[name]);
}

/** Returns how much longer than usual the slowest requests spent in some parts, in ms. */
export function longerIn({ at, usual }: Evidence, parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Math.max(0, (at.partsMs[part] ?? 0) - (usual.partsMs[part] ?? 0)), 0);
}

/** Returns how much longer than usual a part of the service blocked its event loop at once, in ms. */
export function heldLonger({ at, usual }: Evidence, part: string): number {
  return Math.max(0, (at.heldMaxMs[part] ?? 0) - (usual.heldMaxMs[part] ?? 0));
}

/**
 * Returns the part of the network's apparent excess during which the service's event loop was late, in ms. A process
 * that was stopped as a whole cannot tell how long requests waited for it.
 */
function missedByServiceMs(evidence: Evidence): number {
  return Math.min(longerIn(evidence, networkParts), above(evidence, 'targetLoopDelayMs'));
}

/** Returns the excess of the network that the service cannot have caused, in ms. */
export function networkMs(evidence: Evidence): number {
  return longerIn(evidence, networkParts) - missedByServiceMs(evidence);
}

/** Returns the parts of the service in which its requests spent time. */
export function serverPartsOf({ at }: Evidence): string[] {
  return Object.keys(at.partsMs).filter((part) => part.startsWith(serverPrefix));
}

/**
 * Returns the maximum part of the excess that can come from a scope, in ms: what requests spent there beyond the usual.
 */
export function roomMs(evidence: Evidence, scope: Scope): number {
  const { excessMs, at } = evidence;
  if (scope === 'machine') return excessMs;
  if (Object.keys(at.partsMs).length === 0) return excessMs;
  const within = (ms: number): number => Math.min(excessMs, ms);
  switch (scope) {
    case 'generator':
      return within(longerIn(evidence, generatorParts));
    case 'service':
      return within(longerIn(evidence, [...serverPartsOf(evidence), ...undivided]) + missedByServiceMs(evidence));
    case 'connection':
      return within(longerIn(evidence, ['connect']));
    case 'network':
      return within(networkMs(evidence));
  }
}
