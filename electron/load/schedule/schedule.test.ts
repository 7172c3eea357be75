import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededStream } from '../../../shared/statistics/random';
import { type ArrivalCursor, arrivalCounter, evenArrivals, poissonArrivals } from './arrivals';
import { RateCurve } from './rateCurve';
import { shareOf } from './shard';
import { meanVus, rampSteps } from './vuSteps';

function constant(rate: number, durationMs: number): RateCurve {
  return new RateCurve([{ durationMs, fromRate: rate, toRate: rate }]);
}

function timesOf(cursor: ArrivalCursor): number[] {
  const times: number[] = [];
  for (; cursor.dueMs < Number.POSITIVE_INFINITY; cursor.advance()) times.push(cursor.dueMs);
  return times;
}

const segment = fc.record({
  durationMs: fc.integer({ min: 0, max: 20_000 }),
  fromRate: fc.double({ min: 0, max: 300, noNaN: true }),
  toRate: fc.double({ min: 0, max: 300, noNaN: true }),
});
const curves = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => new RateCurve(segments));

describe('even arrivals', () => {
  it('are rate times duration, evenly spread, fractions of a rate included', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 2_000, noNaN: true }),
        fc.integer({ min: 1, max: 20_000 }),
        (rate, totalMs) => {
          const times = timesOf(evenArrivals(constant(rate, totalMs)));
          expect(Math.abs(times.length - (rate * totalMs) / 1000)).toBeLessThan(1.001);
          times.forEach((time, index) => {
            expect(time).toBeCloseTo((index * 1000) / rate, 5);
          });
        },
      ),
    );
  });

  it('put a tenth of the arrivals of a second into each tenth of it', () => {
    const count = arrivalCounter(evenArrivals(constant(200, 1_000)));
    // The bounds lie between arrivals, which are 5 ms apart.
    for (let tenth = 1; tenth <= 10; tenth += 1) expect(count(tenth * 100 - 2)).toBe(20);
  });

  it('do not drift: arrival 1,000,000 at 3 per second is due to the microsecond', () => {
    const timeOf = constant(3, 1e9).inverse();
    expect(timeOf(1_000_000)).toBeCloseTo(333_333_333.333, 3);
  });

  it('follow a ramp: from 0 to 100 per second in 10 s, arrival n comes at sqrt(n/5) seconds', () => {
    const times = timesOf(evenArrivals(new RateCurve([{ durationMs: 10_000, fromRate: 0, toRate: 100 }])));
    expect(times).toHaveLength(500);
    times.forEach((time, n) => {
      expect(time).toBeCloseTo(Math.sqrt(n / 5) * 1000, 6);
    });
  });

  it('come in order, as many as the area under any curve, and none after its end', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const times = timesOf(evenArrivals(curve));
        expect(Math.abs(times.length - curve.total)).toBeLessThan(1.001);
        times.forEach((time, index) => {
          expect(time).toBeGreaterThanOrEqual(times[index - 1] ?? 0);
          expect(time).toBeLessThanOrEqual(curve.totalMs);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('are counted up to any time as if one looked at each of them', () => {
    const lengths = fc.array(fc.double({ min: 0, max: 3_000, noNaN: true }), { minLength: 1, maxLength: 20 });
    const shard = fc
      .integer({ min: 1, max: 5 })
      .chain((count) => fc.record({ index: fc.integer({ min: 0, max: count - 1 }), count: fc.constant(count) }));
    const isDue = (time: number, fromMs: number, toMs: number): boolean => time >= fromMs && time < toMs;
    fc.assert(
      fc.property(curves, shard, lengths, (curve, part, steps) => {
        const times = timesOf(evenArrivals(curve, part));
        const count = arrivalCounter(evenArrivals(curve, part));
        let fromMs = Number.NEGATIVE_INFINITY;
        let toMs = 0;
        for (const step of steps) {
          toMs += step;
          expect(count(toMs)).toBe(times.filter((time) => isDue(time, fromMs, toMs)).length);
          fromMs = toMs;
        }
      }),
    );
  });

  it('are the same whether one process makes them or several', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 99 }), (curve, count, seed) => {
        const shards = Array.from({ length: count }, (_, index) => ({ index, count }));
        const merged = (make: (shard: { index: number; count: number }) => ArrivalCursor): number[] =>
          shards.flatMap((shard) => timesOf(make(shard))).sort((a, b) => a - b);
        expect(merged((shard) => evenArrivals(curve, shard))).toEqual(timesOf(evenArrivals(curve)));
        const poisson = (shard?: { index: number; count: number }): ArrivalCursor =>
          poissonArrivals(curve, seededStream(seed, 'arrivals'), shard);
        expect(merged(poisson)).toEqual(timesOf(poisson()));
      }),
      { numRuns: 30 },
    );
  });
});

describe('Poisson arrivals', () => {
  /** The Kolmogorov distance of samples from a distribution. */
  function distance(samples: readonly number[], cdf: (value: number) => number): number {
    const sorted = [...samples].sort((a, b) => a - b);
    return Math.max(
      ...sorted.map((value, index) =>
        Math.max(cdf(value) - index / sorted.length, (index + 1) / sorted.length - cdf(value)),
      ),
    );
  }

  it.each([1, 2, 3, 4, 5])('have exponential distances (seed %i)', (seed) => {
    const times = timesOf(poissonArrivals(constant(200, 60_000), seededStream(seed, 'arrivals')));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // Kolmogorov-Smirnov at the 0.1 % level: 1.95 / sqrt(n).
    expect(distance(gaps, (gap) => 1 - Math.exp(-gap / 5))).toBeLessThan(1.95 / Math.sqrt(gaps.length));
    // The count is Poisson: within four standard deviations of its mean.
    expect(Math.abs(times.length - 12_000)).toBeLessThan(4 * Math.sqrt(12_000));
  });

  it('follow a ramp: their times are distributed as the area under it', () => {
    const curve = new RateCurve([{ durationMs: 60_000, fromRate: 0, toRate: 400 }]);
    const times = timesOf(poissonArrivals(curve, seededStream(7, 'arrivals')));
    expect(distance(times, (time) => (time / 60_000) ** 2)).toBeLessThan(1.95 / Math.sqrt(times.length));
  });
});

describe('rampSteps', () => {
  it('start a user when the line reaches its number, and stop it when the line has come down', () => {
    expect(
      rampSteps(1, 100, [
        { durationMs: 300, target: 4 },
        { durationMs: 200, target: 2 },
      ]),
    ).toEqual([
      { atMs: 0, vus: 1 },
      { atMs: 200, vus: 2 },
      { atMs: 300, vus: 3 },
      { atMs: 400, vus: 4 },
      { atMs: 500, vus: 3 },
      { atMs: 600, vus: 2 },
    ]);
  });

  it('jump where a stage takes no time', () => {
    expect(rampSteps(0, 0, [{ durationMs: 0, target: 50 }])).toEqual([
      { atMs: 0, vus: 0 },
      { atMs: 0, vus: 50 },
    ]);
  });

  it('have a mean', () => {
    const steps = rampSteps(0, 0, [{ durationMs: 10_000, target: 10 }]);
    expect(meanVus(steps, 0, 10_000)).toBeCloseTo(4.5, 6);
    expect(meanVus([{ atMs: 0, vus: 3 }], 1_000, 2_000)).toBe(3);
  });

  it('are dealt out to shards without losing any', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 16 }), (total, count) => {
        const shares = Array.from({ length: count }, (_, index) => shareOf(total, { index, count }));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
