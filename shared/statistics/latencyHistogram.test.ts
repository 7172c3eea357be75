import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { highestTrackableUs, LatencyHistogram } from './latencyHistogram';
import { seededRandom } from './random';

const latencies = fc.array(fc.integer({ min: 0, max: highestTrackableUs }), { minLength: 1, maxLength: 300 });
const percentiles = [0, 10, 50, 90, 95, 99, 99.9, 100];

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function nearestRank(sorted: readonly number[], percentile: number): number {
  return sorted[Math.max(1, Math.ceil((percentile / 100) * sorted.length)) - 1] ?? 0;
}

describe('LatencyHistogram', () => {
  it('finds every percentile at most 0.1 % above the true nearest-rank value', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = histogramOf(values);
        const sorted = [...values].sort((a, b) => a - b);
        for (const percentile of percentiles) {
          const truth = nearestRank(sorted, percentile);
          const found = histogram.percentileUs(percentile);
          expect(found).toBeGreaterThanOrEqual(truth);
          expect(found).toBeLessThanOrEqual(Math.ceil(truth * 1.001));
        }
      }),
    );
  });

  it('has the bucket layout of HdrHistogram: hdr-histogram-js reads the same percentiles', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const oracle = build({
          bitBucketSize: 32,
          lowestDiscernibleValue: 1,
          highestTrackableValue: highestTrackableUs,
          numberOfSignificantValueDigits: 3,
        });
        for (const value of values) oracle.recordValue(value);
        const histogram = histogramOf(values);
        expect(histogram.count).toBe(oracle.totalCount);
        // Halfway between two ranks, so that rounding cannot change the rank.
        const ranks = values.map((_value, index) => ((index + 0.5) / values.length) * 100);
        const greatest = Math.max(...values);
        // At 0 the oracle returns the start of the bucket of the least value. It has no exact greatest value.
        for (const percentile of [...percentiles.filter((some) => some > 0), ...ranks])
          expect(histogram.percentileUs(percentile)).toBe(Math.min(oracle.getValueAtPercentile(percentile), greatest));
      }),
    );
  });

  it('keeps the percentiles of an exponential distribution to its tolerance', () => {
    const random = seededRandom(7);
    const histogram = new LatencyHistogram();
    const meanUs = 20_000;
    for (let sample = 0; sample < 200_000; sample += 1) histogram.record(-Math.log(1 - random()) * meanUs);
    for (const percentile of [50, 90, 95, 99]) {
      const truth = -Math.log(1 - percentile / 100) * meanUs;
      // 1 %: the sampling error of 200,000 draws at P99.
      expect(Math.abs(histogram.percentileUs(percentile) / truth - 1)).toBeLessThan(0.01);
    }
    expect(Math.abs(histogram.meanUs / meanUs - 1)).toBeLessThan(0.01);
  });

  it('finds the value of every rank, and how many values lie above one, to its three digits', () => {
    fc.assert(
      fc.property(latencies, fc.nat(), (values, pick) => {
        const histogram = histogramOf(values);
        const sorted = [...values].sort((a, b) => a - b);
        const rank = (pick % values.length) + 1;
        const truth = sorted[rank - 1] ?? 0;
        const found = histogram.percentileOfRankUs(rank);
        expect(found).toBeGreaterThanOrEqual(truth);
        expect(found).toBeLessThanOrEqual(Math.ceil(truth * 1.001));
        // Values in the same bucket do not count as above.
        const above = histogram.countAbove(truth);
        expect(above).toBeLessThanOrEqual(values.filter((value) => value > truth).length);
        expect(above).toBeGreaterThanOrEqual(values.filter((value) => value > truth * 1.001 + 1).length);
      }),
    );
    expect(histogramOf([5, 7, 7, 9]).countAbove(6.5)).toBe(3);
    expect(histogramOf([5, 7, 7, 9]).countAbove(9)).toBe(0);
    expect(histogramOf([5, 7, 7, 9]).countAbove(-1)).toBe(4);
    expect([new LatencyHistogram().countAbove(0), new LatencyHistogram().percentileOfRankUs(1)]).toEqual([0, 0]);
  });

  it('merges to what one histogram of all values would be, directly and across processes', () => {
    fc.assert(
      fc.property(latencies, latencies, (left, right) => {
        const both = histogramOf([...left, ...right]);
        const merged = histogramOf(left);
        merged.merge(histogramOf(right));
        const crossed = histogramOf(left);
        crossed.mergeSparse(structuredClone(histogramOf(right).toSparse()));
        expect(merged.toSparse()).toEqual(both.toSparse());
        expect(crossed.toSparse()).toEqual(both.toSparse());
      }),
    );
  });

  it('counts values out of range at its ends and is empty after a reset', () => {
    const histogram = histogramOf([-5, 1e12]);
    expect([histogram.minUs, histogram.maxUs, histogram.count]).toEqual([0, highestTrackableUs, 2]);
    histogram.reset();
    expect(histogram.toSparse()).toEqual(new LatencyHistogram().toSparse());
    expect(histogram.percentileUs(99)).toBe(0);
  });
});
