import { describe, expect, it } from 'vitest';
import { exitCodes, judge } from '../../../shared/run/verdict';
import type { Random } from '../../../shared/statistics/random';
import { judgeSimulated, type SimulatedRun, type SimulatedSecond } from '../../../tests/support/simulatedRun';

const limitMs = 50;

/** Exponential service times with the given 95th percentile. */
function exponential(random: Random, p95Ms: number, count = 100): number[] {
  return Array.from({ length: count }, () => (-Math.log(1 - random()) * p95Ms) / -Math.log(0.05));
}

/** Service times around a middle, with the given 95th percentile and a variation of a tenth. */
function narrow(random: Random, p95Ms: number, count = 100): number[] {
  return Array.from({ length: count }, () => p95Ms * (0.9 + random() * (0.1 / 0.95)));
}

function run(change: Partial<SimulatedRun> = {}): SimulatedRun {
  return { seconds: 20, second: (random) => ({ serviceMs: exponential(random, 25) }), ...change };
}

function decisive(judged: ReturnType<typeof judgeSimulated>): string[] {
  return judged.trust.filter(({ ok }) => !ok).map(({ check }) => check);
}

describe('a verdict', () => {
  it('passes what is far below the limit and says by how much, fails what is far above', () => {
    const passed = judgeSimulated(run());
    expect(passed.verdict).toBe('passed');
    const [{ low, high, margin, value } = { low: 0, high: 0, margin: 0, value: 0 }] = passed.thresholds;
    expect(value).toBeGreaterThan(low ?? 99);
    expect(value).toBeLessThan(high ?? 0);
    expect(margin).toBeGreaterThan(1.4);
    expect(margin).toBeLessThan(2);
    expect(judgeSimulated(run({ second: (random) => ({ serviceMs: exponential(random, 70) }) })).verdict).toBe(
      'failed',
    );
  });

  const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
  const shapes = { exponential, narrow };
  const ratios = [0.1, 0.5, 0.8, 0.95, 1.05, 1.25, 2, 10];

  /** The verdicts of runs whose true percentile is `ratio` of the limit. */
  function verdictsAt(shape: typeof exponential, ratio: number): string[] {
    return seeds.map(
      (seed) =>
        judgeSimulated(run({ seed, second: (random) => ({ serviceMs: shape(random, ratio * limitMs) }) })).verdict,
    );
  }

  it('is wrong at most once in 200, and there where the truth is a fifth away from the limit', () => {
    const cells = Object.values(shapes).flatMap((shape) =>
      ratios.map((ratio) => {
        const truth = ratio < 1 ? 'passed' : 'failed';
        const verdicts = verdictsAt(shape, ratio);
        const right = verdicts.filter((verdict) => verdict === truth).length;
        const open = verdicts.filter((verdict) => verdict === 'inconclusive').length;
        return { ratio, right: right / verdicts.length, wrong: verdicts.length - right - open };
      }),
    );
    const wrong = cells.reduce((sum, cell) => sum + cell.wrong, 0);
    expect(wrong / (cells.length * seeds.length)).toBeLessThanOrEqual(1 / 200);
    const clear = cells.filter(({ ratio }) => ratio <= 0.8 || ratio >= 1.25);
    expect(clear.filter(({ right }) => right < 0.95)).toEqual([]);
  });

  it('fails at once where 120 of 120 requests are above the limit, and passes no P99 of ten requests', () => {
    const short = { seconds: 2, second: (random: Random) => ({ serviceMs: narrow(random, 200, 60) }) };
    expect(judgeSimulated(run(short)).verdict).toBe('failed');
    const few = judgeSimulated(
      run({
        seconds: 1,
        thresholds: { http_req_duration: ['p(99)<100'] },
        second: (random) => ({ serviceMs: narrow(random, 5, 10) }),
      }),
    );
    expect([few.verdict, decisive(few)]).toEqual(['inconclusive', ['samples']]);
  });

  it('is never passed without a success', () => {
    const refused = judgeSimulated(
      run({ thresholds: { http_reqs: ['count>1'] }, second: () => ({ serviceMs: [], errors: { 'status-500': 5 } }) }),
    );
    expect(refused.verdict).toBe('failed');
  });

  it('fails on a lost write or a wrong answer, whatever else', () => {
    const sound = { checked: 10, violations: 0, acknowledgedWrites: 5, lostWrites: 0 };
    expect(judge([], [], sound, 1)).toBe('passed');
    expect(judge([], [], { ...sound, lostWrites: null }, 1)).toBe('passed');
    expect(judge([], [], { ...sound, lostWrites: 1 }, 1)).toBe('failed');
    expect(judge([], [], { ...sound, violations: 1 }, 1)).toBe('failed');
    expect(judge([], [], sound, 0)).toBe('failed');
  });

  it('has the exit codes of the contract', () => {
    expect(exitCodes).toEqual({ passed: 0, failed: 99, inconclusive: 75, aborted: 1, interrupted: 130 });
  });
});

