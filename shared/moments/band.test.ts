import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latencyBand, shareBand } from './band';

const latencies = fc.array(fc.double({ min: 0.1, max: 5_000, noNaN: true }), { minLength: 10, maxLength: 60 });

it('has the median in it, and reaches at least half of it and 5 ms beyond, of a second alone 20 ms', () => {
  fc.assert(
    fc.property(latencies, (latenciesMs) => {
      const { usual, limit, limitAlone } = latencyBand(latenciesMs);
      expect(usual).toBeGreaterThanOrEqual(Math.min(...latenciesMs) * 0.999);
      expect(usual).toBeLessThanOrEqual(Math.max(...latenciesMs) * 1.001);
      expect(limit).toBeGreaterThanOrEqual(Math.max(1.5 * usual, usual + 5) - 1e-6);
      expect(limitAlone).toBeGreaterThanOrEqual(Math.max(1.5 * usual, usual + 20) - 1e-6);
    }),
  );
});

it('is on any scale the same, as long as 20 ms are little', () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 1e3, max: 1e6, noNaN: true }), (latenciesMs, factor) => {
      const own = latencyBand(latenciesMs.map((latencyMs) => latencyMs * 1e4));
      const scaled = latencyBand(latenciesMs.map((latencyMs) => latencyMs * 1e4 * factor));
      expect(scaled.usual / own.usual / factor).toBeCloseTo(1, 6);
      expect(scaled.limit / own.limit / factor).toBeCloseTo(1, 2);
    }),
  );
});

it('is that of the others, whatever a fifth of the seconds are', () => {
  const calm = Array.from({ length: 48 }, (_, place) => 2 + 0.02 * (place % 12));
  const { limit } = latencyBand(calm);
  expect(latencyBand([...calm, ...Array<number>(12).fill(800)]).limit).toBeLessThan(1.5 * limit);
});

it('is wide where a tail on one side is how the run is', () => {
  const tailed = Array.from({ length: 60 }, (_, place) => (place % 10 < 6 ? 2 : 2 * 2 ** (place % 10)));
  expect(latencyBand(tailed).limit).toBeGreaterThan(Math.max(...tailed));
});

it('ends at six times the slowest second before a gap', () => {
  const split = Array.from({ length: 60 }, (_, place) => [0.9, 1, 1.1, 4, 5][place % 5] ?? 1);
  expect(latencyBand(split).limit).toBeCloseTo(30, 6);
  expect(latencyBand([...split, 20, 130, 135]).limit).toBeCloseTo(6 * 20, 6);
  expect(latencyBand([...split, 31, 130, 135]).limit).toBeCloseTo(30, 6);
});

it('of shares begins at the median and reaches beyond a tail', () => {
  expect(shareBand(Array<number>(20).fill(0))).toEqual({ usual: 0, limit: 0 });
  expect(shareBand(Array<number>(20).fill(1))).toEqual({ usual: 1, limit: 1 });
  expect(shareBand([0, 0, 0, 0, 0, 0, 0.1, 0.1, 0.1, 0.2]).limit).toBeGreaterThan(0.2);
});
