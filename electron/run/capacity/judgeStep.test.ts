import { describe, expect, it } from 'vitest';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import { scenarioSchema } from '../../../shared/scenario/schema';
import type { ThresholdStatus } from '../../../shared/thresholds/doubt';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { histogramOfMs, level, runInterval } from '../../../tests/support/factories';
import { RunTotals } from '../../measure/runTotals';
import { exceedsBudget } from './errorBudget';
import { judgeStep, type StepUsers } from './judgeStep';
import type { StepOrder } from './search';

/** Users without think times. */
const alone = { maxVus: 2_000, thinkMs: 0 };
const order: StepOrder = { kind: 'rate', rate: 100, durationMs: 4_000 };

interface Step {
  latenciesMs?: (second: number) => number[];
  service?: number[];
  lateness?: number[];
  counts?: { failed?: number; completed?: number; sent?: number };
  thresholds?: ThresholdResult[];
  trust?: TrustCheck[];
  measuredMs?: number;
}

function threshold(ok: boolean, status?: ThresholdStatus, metric = 'http_req_duration'): ThresholdResult {
  const expression = metric === 'http_req_failed' ? 'rate<0.001' : 'p(95)<50';
  return { metric, expression, value: 49, ok, ...(status ? { status } : {}) };
}

function check(name: TrustCheck['check']): TrustCheck {
  return { check: name, value: 1, limit: 0, unit: 'ms', ok: false, message: `${name} does not hold.` };
}

/**
 * Judges a step of four seconds with 100 requests each, and a fifth second without responses, unless `step` differs.
 */
function judged(step: Step, asked: StepOrder = order) {
  const { latenciesMs = () => Array<number>(100).fill(9), service = [9], lateness = [0.1] } = step;
  const totals = new RunTotals(level('level-2'));
  for (let second = 1; second <= 5; second += 1) {
    const ofSecond = second === 5 && !step.latenciesMs ? [] : latenciesMs(second);
    totals.add({
      interval: runInterval({
        t: second,
        count: ofSecond.length,
        sent: second === 5 ? 0 : 100,
        asked: second === 5 ? 0 : 100,
      }),
      response: new Map([['read', histogramOfMs(...ofSecond)]]),
      service: histogramOfMs(...service),
      lateness: histogramOfMs(...lateness),
      stages: new Map(),
      phases: new Map(),
      serverTiming: new Map(),
      parts: new Map(),
    });
  }
  Object.assign(totals, step.counts ?? {});
  Object.assign(totals.errors, step.counts?.failed ? { 'status-500': step.counts.failed } : {});
  const { thresholds = [threshold(true)], trust = [] } = step;
  const measurement = { totals, judge: () => ({ thresholds, trust }) };
  return judgeStep(
    asked,
    measurement,
    {
      measuredMs: step.measuredMs ?? 4_000,
      answeredMs: step.measuredMs ?? 4_000,
      fault: undefined,
    },
    alone,
  );
}

