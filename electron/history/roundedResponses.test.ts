import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram, leastValueUs, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { histogramOfMs } from '../../tests/support/factories';
import { latencyHeatmap } from '../measure/latencyHeatmap';
import { classicCounts } from '../outputs/distributions';
import { fromSteps, stepsOf, stepsWithin, toSteps } from './roundedResponses';

const steps = [64, 48, 32, 16];
const latencies = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 3e6, noNaN: true }),
    fc.integer({ min: 0, max: 60_000 }).map((us) => us / 1_000),
    // The bounds of bins and buckets, to the microsecond.
    fc
      .tuple(fc.constantFrom(1, 2.5, 3, 5, 6), fc.integer({ min: -2, max: 4 }))
      .map(([factor, power]) => factor * 10 ** power),
  ),
  { minLength: 1, maxLength: 300 },
);

function roundHistogram(histogram: SparseHistogram, perDoubling: number): SparseHistogram {
  return fromSteps(toSteps(histogram, stepsOf(perDoubling)), stepsOf(perDoubling));
}

function merged(histogram: SparseHistogram): LatencyHistogram {
  const whole = new LatencyHistogram();
  whole.mergeSparse(histogram);
  return whole;
}

/** What is shown of the response times of a second. */
function shownOf(histogram: SparseHistogram) {
  const whole = merged(histogram);
  return {
    count: histogram.count,
    least: histogram.indexes[0],
    greatest: histogram.indexes.at(-1),
    percentiles: [50, 95, 99].map((percentile) => leastBucket(whole, percentile)),
    heat: latencyHeatmap([{ t: 1, histogram }]),
    buckets: classicCounts(whole),
  };
}

/** The bucket of a percentile, by its least value: the greatest value of a histogram is not kept with its buckets. */
function leastBucket(histogram: LatencyHistogram, percentile: number): number {
  const valueUs = histogram.percentileUs(percentile);
  const { indexes } = histogram.toSparse();
  return Math.max(...[...indexes].filter((index) => leastValueUs(index) <= valueUs));
}

describe('response times in wider steps', () => {
  it('show what they showed: counts, percentiles, the bins of heatmaps and the buckets of Prometheus', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(...steps), (latenciesMs, perDoubling) => {
        const { indexes, counts, ...rest } = histogramOfMs(...latenciesMs).toSparse();
        const histogram = { indexes, counts, ...rest };
        expect(shownOf(roundHistogram(histogram, perDoubling))).toEqual(shownOf(histogram));
      }),
      { numRuns: 500 },
    );
  });

  it('move by less than a step, and keep their order', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(...steps), (latenciesMs, perDoubling) => {
        const histogram = histogramOfMs(...latenciesMs).toSparse();
        const rounded = roundHistogram(histogram, perDoubling);
        const values = (of: SparseHistogram): number[] =>
          [...of.indexes].flatMap((index, entry) => new Array<number>(of.counts[entry] ?? 0).fill(leastValueUs(index)));
        const before = values(histogram);
        const after = values(rounded);
        expect(after).toHaveLength(before.length);
        for (const [rank, valueUs] of after.entries()) {
          const was = before[rank] ?? 0;
          expect(Math.abs(valueUs - was)).toBeLessThanOrEqual(Math.max(was, valueUs) / perDoubling);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stay the same when they are rounded again', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(...steps), (latenciesMs, perDoubling) => {
        const rounded = roundHistogram(histogramOfMs(...latenciesMs).toSparse(), perDoubling);
        expect(shownOf(roundHistogram(rounded, perDoubling))).toEqual(shownOf(rounded));
      }),
    );
  });

  it('are as fine as the budget of their seconds allows', () => {
    const bytes =
      (...sizes: number[]) =>
      () =>
        sizes.shift() ?? 0;
    expect(stepsWithin(3, bytes(3 * 390))).toBeUndefined();
    expect(stepsWithin(3, bytes(1_171, 1_170))).toBe(64);
    expect(stepsWithin(3, bytes(9_999, 9_999, 9_999, 9_999, 9_999))).toBe(16);
  });
});
