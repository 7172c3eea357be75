import type { DurabilityTier } from '../engines/durability';

/** The durability tiers, from keeping nothing to keeping everything. */
export const floors = [
  'none',
  'bounded-loss',
  'process-crash-safe',
  'power-safe',
] as const satisfies readonly DurabilityTier[];

/** Returns the position of a tier in {@link floors}. */
export function tierRank(tier: DurabilityTier): number {
  return floors.indexOf(tier);
}

/** Whether a tier keeps at least what the floor requires. */
export function isAtLeast(tier: DurabilityTier, floor: DurabilityTier): boolean {
  return tierRank(tier) >= tierRank(floor);
}

/** What a floor requires, in words. */
export const floorWords: Readonly<Record<DurabilityTier, string>> = {
  none: 'may lose everything',
  'bounded-loss': 'may lose only the last writes before a crash',
  'process-crash-safe': 'must survive a crash of the process',
  'power-safe': 'must survive a power failure',
};
