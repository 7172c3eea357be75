import { describe, expect, it } from 'vitest';
import { mannKendall } from './mannKendall';
import { seededStream } from './random';
import { theilSen } from './theilSen';

describe('theilSen', () => {
  it('finds a line although a quarter of the values is wild', () => {
    const random = seededStream(3, 'line');
    const values = Array.from({ length: 40 }, (_, index) =>
      index % 4 === 0 ? 1_000 * random() : 5 + 0.5 * index + 0.2 * (random() - 0.5),
    );
    const { slope, intercept } = theilSen(values);
    expect(slope).toBeCloseTo(0.5, 0);
    expect(intercept).toBeGreaterThan(3);
    expect(intercept).toBeLessThan(9);
  });

  it('goes through two values', () => {
    expect(theilSen([1, 3])).toEqual({ slope: 2, intercept: 1 });
  });
});

describe('mannKendall', () => {
  it('is the published value of a short series', () => {
    // Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), 16.4: S = 6 of 4 values that rise.
    expect(mannKendall([1, 2, 3, 4])).toBeCloseTo(5 / Math.sqrt((4 * 3 * 13) / 18), 10);
    expect(mannKendall([5, 5, 5, 5])).toBe(0);
  });

  it('takes noise for a trend as rarely as it says', () => {
    const random = seededStream(5, 'noise');
    let found = 0;
    for (let series = 0; series < 2_000; series += 1)
      if (Math.abs(mannKendall(Array.from({ length: 20 }, () => random()))) > 2.576) found += 1;
    expect(found / 2_000).toBeLessThan(0.015);
  });
});
