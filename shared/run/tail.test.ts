import { expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { LatencyHistogram } from '../statistics/latencyHistogram';
import { binEndMs, countFrom, tailOf } from './tail';

it('keeps the response times from the median up, by bins whose ends have three digits', () => {
  const tail = tailOf(histogramOfMs(1.1, 1.1, 1.1, 3, 40, 41));
  expect(tail).toEqual([
    [1, 3],
    [2.51, 1],
    [39.8, 2],
  ]);
  // The median is the third of the five.
  expect(tailOf(histogramOfMs(0.1, 0.2, 5.5, 7, 7.2))).toEqual([
    [5.01, 1],
    [6.31, 2],
  ]);
  expect(tailOf(new LatencyHistogram())).toEqual([]);
});

it('counts exactly from the ends of bins', () => {
  const tail = tailOf(histogramOfMs(1, 1, 12, 13, 50));
  expect(binEndMs(10.5)).toBe(12.6);
  expect(countFrom(tail, binEndMs(10.5))).toBe(2);
  expect(countFrom(tail, binEndMs(40))).toBe(1);
  expect(countFrom(tail, binEndMs(1e9))).toBe(0);
});
