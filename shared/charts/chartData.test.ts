import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runInterval } from '../../tests/support/factories';
import type { RunInterval } from '../run/metrics';
import { areFarApart, axisTicks, logTicks, roomAbove } from './axis';
import { chartPoints, errorCountOf, maxPoints, partMsOf, type Series } from './chartData';

function interval(t: number, p95: number | null): RunInterval {
  return runInterval({ t, count: 1, rate: t, p50: p95, p95, p99: p95, max: p95, sent: 1, asked: null });
}

const series: Series[] = [
  { key: 'p95', name: 'P95', fold: 'worst', value: ({ p95 }) => p95 },
  { key: 'rate', name: 'rate', fold: 'mean', value: ({ rate }) => rate },
];

describe('chartPoints', () => {
  it('shows every second of a short run, and a gap, not a zero, for a missing one', () => {
    const points = chartPoints([interval(1, 5), interval(3, null), interval(4, 7)], series, 10);
    expect(points.map(({ t, values }) => [t, values.p95])).toEqual([
      [1, 5],
      [2, null],
      [3, null],
      [4, 7],
    ]);
  });

  it('folds a long run: the worst second stands for its neighbours, percentiles are never averaged', () => {
    const intervals = Array.from({ length: 1_800 }, (_, index) => interval(index + 1, index === 900 ? 500 : 5));
    const points = chartPoints(intervals, series, 1_800);
    expect(points.length).toBeLessThanOrEqual(maxPoints);
    expect(Math.max(...points.map(({ values }) => values.p95 ?? 0))).toBe(500);
    // The mean of seconds 1 to 6.
    expect(points[0]).toMatchObject({ t: 6, values: { rate: 3.5 } });
  });

  it('tells every second of the stretch that is zoomed in on', () => {
    const intervals = Array.from({ length: 1_800 }, (_, index) => interval(index + 1, index));
    expect(chartPoints(intervals, series, 1_800, 60).map(({ t, values }) => [t, values.p95])).toEqual(
      intervals.map(({ t, p95 }) => [t, p95]),
    );
  });

  it('leaves out what came after the planned end', () => {
    expect(chartPoints([interval(1, 1), interval(2, 1), interval(3, 1)], series, 2).map(({ t }) => t)).toEqual([1, 2]);
    expect(chartPoints([], series, 2)).toEqual([]);
  });
});

describe('what an interval counts by name', () => {
  it('is zero where others are known, and a gap where nothing is, as in a warm-up', () => {
    expect(partMsOf({ parts: { network: 0.4 } }, 'network')).toBe(0.4);
    expect(partMsOf({ parts: { network: 0.4 } }, 'send_wait')).toBe(0);
    expect(partMsOf({ parts: {} }, 'network')).toBeNull();
    expect(errorCountOf({ errors: { timeout: 2 }, failed: 2 }, 'timeout')).toBe(2);
    expect(errorCountOf({ errors: { timeout: 2 }, failed: 2 }, 'reset')).toBe(0);
    expect(errorCountOf({ errors: {}, failed: 0 }, 'timeout')).toBe(0);
    expect(errorCountOf({ errors: {}, failed: 3 }, 'timeout')).toBeNull();
  });
});

describe('axisTicks', () => {
  it('starts at zero, ends not below the top and not far above it, in equal steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (top) => {
        const ticks = axisTicks(roomAbove(top));
        const end = ticks.at(-1) ?? 0;
        expect(ticks[0]).toBe(0);
        expect(end).toBeGreaterThanOrEqual(top);
        expect(end).toBeLessThanOrEqual(top * 1.8);
      }),
    );
  });

  it('has an axis for an empty chart', () => {
    expect(axisTicks(roomAbove(0))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe('logarithmic axes', () => {
  it('have powers of ten around all values, and at least one decade', () => {
    expect(logTicks(0.3, 40)).toEqual([0.1, 1, 10, 100]);
    expect(logTicks(1, 1)).toEqual([1, 10]);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        (least, factor) => {
          const ticks = logTicks(least, least * factor);
          expect(ticks[0]).toBeLessThanOrEqual(least * 1.000001);
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(least * factor * 0.999999);
        },
      ),
    );
  });

  it('are for lines that a linear one would flatten', () => {
    expect(areFarApart([1.2, 900])).toBe(true);
    expect(areFarApart([10, 40])).toBe(false);
    expect(areFarApart([0, 40])).toBe(false);
  });
});