describe('late sends', () => {
  const late = (p95Ms: number, latenessMs: number): SimulatedRun =>
    run({
      second: (random) => ({
        serviceMs: narrow(random, p95Ms),
        latenessMs: Array.from({ length: 100 }, () => latenessMs * random()),
      }),
    });

  it('cannot change a pass, whatever they are: the target had the harder load', () => {
    const judged = judgeSimulated(late(6, 30));
    expect(judged.verdict).toBe('passed');
    expect(judged.trust.find(({ check }) => check === 'send-lateness')).toMatchObject({ ok: true, isNotable: true });
  });

  it('leave open what fails by no more than they are, and let stand what fails by more', () => {
    const open = judgeSimulated(late(45, 30));
    expect([open.verdict, decisive(open)]).toEqual(['inconclusive', ['send-lateness']]);
    expect(judgeSimulated(late(120, 30)).verdict).toBe('failed');
  });
});

describe('what has no answer', () => {
  const losing = (
    lost: { errors?: Record<string, number>; dropped?: number },
    thresholds: NonNullable<SimulatedRun['thresholds']>,
  ) => judgeSimulated(run({ thresholds, second: (random) => ({ serviceMs: narrow(random, 10), ...lost }) }));

  it('is a latency without bound at worst, and left out at best', () => {
    const latency = { http_req_duration: ['p(95)<50'], http_req_failed: ['rate<0.2'] };
    expect(losing({ errors: { timeout: 2 } }, latency).verdict).toBe('passed');
    const judged = losing({ errors: { timeout: 10 } }, latency);
    expect([judged.verdict, decisive(judged)]).toEqual(['inconclusive', ['unanswered']]);
    expect(judged.thresholds[0]?.high).toBeNull();
    expect(losing({ dropped: 10 }, latency).verdict).toBe('inconclusive');
  });

  it('proves a failure all the same: drops never made a target look worse', () => {
    const slow = judgeSimulated(run({ second: (random) => ({ serviceMs: narrow(random, 500), dropped: 50 }) }));
    expect(slow.verdict).toBe('failed');
  });

  it('is a budget: what is overdrawn has failed, what is far from used up has passed, and nothing failed is nothing', () => {
    const budget = { http_req_failed: ['rate<0.001'] };
    const withFailures = (count: number, seconds = 60): ReturnType<typeof judgeSimulated> =>
      judgeSimulated(
        run({
          seconds,
          thresholds: budget,
          second: (random, number) => ({
            serviceMs: narrow(random, 10, number <= count ? 99 : 100),
            ...(number <= count ? { errors: { 'connection-reset': 1 } } : {}),
          }),
        }),
      );
    expect(withFailures(0, 2).verdict).toBe('passed');
    expect(withFailures(2).verdict).toBe('passed');
    expect(withFailures(5).verdict).toBe('inconclusive');
    expect(withFailures(6).verdict).toBe('failed');
  });

  it('says nothing about the target where the generator was the limit', () => {
    const judged = losing({ errors: { 'out-of-files': 80 } }, { http_req_failed: ['rate<0.01'] });
    expect([judged.verdict, decisive(judged)]).toEqual(['inconclusive', ['generator-limits']]);
    expect(judged.trust.find(({ check }) => check === 'generator-limits')?.message).toContain('ulimit');
    const nothing = judgeSimulated(run({ second: () => ({ serviceMs: [], errors: { 'out-of-files': 80 } }) }));
    expect(nothing.verdict).toBe('inconclusive');
  });
});

