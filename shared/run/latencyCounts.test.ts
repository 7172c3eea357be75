import { expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { LatencyHistogram } from '../statistics/latencyHistogram';
import { heatCounter } from './heat';
import { binEndMs, binnedHeatmap, countFrom, latencyCountsOf } from './latencyCounts';

it('counts response times by bins whose ends have three digits', () => {
  expect(latencyCountsOf(histogramOfMs(1.1, 1.1, 1.1, 3, 40, 41))).toEqual([
    [1, 3],
    [2.51, 1],
    [39.8, 2],
  ]);
  expect(latencyCountsOf(new LatencyHistogram())).toEqual([]);
});

it('tells exactly how many are above the end of a bin', () => {
  const counts = latencyCountsOf(histogramOfMs(1.1, 1.1, 12.8, 13, 52));
  expect(binEndMs(10.5)).toBe(12.6);
  expect(countFrom(counts, binEndMs(10.5))).toBe(3);
  expect(countFrom(counts, binEndMs(40))).toBe(1);
  expect(countFrom(counts, binEndMs(1e9))).toBe(0);
});

it('has the heatmap of the response times that were counted', () => {
  const response = histogramOfMs(0.001, 1.1, 1.1, 40, 1e6);
  const counter = heatCounter();
  response.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  expect(binnedHeatmap([{ t: 7, latencyCounts: latencyCountsOf(response) }])).toEqual([
    { t: 7, counts: [...counter.counts] },
  ]);
  expect(binnedHeatmap([{ t: 8, latencyCounts: [] }])).toEqual([]);
});
