import { describe, expect, it } from 'vitest';
import { fitGrowth } from '../../bench/scale/growth';

const sizes = [10, 100, 1_000];

describe('how a cost grows', () => {
  it.each([
    ['50.0 + 3.00 n', (size: number) => 50 + 3 * size],
    ['0.500 n^2.00', (size: number) => 0.5 * size ** 2],
    ['12.0 n^0.25', (size: number) => 12 * size ** 0.25],
  ])('is found: %s', (formula, costOf) => {
    const growth = fitGrowth(sizes.map((size) => ({ size, cost: costOf(size) })));
    expect(growth.formula).toBe(formula);
    expect(growth.costAt(5_000) / costOf(5_000)).toBeCloseTo(1, 9);
  });
});