describe('a closed loop', () => {
  const load = { executor: 'constant-vus', vus: 10, duration: '20s', gracefulStop: '1s', driver: 'proofload' } as const;
  /** 10 users whose requests take `serviceMs`, with a generator that adds `ownMs` to each cycle. */
  const loop = (serviceMs: number, ownMs: number, interval = {}): SimulatedRun => {
    const perSecond = Math.round((10 * 1000) / (serviceMs + ownMs));
    return run({
      load,
      second: (random) => ({
        serviceMs: Array.from({ length: perSecond }, () => serviceMs * (0.95 + 0.1 * random())),
        interval,
      }),
    });
  };

  it('passes against a fast target although the generator is its limit', () => {
    const judged = judgeSimulated(loop(0.5, 0.5, { generatorUtilisation: 0.99 }));
    expect(judged.verdict).toBe('passed');
    expect(judged.trust.find(({ check }) => check === 'littles-law')).toMatchObject({ ok: true, isNotable: true });
  });

  it('is not proven to fail by a generator at its limit, but by a target that is slow', () => {
    const judged = judgeSimulated(loop(60, 1, { generatorUtilisation: 1 }));
    expect([judged.verdict, decisive(judged)]).toEqual(['inconclusive', ['generator-utilisation']]);
    expect(judgeSimulated(loop(60, 1)).verdict).toBe('failed');
  });

  it('is harder where users were away from the target', () => {
    // The generator takes half of each cycle. If all ten users waited for the target, its responses might take twice
    // the time.
    const judged = judgeSimulated(loop(30, 30));
    expect([judged.verdict, decisive(judged)]).toEqual(['inconclusive', ['littles-law']]);
  });
});

describe('a run that changes', () => {
  it('is judged by where it went: growing below the limit, beyond it, and back from it', () => {
    const growing = (fromMs: number, toMs: number): ReturnType<typeof judgeSimulated> =>
      judgeSimulated(
        run({ second: (random, number) => ({ serviceMs: narrow(random, fromMs + ((toMs - fromMs) * number) / 20) }) }),
      );
    expect(growing(5, 40).verdict).toBe('passed');
    expect(growing(5, 200).verdict).toBe('failed');
    const back = growing(80, 20);
    expect([back.verdict, decisive(back)]).toEqual(['inconclusive', ['drift']]);
    expect(growing(30, 49).thresholds[0]?.high ?? 99).toBeGreaterThan(48.5);
  });

  it.each([1, 2, 3, 4, 5])('does not take a steady mix of 1 and 20 ms for one, seed %i', (seed) => {
    const mixed = judgeSimulated(
      run({
        seed,
        thresholds: { http_req_duration: ['p(95)<50', 'p(50)<22'] },
        second: (random) => ({ serviceMs: Array.from({ length: 100 }, () => (random() < 0.5 ? 1 : 20)) }),
      }),
    );
    expect(mixed.verdict).toBe('passed');
    expect(mixed.trust.filter(({ isNotable }) => isNotable)).toEqual([]);
  });

  it('passes with one freeze that the percentile leaves room for', () => {
    const frozen = judgeSimulated(
      run({
        seconds: 60,
        second: (random, number) => ({ serviceMs: number === 30 ? narrow(random, 900) : narrow(random, 10) }),
      }),
    );
    expect(frozen.verdict).toBe('passed');
  });

  it('is not settled by a slow start, and settled without it', () => {
    const start = (firstMs: number): ReturnType<typeof judgeSimulated> =>
      judgeSimulated(run({ second: (random, number) => ({ serviceMs: narrow(random, number <= 2 ? firstMs : 30) }) }));
    const cold = start(200);
    expect([cold.verdict, decisive(cold)]).toEqual(['inconclusive', ['steady-state']]);
    expect(start(45).verdict).toBe('passed');
  });

  it('counts once what both the trend and the start say of the same change', () => {
    // 4 s in the first tenth, then from 600 down to 300 ms. Both without the start and at the end of the trend, it is
    // far too slow.
    const settling = judgeSimulated(
      run({
        seconds: 40,
        second: (random, number) => ({ serviceMs: narrow(random, number <= 4 ? 4_000 : 600 - 7.5 * number) }),
      }),
    );
    const doubts = settling.thresholds[0]?.doubts?.map(({ check }) => check);
    expect(doubts).toEqual(expect.arrayContaining(['drift', 'steady-state']));
    expect(settling.verdict).toBe('failed');
  });
});

