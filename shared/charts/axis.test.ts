import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, latencyTick, lineAxis, logTicksWithin, shareTick } from './axis';

describe('the ticks of a latency axis', () => {
  it('are what they say: none is rounded to another value', () => {
    expect(axisTicks(1_500).map(latencyTick)).toEqual(['0 ms', '500 ms', '1 s', '1.5 s']);
    expect([250, 1_000, 1_250, 1_500, 2_500, 12_000].map(latencyTick)).toEqual([
      '250 ms',
      '1 s',
      '1.25 s',
      '1.5 s',
      '2.5 s',
      '12 s',
    ]);
  });

  it('have two digits below a millisecond', () => {
    expect([0, 0.25, 1].map(latencyTick)).toEqual(['0 ms', '0.25 ms', '1 ms']);
  });
});

it('the ticks of an axis of fractions have no more digits than they need', () => {
  expect(axisTicks(0.25).map(shareTick)).toEqual(['0 %', '5 %', '10 %', '15 %', '20 %', '25 %']);
  expect([1, 0.75, 0.025, 0.0005].map(shareTick)).toEqual(['100 %', '75 %', '2.5 %', '0.05 %']);
});

describe('the ticks of a logarithmic axis that begins anywhere', () => {
  it('are powers of ten between its ends, and round values where there are few', () => {
    expect(logTicksWithin(0.4, 158)).toEqual([1, 10, 100]);
    expect(logTicksWithin(0.4, 12)).toEqual([1, 3, 10]);
    expect(logTicksWithin(4, 60)).toEqual([5, 10, 20, 50]);
    expect(logTicksWithin(1, 10)).toEqual([1, 3, 10]);
    expect(logTicksWithin(14, 19)).toEqual([14, 19]);
  });

  it('lie on the axis, in order', () => {
    const ends = fc.tuple(
      fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      fc.double({ min: 1.1, max: 1e7, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, ([least, ratio]) => {
        const ticks = logTicksWithin(least, least * ratio);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(least * (1 - 1e-9));
          expect(tick).toBeLessThanOrEqual(least * ratio * (1 + 1e-9));
        }
      }),
    );
  });
});

describe('the axis of several lines', () => {
  const line = (...values: (number | null)[]) => values.map((value, x) => [x, value] as const);

  it('is linear from 0 to a round value above all of them, or to its fixed end', () => {
    expect(lineAxis([line(10, null), line(40)], { canBeLog: true })).toEqual({
      scale: 'linear',
      ticks: [0, 10, 20, 30, 40, 50],
    });
    expect(lineAxis([line(0.2)], { fixedTop: 1 }).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(lineAxis([], {}).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('is logarithmic for lines that are far apart, where the metric allows it', () => {
    const lines = [line(1.2, 3, 0, null), line(900)];
    expect(lineAxis(lines, { canBeLog: true })).toEqual({ scale: 'log', ticks: [1, 10, 100, 1_000] });
    expect(lineAxis(lines, {}).scale).toBe('linear');
  });
});
