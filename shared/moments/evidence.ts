import { serverPrefix } from '../attribution/parts';
import type { FailureCounts } from '../run/failureCounts';
import type { AmountName, Sampled } from './sampled';

/** What a moment is explained by: what was sampled in it, and what is usual around it. */
export interface Evidence {
  /** By how much the P99 was higher than usual, in ms; without answers for how long there were none. */
  excessMs: number;
  at: Sampled;
  usual: Sampled;
  /** Failed and unsent requests by kind, where they make the moment. */
  lost: FailureCounts;
  /** Whether it is the first thing that the target had to do. */
  isStart: boolean;
}

/** Where the time of requests passes that something can lengthen. */
export type Scope = 'generator' | 'service' | 'connection' | 'network' | 'machine';

/** Time of the target of which it is not known whether it was in the service or in the network. */
const undivided = ['network_and_waiting', 'unattributed'];
/** A generator that stands still takes up answers late: until then they seem to be under way. */
const generatorParts = ['send_wait', 'connect', 'network', 'receive', ...undivided];
const networkParts = ['network', 'receive'];

/** By how much a sample is above what is usual. */
export function above({ at, usual }: Evidence, name: AmountName): number {
  return Math.max(0, at.amounts[name] - usual.amounts[name]);
}

/** By how much longer the slowest requests spent in some parts, in ms. */
export function longerIn({ at, usual }: Evidence, parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Math.max(0, (at.partsMs[part] ?? 0) - (usual.partsMs[part] ?? 0)), 0);
}

/** By how much longer a part of the service held its event loop at once, in ms. */
export function heldLonger({ at, usual }: Evidence, part: string): number {
  return Math.max(0, (at.heldMaxMs[part] ?? 0) - (usual.heldMaxMs[part] ?? 0));
}

/**
 * How much longer the network seems to have taken while the service's event loop was late, in ms: a process that was
 * stopped as a whole can't tell how long what came meanwhile has waited for it.
 */
function missedByServiceMs(evidence: Evidence): number {
  return Math.min(longerIn(evidence, networkParts), above(evidence, 'targetLoopDelayMs'));
}

/** How much longer the network took than can have been the service's doing, in ms. */
export function networkMs(evidence: Evidence): number {
  return longerIn(evidence, networkParts) - missedByServiceMs(evidence);
}

/** Parts of the service that its requests spent time in. */
export function serverPartsOf({ at }: Evidence): string[] {
  return Object.keys(at.partsMs).filter((part) => part.startsWith(serverPrefix));
}

/** How much of the excess can have arisen in a scope, in ms: what requests spent there beyond what is usual. */
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