describe('a generator that waits for a processor', () => {
  it('is late by the greater of its sends and its waits: both tell of the same event loop', () => {
    const late = (random: Random): number[] => Array.from({ length: 100 }, () => -Math.log(1 - random()) * 5);
    const lowOf = (latenessMs: (random: Random) => number[], generatorCpuWaitMs: number): number => {
      const interval = { generatorCpuWaitMs, generatorCpuSlices: generatorCpuWaitMs };
      const second = (random: Random) => {
        return { serviceMs: exponential(random, 100), latenessMs: latenessMs(random), interval };
      };
      return judgeSimulated(run({ second })).thresholds[0]?.low ?? 0;
    };
    const onTime = (): number[] => [];
    expect(lowOf(late, 400)).toBe(lowOf(late, 0));
    expect(lowOf(onTime, 400)).toBeLessThan(lowOf(onTime, 0));
  });
});

describe('other load', () => {
  const machine = { otherShare: 0.5, idleShare: 0, stealShare: 0 };
  const waiting = { runDelayMs: 4_000, timeslices: 4_000, cpuMs: 2_000, busiestThreadShare: 0.3 };

  it('makes a pass stronger, and leaves open a failure that it may have made', () => {
    expect(judgeSimulated(run({ machine: { ...machine, target: waiting } })).verdict).toBe('passed');
    const slow = run({ second: (random) => ({ serviceMs: narrow(random, 58) }) });
    const open = judgeSimulated({ ...slow, machine: { ...machine, target: waiting } });
    expect([open.verdict, decisive(open)]).toEqual(['inconclusive', ['other-load']]);
    expect(judgeSimulated({ ...slow, machine: { ...machine, otherShare: 0.01 } }).verdict).toBe('failed');
  });

  it('lets a failure stand that is greater than all waits', () => {
    const slow = run({ second: (random) => ({ serviceMs: narrow(random, 200) }) });
    expect(judgeSimulated({ ...slow, machine: { ...machine, target: waiting } }).verdict).toBe('failed');
  });

  it('takes waits of the target and late sends away together: each request had its own of both', () => {
    const late = (random: Random): number[] => Array.from({ length: 100 }, () => -Math.log(1 - random()) * 2);
    const slow = run({
      second: (random) => ({ serviceMs: exponential(random, 100) }),
      machine: { ...machine, target: { ...waiting, runDelayMs: 1_500 } },
    });
    const lateToo = run({ ...slow, second: (random) => ({ ...slow.second(random, 1), latenessMs: late(random) }) });
    const [alone, beside] = [slow, lateToo].map((made) => {
      const [{ value, doubts = [] } = { value: null }] = judgeSimulated(made).thresholds;
      return (value ?? 0) - (doubts.find(({ check }) => check === 'other-load')?.low ?? 0);
    });
    expect(beside).toBeLessThan(0.95 * (alone ?? 0));
  });

  it('knows nothing of a queue that others kept full', () => {
    const saturated = { ...waiting, runDelayMs: 12_000, busiestThreadShare: 1 };
    const slow = run({ second: (random) => ({ serviceMs: narrow(random, 2_000) }) });
    expect(judgeSimulated({ ...slow, machine: { ...machine, target: saturated } }).verdict).toBe('inconclusive');
    const busyAlone = { ...waiting, runDelayMs: 100, cpuMs: 19_900, busiestThreadShare: 1 };
    expect(judgeSimulated({ ...slow, machine: { ...machine, target: busyAlone } }).verdict).toBe('failed');
    // It completes 40 of 100 requests. Without the tenth of its time that it waited, it would not complete 100 either.
    const overloaded = run({ second: (random) => ({ serviceMs: narrow(random, 2_000, 40), dropped: 60 }) });
    const kept = { ...waiting, runDelayMs: 2_000, cpuMs: 18_000, busiestThreadShare: 1 };
    expect(judgeSimulated({ ...overloaded, machine: { ...machine, target: kept } }).verdict).toBe('failed');
  });
});

