import { describe, expect, it } from 'vitest';
import { evaluateRules } from '../../shared/thresholds/evaluate';
import { rulesOf } from '../../shared/thresholds/rules';
import { description, histogramOfMs, loadTick } from '../../tests/support/factories';
import { severalScenarios } from '../../tests/support/severalScenarios';
import { mergeTicks } from '../hosting/mergeTicks';
import { Measurement } from './measurement';
import { metricSource } from './metricSource';
import type { MeasurementFacts } from './trust/facts';
import { generatorUse, leastWithoutGenerator } from './trust/generatorDelay';
import { subjectOf } from './trust/subject';
import { unanswered } from './trust/unanswered';

const scenario = severalScenarios({
  thresholds: {
    'http_req_duration{scenario:buy}': ['max<=40'],
    'http_req_failed{scenario:browse}': ['rate==0'],
    'http_req_failed{scenario:buy}': ['rate==0.2'],
    'iterations{scenario:browse}': ['count==14'],
    'iterations{scenario:buy}': ['count==2'],
    'iteration_duration{scenario:buy}': ['max<=90'],
    'dropped_iterations{scenario:browse}': ['count==0'],
    'dropped_iterations{scenario:buy}': ['count==3'],
    dropped_iterations: ['count==3'],
  },
});

const repeated = (count: number, latencyMs: number) =>
  histogramOfMs(...Array.from({ length: count }, () => latencyMs)).toSparse();

const tick = loadTick({
  index: 4,
  response: {
    look: repeated(10, 5),
    list: repeated(4, 5),
    open: repeated(4, 5),
    cart: repeated(2, 20),
    pay: repeated(2, 40),
  },
  failures: { 'status-500': 1 },
  errorsByOperation: { pay: { 'status-500': 1 } },
  asked: 14,
  sent: 23,
  dropped: 3,
  droppedByScenario: { buy: 3 },
  lateness: repeated(14, 30),
  journeys: {
    durations: { look: repeated(10, 5), find: repeated(4, 10), order: repeated(1, 90) },
    iterations: {
      look: { completed: 10, failed: 0, interrupted: 0 },
      find: { completed: 4, failed: 0, interrupted: 0 },
      order: { completed: 1, failed: 1, interrupted: 2 },
    },
    steps: {},
  },
});

function measured(one = tick): Measurement {
  const measurement = new Measurement(scenario, description().target);
  measurement.addTick(one);
  return measurement;
}

const whole = { operation: undefined, stage: undefined };

describe('several scenarios in one run', () => {
  it('are held against thresholds, each as the sum of its journeys', () => {
    const source = metricSource(measured().totals, 1_000, { checked: 0, violations: 0, lostWrites: null });
    const results = evaluateRules(rulesOf(scenario.thresholds), source);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results).toHaveLength(9);
  });

  it('have figures in the document, and in its seconds what each dropped', () => {
    const { totals } = measured();
    expect(totals.metrics(1_000).by_scenario).toMatchObject({
      browse: { completed: 14, failed: 0, interrupted: 0, dropped: 0, requests: 18, failedRequests: 0 },
      buy: { completed: 1, failed: 1, interrupted: 2, dropped: 3, requests: 5, failedRequests: 1 },
    });
    expect(totals.intervals[0]?.droppedByScenario).toEqual({ buy: 3 });
    expect(mergeTicks([tick, tick, loadTick()]).droppedByScenario).toEqual({ buy: 6 });
    expect(mergeTicks([loadTick(), loadTick()])).not.toHaveProperty('droppedByScenario');
  });

  it('count a dropped iteration with the requests that its scenario would have sent', () => {
    const { totals } = measured({ ...tick, dropped: 11, droppedByScenario: { browse: 8, buy: 3 } });
    const droppedOf = (part: object): number => totals.unanswered({ ...whole, ...part }).dropped;
    // By weight, three of four iterations of browse are a look of one request, and one is a find of two.
    expect(droppedOf({ scenario: 'browse' })).toBeCloseTo(10, 6);
    expect(droppedOf({ scenario: 'buy' })).toBeCloseTo(6, 6);
    expect(droppedOf({})).toBeCloseTo(16, 6);
    expect(droppedOf({ journey: 'find' })).toBeCloseTo(4, 6);
    expect(droppedOf({ step: 'look' })).toBeCloseTo(6, 6);
    const iterations = (part: object): number => totals.unansweredIterations({ ...whole, ...part }).dropped;
    expect([iterations({ scenario: 'browse' }), iterations({ journey: 'look' }), iterations({})]).toEqual([8, 6, 11]);
  });
});

function factsOf(measurement: Measurement): MeasurementFacts {
  return {
    scenario,
    measuredMs: 1_000,
    totals: measurement.totals,
    cores: 2,
    calibration: undefined,
    backend: undefined,
    machine: undefined,
    clockStepMs: 0,
  };
}

function subject(metric: string, expression: string, measurement: Measurement) {
  const [rule] = rulesOf({ [metric]: [expression] });
  const found = rule && subjectOf(rule, 40, measurement.totals);
  if (found?.kind !== 'percentile') throw new Error('a percentile is expected');
  return found;
}

describe('the doubts about several scenarios', () => {
  it('are what a scenario dropped itself, and nothing of what another dropped', () => {
    const measurement = measured();
    const bounds = (metric: string) =>
      unanswered(factsOf(measurement))?.bounds?.(subject(metric, 'p(50)<40', measurement));
    expect(bounds('http_req_duration{scenario:browse}')).toBeUndefined();
    // 4 responses of 11 requests that were intended: the 50th percentile may be without bound.
    expect(bounds('http_req_duration{scenario:buy}')?.high).toBe(Number.POSITIVE_INFINITY);
    expect(bounds('http_req_duration{journey:order}')?.high).toBe(Number.POSITIVE_INFINITY);
  });

  it('are how late the sends with a schedule were, beside users without one', () => {
    const measurement = measured();
    const late = subject('http_req_duration{scenario:buy}', 'p(50)<40', measurement);
    // The median response took 20 ms, and the generator may have been 30 ms late to take it up.
    expect(leastWithoutGenerator(late, factsOf(measurement))).toBeLessThan(0);
  });

  it('are those of the busiest second, in which a scenario may have made its whole load', () => {
    const measurement = new Measurement(scenario, description().target);
    // Two seconds of four ticks each.
    for (let index = 1; index <= 8; index += 1)
      measurement.addTick({ ...tick, index, utilisation: index <= 4 ? 0.1 : 0.98 });
    expect(generatorUse(factsOf(measurement)).utilisation).toBe(0.98);
  });
});
