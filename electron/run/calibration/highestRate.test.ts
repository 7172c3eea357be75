import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { findHighestRate, type Probed } from './highestRate';

/** A probe of a generator that sends up to `limit` requests a second on time, and twice as many in a closed loop. */
function generator(limit: number, beyond: Partial<Probed> & { latenessUs?: number }) {
  return async (load: Parameters<Parameters<typeof findHighestRate>[0]>[0]): Promise<Probed> => {
    const rate = load.executor === 'constant-arrival-rate' ? load.rate : 0;
    const { latenessUs = 100, ...others } = rate > limit ? beyond : {};
    const lateness = new LatencyHistogram();
    lateness.record(latenessUs);
    return { asked: rate, sent: rate, completed: limit * 4, lateness, generatorUtilisation: 0.5, ...others };
  };
}

describe('the highest rate that is sent on time', () => {
  it.each<[string, Partial<Probed> & { latenessUs?: number }]>([
    ['are late', { latenessUs: 6_000 }],
    ['take all of the processor', { generatorUtilisation: 0.9 }],
    ['are not all sent', { sent: 0 }],
  ])('is found where requests beyond it %s', async (_what, beyond) => {
    const steps: string[] = [];
    const rate = await findHighestRate(generator(12_345, beyond), (message) => steps.push(message));
    expect(rate).toBeLessThanOrEqual(12_345);
    // Six halvings of the range between a tenth of the throughput and all of it.
    expect(rate).toBeGreaterThan(12_345 - (24_690 * 0.9) / 2 ** 6);
    expect(steps).toHaveLength(7);
  });

  it('is not zero on a machine that is too busy to send any on time: that would mark every run', async () => {
    await expect(findHighestRate(generator(0, { latenessUs: 6_000 }), () => {})).rejects.toMatchObject({
      code: 'load-failed',
      message: expect.stringContaining('too busy to calibrate'),
      hint: expect.stringContaining('an earlier calibration is kept'),
    });
  });
});