describe('a clock that jumps', () => {
  const jump = { clockStepMs: 60_000 };
  /** A run in whose tenth second something happened to the requests that were in flight. */
  const withSecond = (tenth: Partial<SimulatedSecond>): SimulatedRun =>
    run({
      thresholds: { http_req_duration: ['p(95)<50'], http_req_failed: ['rate<0.01'] },
      second: (random, number) => ({
        serviceMs: narrow(random, 10),
        ...(number === 10 ? { interval: { inFlight: 150 }, ...tenth } : {}),
      }),
    });

  it('leaves open what may have been asleep: answers that came late, and failures', () => {
    const late = withSecond({ serviceMs: Array.from({ length: 150 }, () => 5_000) });
    const lost = withSecond({ errors: { timeout: 30 } });
    for (const slept of [late, lost]) {
      expect(judgeSimulated(slept).verdict).toBe('failed');
      const open = judgeSimulated({ ...slept, facts: jump });
      expect([open.verdict, decisive(open)]).toEqual(['inconclusive', ['clock-step']]);
    }
  });

  it('does not excuse what is more than was in flight, nor a clock that was set by a tenth of a second', () => {
    const lost = withSecond({ errors: { timeout: 300 } });
    expect(judgeSimulated({ ...lost, facts: jump }).verdict).toBe('failed');
    const few = withSecond({ errors: { timeout: 30 } });
    expect(judgeSimulated({ ...few, facts: { clockStepMs: 90 } }).verdict).toBe('failed');
  });
});

describe('a target that goes away', () => {
  const restarted = (second: { errors: Record<string, number>; serviceMs?: number[] }) =>
    judgeSimulated(
      run({
        seconds: 60,
        thresholds: { http_req_duration: ['p(95)<50'], http_req_failed: ['rate<0.5'] },
        second: (random, number) => (number === 30 ? { serviceMs: [], ...second } : { serviceMs: narrow(random, 10) }),
      }),
    ).trust.find(({ check }) => check === 'target-restarted');

  it('is named when it refuses or is silent for a while, with answers before and after', () => {
    expect(restarted({ errors: { 'connection-refused': 3 } })).toMatchObject({ value: 1, isNotable: true, ok: true });
    expect(restarted({ errors: { timeout: 100 } })).toMatchObject({ value: 1 });
  });

  it('is not what two broken requests are', () => {
    expect(restarted({ errors: { 'connection-reset': 2 }, serviceMs: [10, 10] })).toMatchObject({ value: 0 });
  });
});

