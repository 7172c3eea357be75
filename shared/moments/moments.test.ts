import { describe, expect, it } from 'vitest';
import {
  alike,
  type Draw,
  madeRun,
  madeSecond,
  madeUsers,
  momentSource,
  normal,
  quiet,
  withPause,
} from '../../tests/support/madeSeconds';
import type { RunInterval } from '../run/metrics';
import type { Random } from '../statistics/random';
import { findMoments } from './moments';

/** Whole seconds that are slower or faster, as on a machine with other work. */
const varying: Draw = (random) => {
  const factor = Math.exp(0.6 * normal(random));
  return Array.from({ length: 100 }, () => 100 * factor * Math.exp(0.3 * normal(random)));
};

/** A machine with other guests: in two seconds of five, one request in ten waits for a processor. */
const shared: Draw = (random) => {
  const waiting = random() < 0.4 ? 0.1 : 0;
  return Array.from(
    { length: 200 },
    () => 0.5 * Math.exp(0.3 * normal(random)) + (random() < waiting ? 2 + 2 * random() : 0),
  );
};

/** Distributions of response times, each with a number of requests per second. */
const distributions: readonly (readonly [name: string, draw: Draw])[] = [
  ['a quiet service', quiet],
  ['few requests', alike(10, (random) => 5 * Math.exp(normal(random)))],
  ['one request a second', alike(1, (random) => 5 * Math.exp(normal(random)))],
  ['exponential', alike(200, (random) => -20 * Math.log(1 - random()))],
  ['Pareto, without a variance', alike(100, (random) => (1 - random()) ** (-1 / 1.5))],
  ['a cache that misses once in 200', alike(200, (random) => (random() < 0.005 ? 80 : 1))],
  ['a cache that misses once in 80', alike(200, (random) => (random() < 0.0125 ? 300 : 1))],
  ['a slow path of one in a thousand', alike(1_000, (random) => (random() < 0.001 ? 5_000 : 2))],
  ['all the same', alike(50, () => 3)],
  ['seconds that vary by themselves', varying],
  ['a machine with other guests', shared],
  ['slow and even', alike(20, (random) => 500 + 30 * normal(random))],
];

describe('a run whose requests are all alike has no moment', () => {
  it.each(distributions)('%s, 30 runs of two minutes', (_name, draw) => {
    const counts = Array.from(
      { length: 30 },
      (_, seed) => findMoments(momentSource(madeRun(120, draw, {}, seed))).length,
    );
    expect(counts.filter((count) => count > 0)).toEqual([]);
  });

  it.each(distributions)('%s, a run of half an hour', (_name, draw) => {
    expect(findMoments(momentSource(madeRun(1_800, draw)))).toEqual([]);
  });
});

