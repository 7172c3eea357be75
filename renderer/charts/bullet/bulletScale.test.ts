import { describe, expect, it } from 'vitest';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { bulletScale } from './bulletScale';

function threshold(changes: Partial<ThresholdResult>): ThresholdResult {
  return {
    metric: 'http_req_duration',
    expression: 'p(95)<50',
    value: 12.3,
    low: 11.8,
    high: 13.1,
    ok: true,
    ...changes,
  };
}

describe('the scale of a bullet graph', () => {
  it('has value and bounds in their order, and the limit behind them where it holds', () => {
    const scale = bulletScale(threshold({}), 50);
    expect(scale).toMatchObject({ isUpper: true, value: expect.closeTo(12.3 / 65), limit: expect.closeTo(50 / 65) });
    expect(scale?.low).toBeLessThan(scale?.value ?? 0);
    expect(scale?.high).toBeGreaterThan(scale?.value ?? 1);
  });

  it('keeps the limit in sight of a value that is many times as great', () => {
    const scale = bulletScale(threshold({ value: 806, low: 780, high: 830, ok: false }), 50);
    expect(scale?.limit).toBeGreaterThan(0.05);
    expect(scale?.high).toBeLessThan(1);
  });

  it('begins short of a lower limit, so that shares near 1 can be told apart', () => {
    const scale = bulletScale(
      threshold({ metric: 'cache_hit', expression: 'rate>0.85', value: 0.99, low: 0.98, high: 0.995 }),
      0.85,
    );
    expect(scale).toMatchObject({ isUpper: false });
    expect((scale?.value ?? 0) - (scale?.limit ?? 0)).toBeGreaterThan(0.4);
  });

  it('reaches to its end where nothing bounds the value', () => {
    expect(bulletScale(threshold({ low: null, high: null }), 50)).toMatchObject({ low: 0, high: 1 });
  });

  it('is of one point where value and limit are all there is', () => {
    const whole = threshold({ metric: 'integrity', expression: 'rate>=1', value: 1, low: 1, high: 1 });
    expect(bulletScale(whole, 1)).toEqual({ value: 1, limit: 1, low: 1, high: 1, isUpper: false });
  });

  it('is none without a value, without a limit, and of what cannot be read', () => {
    expect(bulletScale(threshold({ value: null }), 50)).toBeUndefined();
    expect(bulletScale(threshold({}), undefined)).toBeUndefined();
    expect(bulletScale(threshold({ expression: 'p(95)' }), 50)).toBeUndefined();
  });
});
