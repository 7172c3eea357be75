import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf, stretchesOf } from './growth';
import { medianOf } from './medianOf';
import { seededRandom } from './random';
import { type Point, theilSen } from './theilSen';

function series(count: number, y: (x: number) => number): Point[] {
  return Array.from({ length: count }, (_, x) => ({ x, y: y(x) }));
}

describe('the trend of a series', () => {
  it('is the line that the points are on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -9, max: 9 }), (intercept, slope) => {
        const line = theilSen(series(20, (x) => intercept + slope * x));
        expect(line?.slope).toBeCloseTo(slope, 9);
        expect(line?.intercept).toBeCloseTo(intercept, 9);
        expect(line?.low).toBeCloseTo(slope, 9);
        expect(line?.high).toBeCloseTo(slope, 9);
      }),
    );
  });

  it('is found in noise: the interval has the true slope in nineteen of twenty series', () => {
    let within = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const line = theilSen(series(32, (x) => 100 + 0.5 * x + 20 * (random() - 0.5)));
      if (line && line.low <= 0.5 && 0.5 <= line.high) within += 1;
    }
    expect(within).toBeGreaterThanOrEqual(184);
  });

  it('is not moved far by a quarter of outliers, all to one side and late', () => {
    const line = theilSen(series(40, (x) => (x % 4 === 3 ? 1_000 + 50 * x : 100 + x)));
    expect(line?.slope).toBeGreaterThan(0.9);
    expect(line?.slope).toBeLessThan(1.6);
  });

  it('is less sure where neighbours are alike', () => {
    const random = seededRandom(3);
    const noise = Array.from({ length: 48 }, () => random());
    const shaken = theilSen(series(48, (x) => 100 + (noise[x] ?? 0)));
    const sawtooth = theilSen(series(48, (x) => 100 + (x % 12) / 12));
    const width = (line: ReturnType<typeof theilSen>): number => (line ? line.high - line.low : 0);
    expect(width(sawtooth)).toBeGreaterThan(1.5 * width(shaken));
  });

  it('needs four points', () => {
    expect(theilSen(series(3, (x) => x))).toBeUndefined();
    expect(theilSen(Array.from({ length: 9 }, () => ({ x: 1, y: 2 })))).toBeUndefined();
  });
});

describe('growth', () => {
  it('is relative to where the series begins', () => {
    expect(growthOf(series(11, (x) => 100 + 5 * x))?.value).toBeCloseTo(0.5, 9);
    expect(growthOf(series(11, (x) => 200 - 5 * x))?.value).toBeCloseTo(-0.25, 9);
  });

  it('of next to nothing is relative to what is worth a word', () => {
    const little = series(11, (x) => 0.1 + x / 100);
    expect(growthOf(little, { least: 1 })?.value).toBeCloseTo(0.1, 9);
    expect(growthOf(little, { level: 50 })?.value).toBeCloseTo(0.002, 9);
    expect(growthOf(series(11, () => 0))).toBeUndefined();
  });

  it('is looked at in stretches, each as one figure of it', () => {
    const spiked = series(100, (x) => (x % 10 === 0 ? 1e6 : x));
    const stretches = stretchesOf(spiked, 10, medianOf);
    expect(stretches).toHaveLength(10);
    expect(stretches[0]?.y).toBeLessThan(10);
    expect(stretches.at(-1)?.y).toBeGreaterThan(90);
    const short = series(5, (x) => x);
    expect(stretchesOf(short, 10, medianOf)).toHaveLength(5);
  });
});