describe('a pause', () => {
  const pauses = [8, 31, 32, 77, 119];
  const paused = (t: number, pauseMs: number) => (latenciesMs: number[]) =>
    madeSecond(t, withPause(latenciesMs, pauseMs));
  const run = (pauseMs: number, seed = 1): RunInterval[] =>
    madeRun(120, quiet, Object.fromEntries(pauses.map((t) => [t, paused(t, pauseMs)])), seed);

  it.each([40, 60, 120, 900])('of %d ms is found in its second, with the requests that it touched', (pauseMs) => {
    const moments = findMoments(momentSource(run(pauseMs)));
    expect(moments.map(({ t, durationS }) => [t, durationS])).toEqual([
      [8, 1],
      [31, 2],
      [77, 1],
      [119, 1],
    ]);
    for (const { p99Ms, usualMs, slowed, durationS } of moments) {
      expect(p99Ms).toBeGreaterThan(0.7 * pauseMs);
      expect(usualMs).toBeLessThan(4);
      expect(slowed / durationS).toBeGreaterThan((200 * (pauseMs - 15)) / 1_000);
      expect(slowed / durationS).toBeLessThanOrEqual((200 * pauseMs) / 1_000 + 1);
    }
  });

  it('of a tenth of a second is found where other seconds are slower by a few milliseconds', () => {
    const changed = Object.fromEntries(pauses.map((t) => [t, paused(t, 100)]));
    for (const seed of [1, 2, 3]) {
      const moments = findMoments(momentSource(madeRun(120, shared, changed, seed)));
      expect(moments.map(({ t }) => t)).toEqual([8, 31, 77, 119]);
    }
  });

  it('is found on any scale: all latencies ten or a hundred times as long change nothing', () => {
    const scaled = (factor: number) =>
      madeRun(
        120,
        (random, t) => quiet(random, t).map((latencyMs) => 20 * factor * latencyMs),
        Object.fromEntries(
          pauses.map((t) => [
            t,
            (latenciesMs: number[]) =>
              madeSecond(
                t,
                latenciesMs.map((latencyMs, place) => (place < 30 ? latencyMs + 2_000 * factor : latencyMs)),
              ),
          ]),
        ),
      );
    const found = (factor: number) => findMoments(momentSource(scaled(factor))).map(({ t, slowed }) => [t, slowed]);
    expect(found(1).map(([t]) => t)).toEqual([8, 31, 77, 119]);
    expect(found(10)).toEqual(found(1));
    expect(found(100)).toEqual(found(1));
  });

  it('of one second in six is no habit of the run', () => {
    const every = Object.fromEntries(
      [...Array(20).keys()].map((place) => [6 * (place + 1) - 3, paused(6 * (place + 1) - 3, 100)]),
    );
    expect(findMoments(momentSource(madeRun(120, quiet, every)))).toHaveLength(20);
  });

  it('that comes in more than one second of three is how the run is', () => {
    const every = Object.fromEntries([...Array(60).keys()].map((place) => [2 * place + 1, paused(2 * place + 1, 100)]));
    expect(findMoments(momentSource(madeRun(120, quiet, every)))).toEqual([]);
  });

  it('is found in a document that has percentiles only', () => {
    const old = run(120).map((interval) => ({ ...interval, latencyCounts: [] }));
    expect(findMoments(momentSource(old)).map(({ t }) => t)).toEqual([8, 31, 77, 119]);
  });

  it('of a few milliseconds counts where it lasts for three seconds', () => {
    const slower = (...ts: number[]) =>
      Object.fromEntries(
        ts.map((t) => [
          t,
          (latenciesMs: number[]) =>
            madeSecond(
              t,
              latenciesMs.map((latencyMs) => latencyMs + 12),
            ),
        ]),
      );
    const found = (...ts: number[]) =>
      findMoments(momentSource(madeRun(120, quiet, slower(...ts)))).map(({ t, durationS }) => [t, durationS]);
    expect(found(40, 41, 70)).toEqual([]);
    expect(found(40, 41, 42, 43, 70)).toEqual([[40, 4]]);
  });

  it('of a few milliseconds, or in a run of a few seconds, is none', () => {
    expect(findMoments(momentSource(run(15)))).toEqual([]);
    expect(findMoments(momentSource(run(120).slice(0, 10)))).toEqual([]);
  });

  it('is not looked for in seconds that only wait for the last answers', () => {
    const draining = run(120).map((interval) => (interval.t === 119 ? { ...interval, isDraining: true } : interval));
    expect(findMoments(momentSource(draining)).map(({ t }) => t)).toEqual([8, 31, 77]);
  });
});

