import { describe, expect, it } from 'vitest';
import type { CapacityStep } from '../../../shared/run/capacity';
import { type Random, seededRandom } from '../../../shared/statistics/random';
import { CapacityPosterior } from './posterior';
import { type SearchDependencies, type StepOrder, searchCapacity } from './search';

const options = { stepMs: 4_000, confirmMs: 20_000, maxMs: 180_000, maxVus: 1_024 };

function stepOf(order: StepOrder, overrides: Partial<CapacityStep>): CapacityStep {
  return {
    kind: order.kind,
    ...(order.kind === 'concurrency' ? { vus: order.vus } : { offeredRate: order.rate }),
    achievedRate: 0,
    attainment: null,
    p50: 1,
    p95: 1,
    p99: 1,
    growthMsPerS: 0,
    holds: true,
    trusted: true,
    durationMs: order.durationMs,
    generatorUtilisation: 0.1,
    targetUtilisation: null,
    ...overrides,
  };
}

/** A service that holds every rate up to its capacity, within its noise, and the time that the search takes. */
function serviceOf(capacity: number, noise: number, random: Random, generatorLimit = Number.POSITIVE_INFINITY) {
  let elapsedMs = 0;
  const orders: StepOrder[] = [];
  const dependencies: SearchDependencies = {
    elapsedMs: () => elapsedMs,
    limitOf: ({ trusted }) => (trusted ? 'target-cpu' : 'generator'),
    measure: (order) => {
      orders.push(order);
      elapsedMs += order.durationMs + 1_200;
      // A sum of uniform numbers is close enough to a normal distribution.
      const luck = 1 + noise * (random() + random() + random() + random() - 2);
      if (order.kind === 'concurrency')
        return Promise.resolve(stepOf(order, { achievedRate: Math.min(capacity, order.vus * capacity * 0.4) * luck }));
      const trusted = order.rate <= generatorLimit;
      const holds = order.rate <= capacity * luck;
      return Promise.resolve(stepOf(order, { achievedRate: Math.min(order.rate, capacity), holds, trusted }));
    },
  };
  return { dependencies, orders, elapsedMs: () => elapsedMs };
}

