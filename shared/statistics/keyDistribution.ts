import type { Random } from './random';

/** Draws an item number in 0..itemCount-1. */
export type KeyDistribution = () => number;

/** Draws every item with equal probability. */
export function uniformKeys(itemCount: number, random: Random): KeyDistribution {
  return () => Math.floor(random() * itemCount);
}

/**
 * Draws items with Zipfian popularity and exponent `theta` (0 < theta < 1). The popular items are scattered over the
 * whole range, as in YCSB's ScrambledZipfianGenerator. Sampling follows Gray et al., "Quickly generating billion-record
 * synthetic databases" (SIGMOD 1994), which YCSB uses too. Unlike YCSB's, the scrambling is a permutation: no two ranks
 * share an item, so the popularity is exactly Zipfian.
 */
export function scrambledZipfianKeys(itemCount: number, theta: number, random: Random): KeyDistribution {
  const alpha = 1 / (1 - theta);
  const zetaN = zeta(itemCount, theta);
  const zeta2 = zeta(Math.min(2, itemCount), theta);
  const eta = (1 - (2 / itemCount) ** (1 - theta)) / (1 - zeta2 / zetaN);
  const rankOf = (uniform: number): number => {
    const scaled = uniform * zetaN;
    if (scaled < 1) return 0;
    if (scaled < 1 + 0.5 ** theta) return Math.min(1, itemCount - 1);
    return Math.min(itemCount - 1, Math.floor(itemCount * (eta * uniform - eta + 1) ** alpha));
  };
  const stride = coprimeStride(itemCount);
  return () => (rankOf(random()) * stride) % itemCount;
}

/** Returns the generalised harmonic number: the sum of 1 / i^theta for i = 1..itemCount. */
function zeta(itemCount: number, theta: number): number {
  let sum = 0;
  for (let rank = 1; rank <= itemCount; rank += 1) sum += 1 / rank ** theta;
  return sum;
}

/** Returns a step near the golden section of the range that visits every item once. */
function coprimeStride(itemCount: number): number {
  let stride = Math.max(1, Math.floor(itemCount * 0.618_033_988_75));
  while (greatestCommonDivisor(stride, itemCount) !== 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