describe('failures', () => {
  const failing = (t: number, failed: number) => (latenciesMs: number[]) =>
    madeSecond(t, latenciesMs.slice(failed), { failed, errors: { timeout: failed } });

  it('make a moment where they are more than the run has anyway', () => {
    const moments = findMoments(momentSource(madeRun(60, quiet, { 20: failing(20, 9), 21: failing(21, 4) })));
    expect(moments).toMatchObject([
      { kind: 'spike', t: 20, durationS: 2, lost: { timeout: 13 }, p99Ms: null, slowed: 0 },
    ]);
  });

  it('that come at random, or in every second, make none', () => {
    const random = (_latencies: number[], t: number): RunInterval =>
      failing(t, [0, 1, 0, 2, 3, 0, 1][t % 7] ?? 0)(_latencies);
    const changed = (of: (latenciesMs: number[], t: number) => RunInterval) =>
      Object.fromEntries([...Array(60).keys()].map((place) => [place + 1, (all: number[]) => of(all, place + 1)]));
    expect(findMoments(momentSource(madeRun(60, quiet, changed(random))))).toEqual([]);
    expect(
      findMoments(
        momentSource(
          madeRun(
            60,
            quiet,
            changed((all, t) => failing(t, 150)(all)),
          ),
        ),
      ),
    ).toEqual([]);
  });

  it('count with what could not be sent', () => {
    const dropping = (latenciesMs: number[]) => madeSecond(30, latenciesMs, { dropped: 40 });
    expect(findMoments(momentSource(madeRun(60, quiet, { 30: dropping })))).toMatchObject([
      { t: 30, lost: { dropped: 40 }, causes: [{ kind: 'not-sent' }] },
    ]);
  });
});

describe('a gap', () => {
  it('is a second without an answer where there are answers around it', () => {
    const silent = () => madeSecond(30, [], { inFlight: 200, sent: 200, asked: 200 });
    const after = (latenciesMs: number[]) =>
      madeSecond(31, [...latenciesMs, ...latenciesMs.map((latencyMs) => latencyMs + 900)]);
    const [moment, ...others] = findMoments(momentSource(madeRun(60, quiet, { 30: silent, 31: after })));
    expect(moment).toMatchObject({ kind: 'gap', t: 30, durationS: 2 });
    expect(others).toEqual([]);
  });

  it('is none where an answer a second is all there is', () => {
    const rare = madeRun(60, (_random, t) => (t % 3 === 0 ? [] : [5]));
    expect(findMoments(momentSource(rare.map((interval) => ({ ...interval, inFlight: 1 }))))).toEqual([]);
  });

  /** Users who read a page for a second and ask for the next. */
  const readers = {
    count: 50,
    thinkMs: () => 1_000,
    responseMs: (random: Random) => 48 + 0.5 * Math.abs(normal(random)),
  };
  const closed = { load: { executor: 'constant-vus', vus: 50, duration: '2m' } };

  it('is none while all users think at once, although they sent requests just before the second ended', () => {
    for (const seed of [1, 2, 3]) {
      const intervals = madeUsers(120, readers, seed);
      const empty = intervals.filter(({ count }) => count === 0);
      expect(empty.some(({ inFlight }) => inFlight === readers.count)).toBe(true);
      expect(findMoments(momentSource(intervals, closed))).toEqual([]);
    }
  });

  it('is none while users think so long that whole seconds have no request', () => {
    const intervals = madeUsers(120, { ...readers, thinkMs: () => 7_000 });
    expect(intervals.filter(({ sent, count }) => sent + count === 0).length).toBeGreaterThan(60);
    expect(findMoments(momentSource(intervals, closed))).toEqual([]);
  });

  it('is none at the start of a run whose target always takes seconds', () => {
    const slow = (random: Random): number => Math.max(2_100, 3_000 + 600 * normal(random));
    const users = madeUsers(120, { count: 300, thinkMs: () => 0, responseMs: slow });
    expect(users.slice(0, 2).map(({ count, inFlight }) => [count, inFlight])).toEqual([
      [0, 300],
      [0, 300],
    ]);
    expect(findMoments(momentSource(users, closed))).toEqual([]);
    const arrivals = madeRun(120, (random, t) => (t <= 3 ? [] : alike(50, slow)(random, t)));
    const open = arrivals.map((interval) => ({
      ...interval,
      asked: 50,
      sent: 50,
      inFlight: Math.min(interval.t, 3) * 50,
    }));
    expect(findMoments(momentSource(open))).toEqual([]);
  });

  it('is found in a closed load whose users think, while their requests wait', () => {
    const thinkMs = (random: Random): number => 500 + 1_000 * random();
    const intervals = madeUsers(120, { ...readers, thinkMs, pauseMs: [40_200, 43_400] });
    expect(findMoments(momentSource(intervals, closed))).toMatchObject([{ kind: 'gap', t: 42, durationS: 3 }]);
    // All users thought when it began.
    const beginning = madeUsers(120, { ...readers, thinkMs, pauseMs: [40_000, 43_400] }).map((interval) =>
      interval.t === 40 ? { ...interval, inFlight: 0 } : interval,
    );
    expect(findMoments(momentSource(beginning, closed))).toMatchObject([{ kind: 'gap', t: 41, durationS: 4 }]);
  });

  it('is found where a schedule asked for requests, also of a tool that does not tell what is in flight', () => {
    const silent = () => madeSecond(30, [], { asked: 200, sent: 0 });
    const known = madeRun(60, quiet, { 30: silent });
    expect(findMoments(momentSource(known))).toMatchObject([{ kind: 'gap', t: 30, durationS: 1 }]);
    const unknown = known.map((interval) => ({ ...interval, inFlight: null }));
    expect(findMoments(momentSource(unknown))).toMatchObject([{ kind: 'gap', t: 30, durationS: 1 }]);
    const journeys = known.map((interval) => ({ ...interval, iterations: {} }));
    expect(findMoments(momentSource(journeys))).toEqual([]);
    const unasked = madeRun(60, quiet, { 30: () => madeSecond(30, [], { asked: 0 }) });
    expect(findMoments(momentSource(unasked))).toEqual([]);
    const dropped = madeRun(60, quiet, { 30: () => madeSecond(30, [], { asked: 200, dropped: 200 }) });
    expect(findMoments(momentSource(dropped))).toMatchObject([{ kind: 'spike', lost: { dropped: 200 } }]);
  });

  it('is a stretch that the generator recorded nothing of', () => {
    const intervals = madeRun(60, quiet).filter(({ t }) => t !== 25 && t !== 26);
    expect(findMoments(momentSource(intervals))).toMatchObject([{ kind: 'gap', t: 25, durationS: 3 }]);
  });
});

