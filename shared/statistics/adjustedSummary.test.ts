import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { summariseAdjusted } from './adjustedSummary';
import { summariseLatency } from './latencySummary';

describe('summariseAdjusted', () => {
  it('takes what is missing as slower than anything that was answered', () => {
    const answered = histogramOfMs(...Array.from({ length: 90 }, (_, index) => index + 1));
    const { p50, p90, p95, p99 } = summariseAdjusted(answered, 10);
    expect(p50).toBeCloseTo(50, 0);
    expect(p90).toBeCloseTo(90, 0);
    expect([p95, p99]).toEqual([null, null]);
    expect(summariseAdjusted(histogramOfMs(), 5).p50).toBeNull();
  });

  it('is the plain summary where nothing is missing, and never below it where something is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 200 }), fc.nat(50), (values, missing) => {
        const histogram = histogramOfMs(...values);
        const plain = summariseLatency(histogram);
        expect(plain).toMatchObject(summariseAdjusted(histogram, 0));
        const adjusted = summariseAdjusted(histogram, missing);
        for (const key of ['p50', 'p90', 'p95', 'p99', 'p99_9'] as const)
          expect(adjusted[key] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(plain[key]);
      }),
    );
  });
});