describe('judgeStep', () => {
  it('counts answers that come after the end of the step, and not when the last of them came', () => {
    const late = judged({
      latenciesMs: (second) => (second < 5 ? Array<number>(99).fill(9) : [500, 500, 500, 500]),
      measuredMs: 9_000,
    });
    expect(late).toMatchObject({ holds: true, trusted: true, attainment: 1, achievedRate: 100, growthMsPerS: 0 });
    expect(judged({ counts: { completed: 391 } })).toMatchObject({ holds: false, reason: 'only 97.8 % were answered' });
  });

  it('sees a queue that grows, but not one in slow answers that are awaited at the end', () => {
    const growing = judged({ latenciesMs: (second) => Array<number>(100).fill(50 * second) });
    expect(growing).toMatchObject({ holds: false, trusted: true, reason: 'the queue grew' });
    expect(growing.achievedRate).toBeLessThan(120);
    const stragglers = judged({
      latenciesMs: (second) => Array<number>(second < 5 ? 98 : 8).fill(second < 5 ? 9 : 3_000),
    });
    expect(stragglers).toMatchObject({ holds: true, growthMsPerS: 0 });
  });

  it('takes the chance of a median between two kinds of requests for no queue, nor a pause that is over', () => {
    const twoKinds = (second: number) => Array.from({ length: 100 }, (_, index) => (index < 53 - second * 2 ? 1 : 41));
    expect(judged({ latenciesMs: twoKinds }).growthMsPerS).toBe(0);
    const pause = (second: number) => Array<number>(100).fill([9, 60, 60, 60, 60][second - 1] ?? 60);
    expect(judged({ latenciesMs: pause }).growthMsPerS).toBe(0);
  });

  it('lets the status of a threshold decide, and its value where that is undecided', () => {
    expect(judged({ thresholds: [threshold(false, 'failed')] })).toMatchObject({ holds: false, trusted: true });
    expect(judged({ thresholds: [threshold(false)] })).toMatchObject({ holds: false, trusted: true });
    expect(judged({ thresholds: [threshold(true, 'undecided')] })).toMatchObject({ holds: true, undecided: true });
    expect(judged({ thresholds: [threshold(false, 'undecided')] })).toMatchObject({ holds: false, undecided: true });
    expect(judged({ thresholds: [threshold(true, 'passed')] }).undecided).toBeUndefined();
  });

  it('tests an error budget as a proportion', () => {
    const failing = (failed: number) =>
      judged({ counts: { failed }, thresholds: [threshold(true), threshold(false, undefined, 'http_req_failed')] });
    expect(failing(1)).toMatchObject({ holds: false, undecided: true });
    expect(failing(3)).toMatchObject({ holds: false });
    expect(failing(3).undecided).toBeUndefined();
  });

  it('doubts for the sake of the generator only a step that does not hold', () => {
    const trust = [check('send-lateness')];
    expect(judged({ trust })).toMatchObject({ holds: true, trusted: true });
    const failing = { thresholds: [threshold(false)], trust };
    // The rate is not the reason: sends would have been late at any other rate as well.
    const doubtful = { holds: false, trusted: false, undecided: true, reason: 'send-lateness does not hold.' };
    expect(judged(failing)).toMatchObject(doubtful);
    expect(judged({ trust, thresholds: [threshold(false, 'failed')] })).toMatchObject({ trusted: true });
  });

  it('knows whose queue it was by where half of the requests waited', () => {
    const latenciesMs = (second: number) => Array<number>(100).fill(50 * second);
    const trust = [check('send-lateness')];
    const late = judged({ latenciesMs, lateness: [90], service: [9] });
    expect(late).toMatchObject({ holds: false, trusted: false });
    expect(late.undecided).toBeUndefined();
    expect(judged({ latenciesMs, lateness: [9], service: [90], trust })).toMatchObject({ holds: false, trusted: true });
  });

  it('says of users that all wait for an answer of the warm-up that nothing is known', () => {
    const users: StepOrder = { kind: 'concurrency', vus: 2, durationMs: 1_500 };
    const waiting = judged({ latenciesMs: () => [], counts: { sent: 0 } }, users);
    expect(waiting).toMatchObject({ holds: false, undecided: true, trusted: true, achievedRate: 0 });
    expect(judged({ latenciesMs: () => [] }, users).undecided).toBeUndefined();
  });
});

