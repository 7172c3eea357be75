import { expect, it } from 'vitest';
import { levelWindow, mostInversions } from './levels';

/**
 * Returns how many orders of `low` and `high` values have this many inversions (the recursion of Mann and Whitney
 * 1947).
 */
function ordersWith(inversions: number, low: number, high: number): number {
  if (inversions < 0) return 0;
  if (low === 0 || high === 0) return inversions === 0 ? 1 : 0;
  // The greatest value is a high one in order, or a low one before all high ones.
  return ordersWith(inversions, low, high - 1) + ordersWith(inversions - high, low - 1, high);
}

function orders(low: number, high: number): number {
  return Array.from({ length: low }, (_, place) => (high + place + 1) / (place + 1)).reduce(
    (all, factor) => all * factor,
    1,
  );
}

it('takes seconds of one level for two with the chance that docs/adr/025 says', () => {
  const few = Array.from({ length: mostInversions + 1 }, (_, count) => ordersWith(count, levelWindow, levelWindow));
  const found = few.reduce((sum, count) => sum + count, 0);
  expect(found).toBe(67);
  const chance = found / orders(levelWindow, levelWindow);
  expect(chance).toBeCloseTo(4.3e-7, 8);
  expect(2 * 1_800 * chance).toBeLessThan(0.002);
});
