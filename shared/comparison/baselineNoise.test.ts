import { describe, expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { type Random, seededRandom } from '../statistics/random';
import { wilsonInterval } from '../statistics/wilson';
import { maximumFactor, percentileReach, type ShareOfRun, shareAllowance } from './baselineNoise';

const seeds = 1_000;

/** Returns the share of pairs of equal runs for which something holds. */
function shareOfPairs(holds: (random: Random) => boolean): number {
  let count = 0;
  for (let seed = 0; seed < seeds; seed += 1) if (holds(seededRandom(seed * 7_919 + 1))) count += 1;
  return count / seeds;
}

/** A run of 20 seconds with 100 requests each. About `share` of them fail: one by one, or `burst` at a time. */
function failures(random: Random, share: number, burst = 1): ShareOfRun {
  const seconds = Array.from({ length: 20 }, () => {
    let count = 0;
    for (let request = 0; request < 100; request += burst) if (random() < share) count += burst;
    return { count, of: 100 };
  });
  return { count: seconds.reduce((sum, second) => sum + second.count, 0), of: 2_000, seconds };
}

function isSurelyMore(run: ShareOfRun, base: ShareOfRun): boolean {
  return run.count / run.of > base.count / base.of + shareAllowance(run, base, 1, true);
}

describe('a share against that of an equal run', () => {
  it('is surely greater in at most 1 of 100 pairs of runs with 2 % errors, also where errors come in bursts', () => {
    for (const burst of [1, 10])
      expect(
        shareOfPairs((random) => isSurelyMore(failures(random, 0.02, burst), failures(random, 0.02, burst))),
      ).toBeLessThanOrEqual(0.01);
  });

  it('is surely smaller in at most 1 of 100 of them', () => {
    expect(
      shareOfPairs((random) => {
        const [run, base] = [failures(random, 0.02), failures(random, 0.02)];
        return run.count / run.of < base.count / base.of - shareAllowance(run, base, 1, false);
      }),
    ).toBeLessThanOrEqual(0.01);
  });

  it('is told from 2 % when it is 5 %', () => {
    expect(shareOfPairs((random) => isSurelyMore(failures(random, 0.05), failures(random, 0.02)))).toBeGreaterThan(
      0.95,
    );
  });

  it('is not surely greater than nothing after one failure, and is after thirty', () => {
    const none = { count: 0, of: 1_000, seconds: [] };
    expect(isSurelyMore({ count: 1, of: 1_000, seconds: [] }, none)).toBe(false);
    expect(isSurelyMore({ count: 30, of: 1_000, seconds: [] }, none)).toBe(true);
    expect(isSurelyMore({ count: 0, of: 0, seconds: [] }, none)).toBe(false);
  });
});

/** Draws from a Pareto distribution. A smaller `index` gives a heavier tail. */
function paretoMs(random: Random, index: number): number {
  return (1 - random()) ** (-1 / index);
}

describe('a rare percentile against that of an equal run', () => {
  it('exceeds what order statistics allow in at most 1 of 100 pairs, whatever the tail', () => {
    for (const index of [1, 3]) {
      const run = (random: Random) => histogramOfMs(...Array.from({ length: 4_000 }, () => paretoMs(random, index)));
      const exceeded = shareOfPairs((random) => {
        const [held, base] = [run(random), run(random)];
        const factor = percentileReach(base, 99.9, 4_000).above * percentileReach(held, 99.9, 4_000).below;
        return held.percentileUs(99.9) > base.percentileUs(99.9) * factor;
      });
      expect(exceeded).toBeLessThanOrEqual(0.01);
    }
  });

  it('is bounded by nothing above with too few requests, and closely by many', () => {
    const some = histogramOfMs(...Array.from({ length: 1_000 }, (_, index) => index + 1));
    expect(percentileReach(some, 99.9, 1_000).above).toBe(Number.POSITIVE_INFINITY);
    expect(percentileReach(some, 50, 1_000).above).toBeCloseTo(1 + 1.96 * Math.sqrt(0.25 / 1_000) * 2, 2);
    // The same distribution, taken as observed over a million requests.
    expect(percentileReach(some, 99.9, 1_000_000).above).toBeLessThan(1.01);
  });
});

describe('a maximum against that of an equal run', () => {
  const maxima = (random: Random, index: number): number[] => Array.from({ length: 20 }, () => paretoMs(random, index));

  it('is surely greater in at most 1 of 100 pairs, also with a tail that has no mean', () => {
    for (const index of [0.5, 2])
      expect(
        shareOfPairs((random) => {
          const [held, base] = [maxima(random, index), maxima(random, index)];
          return Math.max(...held) > Math.max(...base) * maximumFactor(held, base);
        }),
      ).toBeLessThanOrEqual(0.01);
  });

  it('says nothing after one stall, however long, and is sure when most seconds are slower', () => {
    const quiet = Array.from({ length: 20 }, (_, index) => 5 + index / 10);
    const stalled = [...quiet.slice(1), 5_000];
    expect(5_000).toBeLessThan(Math.max(...quiet) * maximumFactor(stalled, quiet));
    const slower = quiet.map((ms) => ms * 2);
    expect(Math.max(...slower)).toBeGreaterThan(Math.max(...quiet) * maximumFactor(slower, quiet));
    expect(maximumFactor(quiet.slice(0, 3), quiet.slice(0, 3))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("Wilson's interval", () => {
  it('is as published, and ends where nothing or everything occurred', () => {
    // Newcombe (1998), Statistics in Medicine 17, 857, table I: 81 of 263, 15 of 148 and 0 of 20.
    const rounded = (count: number, of: number) => {
      const { low, high } = wilsonInterval(count, of, 1.959964);
      return [low, high].map((end) => Number(end.toFixed(4)));
    };
    expect(rounded(81, 263)).toEqual([0.2553, 0.3662]);
    expect(rounded(15, 148)).toEqual([0.0624, 0.1605]);
    expect(rounded(0, 20)).toEqual([0, 0.1611]);
    expect(rounded(20, 20)).toEqual([0.8389, 1]);
    expect(wilsonInterval(0, 0, 2)).toEqual({ low: 0, high: 1 });
  });
});
