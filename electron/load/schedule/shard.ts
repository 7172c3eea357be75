/** The part of the load that one of several load processes makes. */
export interface Shard {
  /** From 0. */
  index: number;
  count: number;
}

export const wholeLoad: Shard = { index: 0, count: 1 };

/** How many of `total` things are this shard's, when they are dealt out in turn. */
export function shareOf(total: number, { index, count }: Shard): number {
  return Math.floor((total + count - 1 - index) / count);
}