describe('a step with journeys', () => {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {
      'http_req_duration{step:b}': ['p(95)<50'],
      'iteration_duration{journey:visit}': ['p(95)<200'],
      checks: ['rate>0.9'],
      iterations: ['count>100000'],
    },
    journeys: [{ name: 'visit', steps: [{ name: 'a', url: '/a' }, { thinkTime: '10s' }, { name: 'b', url: '/b' }] }],
  });

  interface Visits {
    completed?: number;
    failed?: number;
    dropped?: number;
    thresholds?: ThresholdResult[];
    fails?: number;
    users?: StepUsers;
  }

  /**
   * Judges four seconds with 100 intended journeys of two requests each per second. `failed` of all journeys failed.
   */
  function visits({ completed = 400, failed = 0, dropped = 0, thresholds = [], fails = 0, users = alone }: Visits) {
    const totals = new RunTotals(scenario);
    for (let t = 1; t <= 4; t += 1)
      totals.add({
        interval: runInterval({
          t,
          count: 200,
          sent: 200,
          asked: 100,
          dropped: dropped / 4,
          iterations: { visit: { completed: completed / 4, failed: failed / 4, interrupted: 0 } },
          checks: { b: { fine: { passes: 100 - fails / 4, fails: fails / 4 } } },
        }),
        response: new Map([
          ['a', histogramOfMs(...Array<number>(100).fill(5))],
          ['b', histogramOfMs(...Array<number>(100).fill(9))],
        ]),
        service: histogramOfMs(9),
        lateness: histogramOfMs(0.1),
        stages: new Map(),
        phases: new Map(),
        serverTiming: new Map(),
        journeys: new Map([['visit', histogramOfMs(...Array<number>(completed / 4).fill(20))]]),
        parts: new Map(),
      });
    const measurement = { totals, judge: () => ({ thresholds, trust: [] }) };
    return judgeStep(order, measurement, { measuredMs: 4_000, answeredMs: 4_000, fault: undefined }, users);
  }

  it('counts journeys that were completed, and no requests', () => {
    expect(visits({})).toMatchObject({ unit: 'journeys', holds: true, attainment: 1, achievedRate: 100 });
    const fewer = visits({ completed: 380, failed: 4 });
    expect(fewer).toMatchObject({ holds: false, attainment: 0.95, achievedRate: 95 });
    expect(fewer.reason).toBe('only 96.0 % were answered');
    expect(visits({ completed: 0, failed: 400 })).toMatchObject({ holds: false, reason: 'no response was correct' });
  });

  it('is judged by thresholds of steps, journeys and checks, and not by how many iterations there are', () => {
    const broken = (metric: string, expression: string): ThresholdResult[] => [
      { metric, expression, value: 1_000, ok: false, status: 'failed' },
    ];
    for (const [metric, expression] of [
      ['http_req_duration{step:b}', 'p(95)<50'],
      ['iteration_duration{journey:visit}', 'p(95)<200'],
    ] as const)
      expect(visits({ thresholds: broken(metric, expression) })).toMatchObject({ holds: false, trusted: true });
    expect(visits({ thresholds: broken('iterations', 'count>100000') })).toMatchObject({ holds: true });
  });

  it('tests checks as a budget of the share that may fail', () => {
    const checks = (fails: number) =>
      visits({
        fails,
        thresholds: [{ metric: 'checks', expression: 'rate>0.9', value: 1 - fails / 400, ok: fails < 40 }],
      });
    expect(checks(36)).toMatchObject({ holds: true });
    expect(checks(44)).toMatchObject({ holds: false, undecided: true });
    expect(checks(80)).toMatchObject({ holds: false });
    expect(checks(80).undecided).toBeUndefined();
  });

  it('blames nobody but the limit of users where they are missing because they think', () => {
    const thinking = { maxVus: 1_000, thinkMs: 10_000 };
    const missing = visits({ completed: 320, dropped: 80, users: thinking });
    expect(missing).toMatchObject({ holds: false, trusted: false });
    expect(missing.reason).toContain('allow more with "maxVUs"');
    expect(visits({ completed: 320, dropped: 80 })).toMatchObject({ holds: false, trusted: true });
  });
});

describe('exceedsBudget', () => {
  it.each([
    [0, 10, 0.001, false],
    [1, 50, 0.001, false],
    [2, 400, 0.001, false],
    [3, 400, 0.001, true],
    [13, 400, 0.02, false],
    [16, 400, 0.02, true],
    [420, 20_000, 0.02, false],
    [460, 20_000, 0.02, true],
    [1, 400, 0, true],
    [0, 400, 0, false],
  ])('%i of %i exceed a budget of %d: %s', (count, of, budget, exceeded) => {
    expect(exceedsBudget({ count, of }, budget)).toBe(exceeded);
  });
});
