import { describe, expect, it } from 'vitest';
import { axisTicks, latencyTick, shareTick } from './axis';

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
