/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * Returns a seeded generator of uniform numbers. The same seed gives the same sequence on every machine. The algorithm
 * is mulberry32 by Tommy Ettinger (public domain), with 32 bits of state, which is good enough to draw keys and
 * operations.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a generator that is independent of generators with the same `seed` and another `stream`. */
export function seededStream(seed: number, stream: string): Random {
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  // FNV-1a, 32 bit (Fowler, Noll, Vo), spreads the name of the stream over the seed.
  for (let index = 0; index < stream.length; index += 1) {
    hash = Math.imul(hash ^ stream.charCodeAt(index), 0x01000193);
  }
  return seededRandom(hash);
}
