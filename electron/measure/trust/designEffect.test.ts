import { describe, expect, it } from 'vitest';
import { type Random, seededStream } from '../../../shared/statistics/random';
import { designEffect, type Stretch } from './designEffect';

/** Stretches of 100 cases. Each case is a hit with a probability that may differ between stretches. */
function stretches(count: number, chance: (random: Random, number: number) => number, seed = 1): Stretch[] {
  const random = seededStream(seed, 'stretches');
  return Array.from({ length: count }, (_, number) => {
    const own = chance(random, number);
    return { hits: Array.from({ length: 100 }, () => random()).filter((value) => value < own).length, cases: 100 };
  });
}

function meanEffect(chance: (random: Random, number: number) => number): number {
  const effects = Array.from({ length: 50 }, (_, seed) => designEffect(stretches(60, chance, seed)));
  return effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
}

describe('designEffect', () => {
  it('is little above 1 of cases that have nothing to do with each other: it is the greatest of three estimates', () => {
    expect(meanEffect(() => 0.05)).toBeLessThan(1.4);
  });

  it('is about the number of cases of a stretch where all of it share one fate', () => {
    const effect = meanEffect((random) => (random() < 0.3 ? 1 : 0));
    expect(effect).toBeGreaterThan(50);
    expect(effect).toBeLessThan(200);
  });

  it('is not moved by one event, nor by a slow trend', () => {
    expect(meanEffect((_random, number) => (number === 30 ? 1 : 0.03))).toBeLessThan(2);
    expect(meanEffect((_random, number) => number / 600)).toBeLessThan(1.5);
  });

  it('is 1 where nothing is known', () => {
    expect(designEffect([])).toBe(1);
    expect(designEffect(stretches(3, () => 0.5))).toBe(1);
    expect(designEffect(stretches(20, () => 0))).toBe(1);
  });
});