describe('a change of level', () => {
  const stepped = (factor: number): RunInterval[] =>
    madeRun(120, (random, t) => quiet(random, t).map((latencyMs) => (t > 60 ? factor : 1) * latencyMs));

  it('is found in its second, up and down', () => {
    expect(findMoments(momentSource(stepped(10)))).toMatchObject([{ kind: 'level', t: 61, durationS: 1 }]);
    const down = stepped(10)
      .map((interval) => ({ ...interval, t: 121 - interval.t }))
      .reverse();
    expect(findMoments(momentSource(down))).toMatchObject([{ kind: 'level', t: 61 }]);
  });

  it('that is small is none', () => {
    expect(findMoments(momentSource(stepped(1.5)))).toEqual([]);
  });

  it('with the load is none, and a pause on each level is held against its own', () => {
    const stages = [
      { duration: '60s', target: 100 },
      { duration: '1ms', target: 1_000 },
      { duration: '60s', target: 1_000 },
    ];
    const load = { executor: 'ramping-arrival-rate', startRate: 100, stages, preAllocatedVUs: 50 };
    const spikes = stepped(10).map((interval) =>
      interval.t === 30 || interval.t === 90
        ? madeSecond(interval.t, withPause(Array<number>(200).fill(5), 300))
        : interval,
    );
    expect(findMoments(momentSource(spikes, { load })).map(({ t }) => t)).toEqual([30, 90]);
    expect(findMoments(momentSource(stepped(10))).map(({ t }) => t)).toEqual([61]);
  });
});
