import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { classicBoundsS, classicCounts, exponentialBuckets } from './distributions';

const classicBounds: readonly number[] = classicBoundsS;
const latenciesMs = fc.array(fc.double({ min: 0, max: 2_000_000, noNaN: true }), { maxLength: 200 });

describe('classic buckets', () => {
  it('hold what is at most their bound', () => {
    const counts = classicCounts(histogramOfMs(0, 0.1, 0.101, 1, 1.001, 5, 60_000, 61_000));
    const at = (boundS: number): number => counts[classicBounds.indexOf(boundS)] ?? -1;
    expect([at(0.0001), at(0.00025), at(0.001), at(0.0025), at(0.005), at(60)]).toEqual([2, 1, 1, 1, 1, 1]);
    expect(counts.at(-1)).toBe(1);
  });

  it('lose nothing, and are right to three digits', () => {
    fc.assert(
      fc.property(latenciesMs, (values) => {
        const counts = classicCounts(histogramOfMs(...values));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        let below = 0;
        for (const [place, boundS] of classicBoundsS.entries()) {
          below += counts[place] ?? 0;
          expect(below).toBeGreaterThanOrEqual(values.filter((ms) => Math.round(ms * 1e3) / 1e6 <= boundS).length);
          expect(below).toBeLessThanOrEqual(values.filter((ms) => Math.round(ms * 1e3) / 1e6 <= boundS * 1.001).length);
        }
      }),
    );
  });
});

describe('exponential buckets', () => {
  it('lose nothing, are at most 160, and every value lies in its bucket to three digits', () => {
    fc.assert(
      fc.property(latenciesMs, (values) => {
        const { scale, offset, bucketCounts, zeroCount } = exponentialBuckets(histogramOfMs(...values));
        expect(bucketCounts.length).toBeLessThanOrEqual(160);
        expect(bucketCounts.reduce((sum, count) => sum + count, zeroCount)).toBe(values.length);
        const end = (place: number): number => 2 ** ((offset + place) / 2 ** scale);
        let seen = zeroCount;
        for (const [place, count] of bucketCounts.entries()) {
          seen += count;
          const upTo = (reachS: number): number => values.filter((ms) => Math.round(ms * 1e3) / 1e6 <= reachS).length;
          expect(seen).toBeGreaterThanOrEqual(upTo(end(place + 1) / 1.001));
          expect(seen).toBeLessThanOrEqual(upTo(end(place + 1) * 1.001));
        }
      }),
    );
  });

  it('are finer, the narrower a distribution is, and none without a value', () => {
    const narrow = exponentialBuckets(histogramOfMs(10, 10.5, 11));
    const wide = exponentialBuckets(histogramOfMs(0.1, 10, 60_000));
    expect(narrow.scale).toBeGreaterThan(wide.scale);
    expect(wide.bucketCounts.length).toBeGreaterThan(80);
    expect(exponentialBuckets(histogramOfMs())).toMatchObject({ bucketCounts: [], zeroCount: 0 });
    expect(exponentialBuckets(histogramOfMs(0, 0))).toMatchObject({ bucketCounts: [], zeroCount: 2 });
  });
});
