import { describe, expect, it, vi } from 'vitest';
import { processLoadSchema } from '../../shared/scenario/schema';
import { sharedSenders } from './executors/together';
import type { JourneySender } from './journey/journeyUser';
import { planLoads } from './loadPlan';
import { LoadSpan } from './loadSpan';
import { wholeLoad } from './schedule/shard';

const load = processLoadSchema.parse({
  executor: 'scenarios',
  scenarios: [
    { name: 'browse', journeys: ['a'], executor: 'constant-arrival-rate', rate: 10, duration: '4s', maxVUs: 7 },
    { name: 'buy', journeys: ['b'], startTime: '3s', executor: 'constant-vus', vus: 2, duration: '2s' },
    {
      name: 'count',
      journeys: ['c'],
      startTime: '1s',
      executor: 'shared-iterations',
      iterations: 4,
      maxDuration: '2s',
    },
  ],
});

describe('several loads', () => {
  it('begin at their own times, after a warm-up that those have which begin at once', () => {
    const plan = planLoads({ load, warmupMs: 500, seed: 1, shard: wholeLoad });
    if (plan.model !== 'several') throw new RangeError('several loads are expected');
    expect(plan.parts.map(({ startMs, plan: { totalMs } }) => [startMs, totalMs])).toEqual([
      [0, 4_500],
      [3_500, 2_000],
      [1_500, 2_000],
    ]);
    expect(plan).toMatchObject({ totalMs: 5_500, connections: 1 });
    // Each user of the run has a number of its own.
    expect(plan.parts.map(({ usersBefore }) => usersBefore)).toEqual([0, 7, 9]);
  });

  it('end when the last of them does, and before their time where work is done', () => {
    const plan = planLoads({ load, warmupMs: 500, seed: 1, shard: wholeLoad });
    const span = new LoadSpan({ plan, warmupMs: 500 });
    expect(span.measuredMs(0)).toBe(5_000);
    span.noteEnd(4_800);
    expect(span.measuredMs(0)).toBe(4_300);
    // A rate ends with its time, however long ago its last arrival was.
    span.noteEnd(3_000);
    expect(span.measuredMs(0)).toBe(4_000);
    span.endEarly(2_000);
    expect(span.measuredMs(0)).toBe(1_500);
  });

  it('end with the last response where all of them are fixed work', () => {
    const work = { executor: 'shared-iterations', iterations: 1, journeys: ['a'] };
    const scenarios = [
      { ...work, name: 'a' },
      { ...work, name: 'b', journeys: ['b'] },
    ];
    const fixed = processLoadSchema.parse({ executor: 'scenarios', scenarios });
    const plan = planLoads({ load: fixed, warmupMs: 0, seed: 1, shard: wholeLoad });
    if (plan.model !== 'several') throw new RangeError('several loads are expected');
    const span = new LoadSpan({ plan, warmupMs: 0 });
    for (const { plan: part } of plan.parts) if (part.model === 'closed') part.budget?.take(0);
    // A user gives up a request that had no response long after the last one that came.
    span.noteEnd(30_000);
    expect(span.measuredMs(2_000)).toBe(2_000);
  });
});

describe('the senders of several loads', () => {
  function shared() {
    const closed = vi.fn();
    const client: JourneySender = { send: () => {}, release: () => {}, originOf: () => undefined, close: closed };
    const [first, second] = sharedSenders(client, 2);
    if (!first || !second) throw new RangeError('two senders are expected');
    return { closed, first, second };
  }

  it('keep each others requests when the graceful stop of one is over', () => {
    const { closed, first, second } = shared();
    first.sender.close();
    expect(closed).not.toHaveBeenCalled();
    second.sender.close();
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('do not wait for the graceful stop of a load that has ended', () => {
    const { closed, first, second } = shared();
    first.sender.close();
    second.release();
    first.release();
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('leave the connections open where all loads end in time', () => {
    const { closed, first, second } = shared();
    second.release();
    first.release();
    expect(closed).not.toHaveBeenCalled();
  });
});
