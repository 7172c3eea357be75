import { describe, expect, it } from 'vitest';
import { bandsOf, type PartBands } from './attribution';
import { conversionSentence, findCauses, headOfLineSentence, type RunContext, tailSentence } from './causes';
import type { PartProfile } from './partProfile';
import { PartProfile as Profile } from './partProfile';

/** A request: the time in each part, in ms. */
type Request = Record<string, number>;

function profileOf(requests: readonly Request[]): PartProfile {
  const profile = new Profile();
  for (const request of requests) {
    let totalUs = 0;
    for (const [part, durationMs] of Object.entries(request)) {
      const durationUs = Math.round(durationMs * 1_000);
      totalUs += durationUs;
      if (
        part === 'network' ||
        part === 'network_and_waiting' ||
        part === 'connect' ||
        part === 'server.loop' ||
        part === 'server.handler'
      )
        profile.add(part, durationUs);
      else profile.addServerPart(part.slice('server.'.length), durationUs);
    }
    profile.record(totalUs);
  }
  return profile;
}

function bands(common: Request, slow: Request = common, slowCount = 60): PartBands {
  const requests = Array.from({ length: 1_000 }, (_, index) => (index < slowCount ? slow : common));
  return bandsOf(profileOf(requests));
}

const quiet: RunContext = {
  targetCpu: 0.2,
  targetUtilisation: 0.2,
  loopHeldMs: { fetch: 100 },
  targetGcMs: 5,
  targetCpuWaitMs: 2,
  hasCache: true,
  firstHitRate: 0.9,
  lastHitRate: 0.9,
};

const common: Request = { network: 0.2, 'server.handler': 0.1, 'server.fetch': 0.1 };

describe('what makes slow requests slow', () => {
  it('is the part with most of their time, the heaviest first', () => {
    const all = bands(common, { network: 0.2, 'server.commit': 7, 'server.wait': 2 });
    const causes = findCauses(all, {}, quiet);
    expect(causes.map(({ cause }) => cause)).toEqual(['server.commit', 'server.wait']);
    expect(causes[0]?.share).toBeCloseTo(7 / 9.2, 2);
    expect(causes[0]?.sentence).toBe('The slowest 5 % spend 76 % of their 9.20 ms in commit (fsync).');
  });

  it('is not the network alone where requests may have waited in the service', () => {
    const [first] = findCauses(bandsOf(profileOf([{ network_and_waiting: 31, 'server.handler': 1 }])), {}, quiet);
    expect(first?.sentence).toBe('All requests spend 97 % of their 32.0 ms in network and waiting to be handled.');
    const starved = { ...quiet, targetCpuWaitMs: 500 };
    const [withheld] = findCauses(bandsOf(profileOf([{ network_and_waiting: 31 }])), {}, starved);
    expect(withheld?.cause).toBe('processor-withheld');
  });

  it('is what keeps the event loop busy when they wait for it', () => {
    const reads = bands({ ...common, 'server.loop': 500 });
    const queries = bands({ network: 0.2, 'server.loop': 500, 'server.decode': 20, 'server.fetch': 8 });
    const busy = {
      ...quiet,
      targetCpu: 0.97,
      targetUtilisation: 1,
      loopHeldMs: { decode: 680, fetch: 270, commit: 40 },
    };
    const [first] = findCauses(reads, { read: reads, query: queries }, busy);
    expect(first?.cause).toBe('server.decode');
    expect(first?.sentence).toContain("of query takes 68 % of the event loop's busy time");
    expect(first?.sentence).toContain("the service's processor is 97 % busy");
  });

  it('tells a slow disk from a busy processor when the event loop is waited for', () => {
    const all = bands({ ...common, 'server.loop': 500 });
    const slowDisk = { ...quiet, targetCpu: 0.08, targetUtilisation: 1, loopHeldMs: { commit: 940, encode: 1 } };
    const [first] = findCauses(all, {}, slowDisk);
    expect(first?.cause).toBe('server.commit');
    expect(first?.sentence).toContain("the service's processor is 8 % busy");
  });

  it('names nothing for a loop that no part fills', () => {
    const all = bands({ ...common, 'server.loop': 500 });
    const [first] = findCauses(all, {}, { ...quiet, targetUtilisation: 1, loopHeldMs: { fetch: 200 } });
    expect(first?.cause).toBe('server.loop');
    expect(first?.sentence).toContain('no part fills a third of it');
  });

  it('says so when the part that keeps the event loop busy makes garbage meanwhile', () => {
    const all = bands({ ...common, 'server.loop': 500 });
    const busy = { ...quiet, targetUtilisation: 1, loopHeldMs: { decode: 680 }, targetGcMs: 250 };
    const [first] = findCauses(all, {}, busy);
    expect(first?.cause).toBe('server.decode');
    expect(first?.sentence).toContain('250 ms of every second go into garbage collection');
  });

  it.each([
    ['garbage-collection', { targetGcMs: 300 }],
    ['processor-withheld', { targetCpuWaitMs: 500 }],
  ])('is %s when that is what kept the event loop', (cause, seen) => {
    const all = bands(common, { ...common, 'server.loop': 40 });
    expect(findCauses(all, {}, { ...quiet, ...seen })[0]?.cause).toBe(cause);
  });

  it.each([
    ['cache-off', { hasCache: false }],
    ['cache-cold', { firstHitRate: 0.1, lastHitRate: 0.95 }],
    ['server.fetch', {}],
    ['server.fetch', { hasCache: null, firstHitRate: null, lastHitRate: null }],
  ])('is %s when most of the time is reading from the engine', (cause, seen) => {
    const all = bands({ network: 0.1, 'server.fetch': 3 });
    expect(findCauses(all, {}, { ...quiet, ...seen })[0]?.cause).toBe(cause);
  });

  it('is nothing in a run without an answer', () => {
    expect(findCauses(bandsOf(new Profile()), {}, quiet)).toEqual([]);
    expect(tailSentence(bandsOf(new Profile()))).toBeNull();
  });
});

describe('the sentence on the tail', () => {
  it('says where the extra time of the slowest went', () => {
    const all = bands(common, { ...common, 'server.commit': 7, network: 3.2 });
    expect(tailSentence(all)).toBe(
      'The slowest 1 % take 10.4 ms where the median request takes 0.40 ms, and spend 70 % of their extra time in commit (fsync).',
    );
  });

  it('does not look for extra time where there is none', () => {
    expect(tailSentence(bands({ network: 1, 'server.wait': 3 }))).toBe(
      'The slowest 1 % (4.00 ms) are like the median request (4.00 ms), which spends 75 % in queue of the engine (pool, lock, group).',
    );
  });
});

it('says what the report blamed: the share of conversions, by operation, without the wait for others', () => {
  const query = bands({ network: 0.2, 'server.loop': 500, 'server.decode': 68, 'server.fetch': 32 });
  const update = bands({ network: 0.2, 'server.loop': 500, 'server.encode': 1, 'server.commit': 99 });
  expect(conversionSentence({ query, update })).toContain('is 68 % of query, 1 % of update in the handler');
  expect(conversionSentence({ foreign: bands({ network: 1 }) })).toBeNull();
});

it('says which operations are held up by others', () => {
  const read = bands({ network: 0.2, 'server.loop': 500, 'server.cache': 0.01, 'server.handler': 0.02 });
  const query = bands({ network: 0.2, 'server.loop': 500, 'server.decode': 20 });
  expect(headOfLineSentence({ read, query })).toBe(
    'Held up by the requests before them, as one event loop serves all: read (0.03 ms of work in 500 ms).',
  );
  expect(headOfLineSentence({ query })).toBeNull();
});
