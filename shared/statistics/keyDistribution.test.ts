import { describe, expect, it } from 'vitest';
import { scrambledZipfianKeys, uniformKeys } from './keyDistribution';
import { seededRandom } from './random';

function frequencies(draw: () => number, items: number, draws: number): number[] {
  const counts = new Array<number>(items).fill(0);
  for (let index = 0; index < draws; index += 1) {
    const key = draw();
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('scrambledZipfianKeys', () => {
  it('draws the most popular items as often as a zipfian distribution says', () => {
    const items = 1_000;
    const draws = 400_000;
    const theta = 0.99;
    const sorted = frequencies(scrambledZipfianKeys(items, theta, seededRandom(1)), items, draws).sort((a, b) => b - a);
    let zeta = 0;
    for (let rank = 1; rank <= items; rank += 1) zeta += 1 / rank ** theta;
    // In the method of Gray et al. the first two ranks are exact, and the others are an approximation.
    expect(Math.abs((sorted[0] ?? 0) / draws / (1 / zeta) - 1)).toBeLessThan(0.02);
    expect(Math.abs((sorted[1] ?? 0) / draws / (1 / 2 ** theta / zeta) - 1)).toBeLessThan(0.03);
    const topTen = sorted.slice(0, 100).reduce((sum, count) => sum + count, 0) / draws;
    let expected = 0;
    for (let rank = 1; rank <= 100; rank += 1) expected += 1 / rank ** theta / zeta;
    expect(Math.abs(topTen / expected - 1)).toBeLessThan(0.05);
  });

  it('scatters neighbours in popularity over the range', () => {
    const counts = frequencies(scrambledZipfianKeys(1_000, 0.99, seededRandom(2)), 1_000, 50_000);
    const popular = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, 2);
    expect(Math.abs((popular[0] ?? 0) - (popular[1] ?? 0))).toBeGreaterThan(100);
  });

  it.each([1, 2, 3, 10])('stays within a range of %i', (items) => {
    const draw = scrambledZipfianKeys(items, 0.99, seededRandom(3));
    for (let index = 0; index < 1_000; index += 1) expect(draw()).toBeLessThan(items);
  });
});

describe('uniformKeys', () => {
  it('draws every item about equally often', () => {
    const counts = frequencies(uniformKeys(10, seededRandom(4)), 10, 100_000);
    for (const count of counts) expect(Math.abs(count / 10_000 - 1)).toBeLessThan(0.05);
  });
});
