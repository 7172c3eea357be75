import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../../shared/run/capacity';
import { type Random, seededRandom } from '../../../shared/statistics/random';
import { searchScenario, searchSimulated } from '../../../tests/support/simulatedSearch';
import type { SimulatedService } from '../../../tests/support/simulatedService';

const seeds = 20;
/** One of the twenty searches may be wrong. */
const leastRight = 0.95;
/** Limits so far away that only a growing queue exceeds them. */
const farLimits = { http_req_duration: ['p(95)<5000'], http_req_failed: ['rate<0.02'] };

interface Trial {
  capacity: Capacity;
  /** How many requests the service can handle each second. */
  rate: number;
  /** The result as a share of the true capacity. */
  share: number;
  elapsedMs: number;
}

/** A service of one to four servers that handles `rate` requests each second. */
function serviceOf(rate: number, random: Random, overrides: Partial<SimulatedService>): SimulatedService {
  const servers = 1 + Math.floor(4 * random());
  return {
    servers,
    handlingMs: (servers * 1000) / rate,
    tail: { share: 0, waitMs: 0 },
    errors: 0,
    generatorRate: Number.POSITIVE_INFINITY,
    stalls: { pauseMs: 0, everyMs: Number.POSITIVE_INFINITY },
    random,
    ...overrides,
  };
}

/** Runs one search per seed. Each seed has another capacity, from 120 to 360 requests per second. */
async function searches(
  change: (rate: number, random: Random) => Partial<SimulatedService>,
  scenario = searchScenario(farLimits),
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = seededRandom(seed);
    const rate = 120 * 3 ** random();
    const service = serviceOf(rate, random, change(rate, random));
    const { capacity, elapsedMs } = await searchSimulated(service, scenario);
    const share = (capacity.rate ?? 0) / Math.min(rate, service.generatorRate);
    trials.push({ capacity, rate, share, elapsedMs });
  }
  return trials;
}

function isNear({ share, capacity }: Trial): boolean {
  return Math.abs(share - 1) <= 0.1 && !capacity.atLeast && capacity.limitedBy === 'target';
}

function shareOf(trials: readonly Trial[], isRight: (trial: Trial) => boolean): number {
  return trials.filter(isRight).length / trials.length;
}

describe('a search of a simulated service', () => {
  it.each<[string, Partial<SimulatedService>]>([
    ['without a tail', {}],
    ['of which 0.5 % take half a second', { tail: { share: 0.005, waitMs: 500 } }],
    ['of which 3 % take three seconds', { tail: { share: 0.03, waitMs: 3_000 } }],
    ['of which every second request takes 20 ms', { tail: { share: 0.5, waitMs: 20 } }],
    ['that fails once in a hundred where two may', { errors: 0.01 }],
    ['that fails nearly as often as it may', { errors: 0.017 }],
    ['before which the generator stands still now and then', { stalls: { pauseMs: 60, everyMs: 10_000 } }],
  ])('finds the capacity of one %s, in time', async (_what, change) => {
    const trials = await searches(() => change);
    expect(shareOf(trials, isNear)).toBeGreaterThanOrEqual(leastRight);
    expect(Math.max(...trials.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(190_000);
  });

  it('is not ended by an error of a small budget', async () => {
    const scenario = searchScenario({ http_req_duration: ['p(95)<5000'], http_req_failed: ['rate<0.001'] });
    const trials = await searches(() => ({ errors: 0.0005 }), scenario);
    expect(shareOf(trials, isNear)).toBeGreaterThanOrEqual(leastRight);
  });

  it('finds the rate at which a P95 of 200 ms is reached when arrivals are at random', async () => {
    const scenario = searchScenario({ http_req_duration: ['p(95)<200'] }, 'poisson');
    const trials = await searches(() => ({ tail: { share: 0.005, waitMs: 500 } }), scenario);
    // In heavy traffic, waiting times are exponential with a mean of half of the service time x use / (1 - use)
    // (Kingman 1961, for constant service times). Their P95 is ln 20 times the mean.
    const isRight = (trial: Trial): boolean => {
      const idleToBusy = (1000 / trial.rate) * (Math.log(20) / 2 / 200);
      return isNear({ ...trial, share: trial.share * (1 + idleToBusy) });
    };
    expect(shareOf(trials, isRight)).toBeGreaterThanOrEqual(leastRight);
  });

  it.each<[string, SimulatedService['stalls']]>([
    ['', { pauseMs: 0, everyMs: Number.POSITIVE_INFINITY }],
    [' and stands still now and then', { pauseMs: 60, everyMs: 10_000 }],
  ])('ends with a confirmed rate where the generator can less than the service%s', async (_what, stalls) => {
    const trials = await searches((rate, random) => ({ generatorRate: rate * (0.2 + 0.6 * random()), stalls }));
    const isRight = ({ share, capacity }: Trial): boolean =>
      share >= 0.8 && share <= 1.05 && capacity.atLeast && capacity.limitedBy === 'generator';
    expect(shareOf(trials, isRight)).toBeGreaterThanOrEqual(leastRight);
  });
});