describe('searchCapacity', () => {
  it('finds capacities from 5 to 50,000 per second within 5 %, in time, and its interval covers nearly all', async () => {
    const random = seededRandom(1);
    let covered = 0;
    let trials = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const capacity = 5 * 10 ** (4 * random());
      const service = serviceOf(capacity, 0.006, random);
      const { rate, low, high } = await searchCapacity(options, service.dependencies);
      expect(Math.abs((rate ?? 0) / capacity - 1)).toBeLessThan(0.05);
      expect(service.elapsedMs()).toBeLessThanOrEqual(options.maxMs);
      trials += 1;
      if (low !== null && high !== null && low <= capacity && capacity <= high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThanOrEqual(0.93);
  });

  it('ends with a confirmation that held, longer than any step, and reports its rate', async () => {
    const service = serviceOf(1_000, 0.01, seededRandom(2));
    const { rate, steps } = await searchCapacity(options, service.dependencies);
    const last = steps.at(-1);
    expect(last).toMatchObject({ kind: 'confirmation', holds: true, offeredRate: rate });
    expect(Math.max(...steps.slice(0, -1).map(({ durationMs }) => durationMs))).toBeLessThan(last?.durationMs ?? 0);
  });

  it('never reports a rate whose confirmation failed', async () => {
    const { dependencies } = serviceOf(1_000, 0, seededRandom(3));
    const { rate, low, high, steps } = await searchCapacity(options, {
      ...dependencies,
      measure: async (order) => {
        const step = await dependencies.measure(order);
        return step && order.kind === 'confirmation' ? { ...step, holds: false } : step;
      },
    });
    expect([rate, low, high]).toEqual([null, null, null]);
    expect(steps.filter(({ kind }) => kind === 'confirmation').length).toBeGreaterThan(1);
  });

  it('says "at least" when the generator was the first that could not', async () => {
    const service = serviceOf(10_000, 0.005, seededRandom(4), 3_000);
    const { rate, atLeast, limitedBy } = await searchCapacity(options, service.dependencies);
    expect(limitedBy).toBe('generator');
    expect(atLeast).toBe(true);
    expect(rate ?? 0).toBeLessThanOrEqual(3_000);
    expect(rate ?? 0).toBeGreaterThan(2_700);
  });

  it('goes down until a rate is confirmed, however far below the steps that held', async () => {
    for (const confirmable of [960, 900, 700, 500]) {
      const service = serviceOf(1_000, 0, seededRandom(6));
      const { rate, steps } = await searchCapacity(options, {
        ...service.dependencies,
        measure: async (order) => {
          const step = await service.dependencies.measure(order);
          const fails = order.kind === 'confirmation' && order.rate > confirmable;
          return step && fails ? { ...step, holds: false, trusted: false } : step;
        },
      });
      expect(rate ?? 0).toBeLessThanOrEqual(confirmable);
      expect(rate ?? 0).toBeGreaterThan(confirmable * 0.75);
      expect(steps.at(-1)).toMatchObject({ kind: 'confirmation', holds: true, offeredRate: rate });
      expect(service.elapsedMs()).toBeLessThanOrEqual(options.maxMs);
    }
  });

  it('finds a capacity that is far from the throughput of the closed loops, on either side', async () => {
    for (const factor of [0.1, 0.3, 4, 15]) {
      const service = serviceOf(1_000, 0.005, seededRandom(7));
      const { rate } = await searchCapacity(options, {
        ...service.dependencies,
        measure: async (order) => {
          const step = await service.dependencies.measure(order);
          return step && order.kind === 'concurrency' ? { ...step, achievedRate: step.achievedRate * factor } : step;
        },
      });
      expect(Math.abs((rate ?? 0) / 1_000 - 1)).toBeLessThan(0.05);
    }
  });

  it('goes on with more users when some brought no more, unless they waited for each other', async () => {
    const bracketOf = async (p50: (vus: number) => number) => {
      const service = serviceOf(1_000, 0, seededRandom(8));
      // Two and four users bring no more throughput than one, because some of their requests are in the tail.
      const rates = new Map([
        [2, 100],
        [4, 105],
      ]);
      const { steps } = await searchCapacity(options, {
        ...service.dependencies,
        measure: async (order) => {
          if (order.kind !== 'concurrency') return service.dependencies.measure(order);
          const achievedRate = rates.get(order.vus) ?? Math.min(1_000, order.vus * 100);
          return stepOf(order, { achievedRate, p50: p50(order.vus) });
        },
      });
      return steps.filter(({ kind }) => kind === 'concurrency').at(-1)?.vus;
    };
    expect(await bracketOf((vus) => Math.max(10, vus))).toBe(32);
    expect(await bracketOf((vus) => vus * 10)).toBe(2);
  });

  it('takes longer for the step after one that was too short to tell', async () => {
    const service = serviceOf(1_000, 0, seededRandom(9));
    const { rate, steps } = await searchCapacity(options, {
      ...service.dependencies,
      measure: async (order) => {
        const step = await service.dependencies.measure(order);
        return step && order.kind === 'rate' && order.durationMs <= 4_000 ? { ...step, undecided: true } : step;
      },
    });
    const rates = steps.filter(({ kind }) => kind === 'rate');
    expect(rates.slice(0, 4).map(({ durationMs }) => durationMs)).toEqual([4_000, 8_000, 4_000, 8_000]);
    expect(Math.abs((rate ?? 0) / 1_000 - 1)).toBeLessThan(0.05);
  });

  it('reports the highest rate that seemed to hold when no confirmation could tell', async () => {
    const service = serviceOf(1_000, 0, seededRandom(10));
    const { rate, steps } = await searchCapacity(options, {
      ...service.dependencies,
      measure: async (order) => {
        const step = await service.dependencies.measure(order);
        return step && order.kind === 'confirmation' ? { ...step, undecided: true } : step;
      },
    });
    const confirmations = steps.filter(({ kind }) => kind === 'confirmation');
    expect(confirmations.length).toBeGreaterThan(1);
    expect(rate).toBe(Math.max(...confirmations.map(({ offeredRate }) => offeredRate ?? 0)));
  });

  it('keeps a distance from a limit that confirmations were too near to tell, and leaves time for it', async () => {
    for (const decidable of [900, 680]) {
      const service = serviceOf(1_000, 0.006, seededRandom(12));
      const { rate, steps } = await searchCapacity(options, {
        ...service.dependencies,
        measure: async (order) => {
          const step = await service.dependencies.measure(order);
          const isNear = order.kind === 'confirmation' && order.rate > decidable;
          return step && isNear ? { ...step, undecided: true } : step;
        },
      });
      expect(steps.at(-1)).toMatchObject({ kind: 'confirmation', holds: true, offeredRate: rate });
      expect(steps.at(-1)?.undecided).toBeUndefined();
      expect(rate).toBeLessThanOrEqual(decidable);
      expect(service.elapsedMs()).toBeLessThanOrEqual(options.maxMs);
    }
  });

  it('names the target as the limit when that was shown near, though the generator was held up nearer', async () => {
    const service = serviceOf(1_000, 0, seededRandom(11));
    let heldUp = false;
    const { rate, limitedBy, atLeast } = await searchCapacity(options, {
      ...service.dependencies,
      measure: async (order) => {
        const step = await service.dependencies.measure(order);
        if (!step || order.kind !== 'rate' || heldUp || order.rate > 1_000) return step;
        heldUp = true;
        return { ...step, holds: false, trusted: false };
      },
    });
    expect(Math.abs((rate ?? 0) / 1_000 - 1)).toBeLessThan(0.05);
    expect([limitedBy, atLeast]).toEqual(['target-cpu', false]);
  });

  it('finds nothing where nothing holds, and stops when it is told to', async () => {
    const { dependencies } = serviceOf(1_000, 0, seededRandom(5));
    const hopeless = await searchCapacity(options, {
      ...dependencies,
      measure: (order) => Promise.resolve(stepOf(order, { achievedRate: 10, holds: false })),
    });
    expect(hopeless.rate).toBeNull();
    let left = 3;
    const stopped = await searchCapacity(options, {
      ...dependencies,
      measure: (order) => {
        left -= 1;
        return left > 0 ? dependencies.measure(order) : Promise.resolve(undefined);
      },
    });
    expect(stopped.rate).toBeNull();
    expect(stopped.steps).toHaveLength(2);
  });
});

describe('CapacityPosterior', () => {
  it('learns where the capacity is, and stays sceptical of one step that contradicts many', () => {
    const posterior = new CapacityPosterior(1, 10_000, 100, 0.5);
    for (let step = 0; step < 30; step += 1) {
      const rate = posterior.quantile(0.5);
      posterior.observe(rate, step === 5 ? rate > 321 : rate <= 321, { width: 0.01, lapse: 0.03 });
    }
    const { low, high } = posterior.interval();
    expect(low).toBeLessThan(321);
    expect(high).toBeGreaterThan(321);
    expect(high / low).toBeLessThan(1.1);
  });
});
