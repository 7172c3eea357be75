import { describe, expect, it } from 'vitest';
import { description, histogramOfMs, loadTick } from '../../tests/support/factories';
import { Measurement } from '../measure/measurement';
import { assembleDocument } from './assembleDocument';

describe('assembleDocument', () => {
  it('counts no second to the load that came after its end', () => {
    const { scenario, target } = description();
    const measurement = new Measurement(scenario, target);
    const response = { read: histogramOfMs(2).toSparse() };
    for (let index = 1; index <= 12; index += 1)
      measurement.addTick(loadTick({ index, ...(index <= 4 ? { response } : {}) }));
    const { intervals } = assembleDocument({
      description: description(),
      endedAt: new Date(0),
      measurement,
      measuredMs: 1_000,
      integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: 0 },
      ending: undefined,
    });
    expect(intervals.map(({ isDraining }) => isDraining)).toEqual([false, true, true]);
  });

  it.each([
    [{ rate: 500, limitedBy: 'generator' as const }, 'passed'],
    [{ rate: null, limitedBy: 'generator' as const }, 'inconclusive'],
    [{ rate: null, limitedBy: 'target' as const }, 'failed'],
  ])('judges a search that found %j as %s', ({ rate, limitedBy }, verdict) => {
    const { scenario, target } = description();
    const measurement = new Measurement({ ...scenario, thresholds: {} }, target);
    const response = { read: histogramOfMs(...Array.from({ length: 500 }, () => 2)).toSparse() };
    for (let index = 1; index <= 8; index += 1) measurement.addTick(loadTick({ index, response }));
    const document = assembleDocument({
      description: { ...description(), scenario: { ...scenario, thresholds: {} } },
      endedAt: new Date(0),
      measurement,
      measuredMs: 2_000,
      integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: 0 },
      ending: undefined,
      capacity: { rate, low: rate, high: rate, atLeast: limitedBy === 'generator', limitedBy, steps: [] },
    });
    expect(document.verdict).toBe(verdict);
  });
});
