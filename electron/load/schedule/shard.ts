/** The part of the load that one of several load processes generates. */
export interface Shard {
  /** From 0. */
  index: number;
  count: number;
}

export const wholeLoad: Shard = { index: 0, count: 1 };

/** How many of `total` items this shard gets, when they are dealt to the shards in turn. */
export function shareOf(total: number, { index, count }: Shard): number {
  return Math.floor((total + count - 1 - index) / count);
}
