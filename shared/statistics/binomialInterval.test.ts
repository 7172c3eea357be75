import { describe, expect, it } from 'vitest';
import { clopperPearson, quantileRanks } from './binomialInterval';
import { incompleteBeta } from './incompleteBeta';
import { seededStream } from './random';

/** P(X >= k) of a binomial variable, summed term by term. */
function atLeast(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let i = 0; i < k; i += 1) {
    below += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return 1 - below;
}

describe('incompleteBeta', () => {
  it('is the tail of the binomial distribution', () => {
    for (const [k, n, p] of [
      [1, 10, 0.05],
      [7, 20, 0.3],
      [95, 100, 0.95],
      [190, 200, 0.95],
      [3, 3, 0.5],
    ] as const)
      expect(incompleteBeta(p, k, n - k + 1)).toBeCloseTo(atLeast(k, n, p), 10);
  });

  it('holds its precision for the numbers of a long run', () => {
    // Half of a symmetric distribution is below its middle, for any size.
    for (const size of [10, 1e3, 1e5, 1e7]) expect(incompleteBeta(0.5, size, size)).toBeCloseTo(0.5, 7);
  });
});

describe('clopperPearson', () => {
  // Published values: 95 % two-sided (Newcombe 1998, table I).
  it.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
    [20, 20, 0.8316, 1],
  ])('%i of %i lies between %f and %f', (count, of, low, high) => {
    const interval = clopperPearson(count, of, 0.025);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('quantileRanks', () => {
  it('finds the ranks of the textbook: the median of 10 values lies between the 2nd and the 9th with 97.9 %', () => {
    const { low, high } = quantileRanks(0.5, 10, 0.0108);
    expect([low * 10, high * 10]).toEqual([expect.closeTo(2, 1), expect.closeTo(9, 1)]);
  });

  it('knows no upper bound of a high percentile of few values, and none at all of nothing', () => {
    expect(quantileRanks(0.99, 100, 0.005).high).toBe(Number.POSITIVE_INFINITY);
    expect(quantileRanks(0.99, 0, 0.005)).toEqual({ low: 0, high: Number.POSITIVE_INFINITY });
    expect(quantileRanks(0.95, 120, 0.005).low).toBeGreaterThan(0);
  });

  it('covers the true quantile as often as it says: 1,000 samples of 2,000 values', () => {
    const random = seededStream(7, 'ranks');
    const { low, high } = quantileRanks(0.95, 2_000, 0.025);
    let missed = 0;
    for (let sample = 0; sample < 1_000; sample += 1) {
      const values = Float64Array.from({ length: 2_000 }, () => random()).sort();
      const lowest = values[Math.floor(low * 2_000) - 1] ?? 0;
      const highest = values[Math.ceil(high * 2_000) - 1] ?? 1;
      if (lowest > 0.95 || highest < 0.95) missed += 1;
    }
    expect(missed).toBeLessThan(70);
    expect(missed).toBeGreaterThan(15);
  });
});
