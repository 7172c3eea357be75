import { describe, expect, it } from 'vitest';
import { differenceScale } from './differenceScale';

const alone = (ratio: number | null) => ({ ratio, low: null, high: null });

describe('the axis of differences', () => {
  it('has no difference in its middle, and ends behind the farthest end of an interval', () => {
    const scale = differenceScale([{ ratio: 1.061, low: 1.04, high: 1.082 }, alone(0.97)]);
    expect(scale.ticks.map(({ label }) => label)).toEqual(['-10 %', '-5 %', '0', '+5 %', '+10 %']);
    expect([scale.at(1), scale.at(1.1), scale.at(0.9), scale.at(1.05)]).toEqual([
      0.5,
      expect.closeTo(1),
      expect.closeTo(0),
      expect.closeTo(0.75),
    ]);
  });

  it('is of factors where a half and the double would not be as far', () => {
    const scale = differenceScale([alone(8.1)]);
    expect(scale.ticks.map(({ label }) => label)).toEqual(['÷ 10', '÷ 3.2', '× 1', '× 3.2', '× 10']);
    expect(scale.at(10)).toBeCloseTo(1);
    expect(scale.at(0.1)).toBeCloseTo(0);
    expect(scale.at(2) - 0.5).toBeCloseTo(0.5 - scale.at(0.5));
  });

  it('has an end for all that lies beyond it, and stands without any difference', () => {
    expect(differenceScale([alone(5_000)]).at(5_000)).toBe(1);
    expect(differenceScale([alone(null), alone(0)]).ticks.map(({ label }) => label)).toEqual([
      '-2 %',
      '-1 %',
      '0',
      '+1 %',
      '+2 %',
    ]);
  });
});