describe('what is a fact of the run', () => {
  it('needs no number of requests: a maximum, as p(100) too', () => {
    const thresholds = { http_req_duration: ['p(100)<50', 'max<50', 'max<9'] };
    const judged = judgeSimulated(
      run({ seconds: 1, thresholds, second: (random) => ({ serviceMs: narrow(random, 10, 3) }) }),
    );
    expect(judged.thresholds.slice(0, 3).map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
    expect(judged.thresholds.every(({ value }) => Number.isFinite(value))).toBe(true);
  });
});

describe('what reviewers found to lie', () => {
  it('seconds that are slow together, of which a few decide the percentile, pass for chance', () => {
    // 6 of 100 seconds are twice as slow as allowed. The true P95 is above the limit, and 60 s show 2 to 5 such
    // seconds.
    const verdicts = Array.from(
      { length: 40 },
      (_, seed) =>
        judgeSimulated(
          run({
            seed,
            seconds: 60,
            second: (random) => ({ serviceMs: narrow(random, random() < 0.06 ? 110 : 10, 50) }),
          }),
        ).verdict,
    );
    expect(verdicts.filter((verdict) => verdict === 'passed').length).toBeLessThanOrEqual(4);
  });

  it('a stand-in for a server passes by facts', () => {
    const thresholds = { http_req_failed: ['seconds(rate<0.01)>=0.9'], http_req_duration: ['max<500'] };
    const facts = { backend: { name: 'double', isTestDouble: true } };
    const judged = judgeSimulated(run({ thresholds, facts }));
    expect([judged.verdict, decisive(judged)]).toEqual(['inconclusive', ['real-backend']]);
  });

  it('sends that were late fail seconds, and one late send a maximum', () => {
    const thresholds = { http_req_duration: ['seconds(p(95)<50)>=0.95'] };
    const late = (random: Random) => ({
      serviceMs: narrow(random, 2),
      latenessMs: Array.from({ length: 100 }, () => 100),
    });
    expect(judgeSimulated(run({ thresholds, second: late })).verdict).toBe('inconclusive');
    const once = (random: Random, number: number) => ({
      serviceMs: narrow(random, 6),
      latenessMs: Array.from({ length: 100 }, (_, index) => (number === 5 && index === 0 ? 400 : 0)),
    });
    const maximum = judgeSimulated(run({ thresholds: { http_req_duration: ['max<200'] }, second: once }));
    expect([maximum.verdict, decisive(maximum)]).toEqual(['inconclusive', ['send-lateness']]);
    const slow = (random: Random) => ({ serviceMs: narrow(random, 300) });
    expect(judgeSimulated(run({ thresholds: { http_req_duration: ['max<200'] }, second: slow })).verdict).toBe(
      'failed',
    );
  });

  it('an operation that was never drawn fails', () => {
    const thresholds = { 'http_req_duration{operation:rare}': ['p(95)<50'] };
    expect(judgeSimulated(run({ thresholds })).verdict).toBe('inconclusive');
  });

  it('three cache lookups prove a rate', () => {
    const lookups = (perSecond: number) => (random: Random) => ({
      serviceMs: narrow(random, 6),
      interval: { cacheLookups: perSecond, cacheHitRate: 1 },
    });
    const thresholds = { cache_hit: ['rate>0.9'] };
    expect(judgeSimulated(run({ seconds: 3, thresholds, second: lookups(1) })).verdict).toBe('inconclusive');
    expect(judgeSimulated(run({ seconds: 3, thresholds, second: lookups(100) })).verdict).toBe('passed');
  });

  it('one request beyond the files of this machine leaves everything open', () => {
    const judged = judgeSimulated(
      run({
        thresholds: { http_req_duration: ['p(95)<50'], http_req_failed: ['rate<0.01'] },
        second: (random, number) => ({
          serviceMs: narrow(random, 10),
          ...(number === 3 ? { errors: { 'out-of-files': 1 } } : {}),
        }),
      }),
    );
    expect(judged.verdict).toBe('passed');
  });

  it('a target that never answers within the graceful stop is unknown', () => {
    const hanging = (random: Random) => ({ serviceMs: narrow(random, 10, 90), errors: { 'not-finished': 10 } });
    expect(judgeSimulated(run({ thresholds: { http_req_failed: ['rate<0.01'] }, second: hanging })).verdict).toBe(
      'failed',
    );
    const silent = () => ({ serviceMs: [], errors: { 'not-finished': 10 } });
    expect(judgeSimulated(run({ thresholds: { http_req_failed: ['rate<0.01'] }, second: silent })).verdict).toBe(
      'failed',
    );
  });

  it('the mean of a part of a request is as uncertain as the whole', () => {
    const judged = judgeSimulated(
      run({
        seconds: 2,
        thresholds: { http_req_duration: ['avg<50'] },
        second: (random) => ({ serviceMs: exponential(random, 25) }),
      }),
    );
    expect(judged.verdict).toBe('passed');
  });
});
