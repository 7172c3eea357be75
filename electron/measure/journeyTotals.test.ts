import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../shared/scenario/schema';
import { evaluateRules } from '../../shared/thresholds/evaluate';
import { rulesOf } from '../../shared/thresholds/rules';
import { description, histogramOfMs, level, loadTick } from '../../tests/support/factories';
import { joinTicks, mergeTicks } from '../hosting/mergeTicks';
import type { JourneyTick } from '../load/protocol';
import { assembleDocument } from '../run/assembleDocument';
import { Measurement } from './measurement';
import { metricSource } from './metricSource';

const step = (name: string, ...checks: object[]) => ({ name, url: '/', checks });
const scenario = scenarioSchema.parse({
  ...level('level-0'),
  journeys: [
    { name: 'browse', steps: [step('login', { name: 'ok', status: 200 }), step('list')] },
    { name: 'buy', steps: [step('login', { name: 'ok', status: 200 }), step('order', { name: 'made', status: 201 })] },
  ],
  thresholds: {
    'http_req_duration{step:login}': ['max<=30'],
    'http_req_duration{journey:buy}': ['max<=50'],
    'http_req_failed{step:login}': ['rate==0.25'],
    'http_req_failed{journey:browse}': ['rate==0'],
    'checks{check:ok}': ['rate==0.75'],
    'checks{step:order}': ['rate==1'],
    'checks{journey:buy}': ['rate>=0.8'],
    checks: ['rate>0.8'],
    'iteration_duration{journey:buy}': ['max<=90'],
    iteration_duration: ['max<=90'],
    'iterations{journey:browse}': ['count==2'],
    iterations: ['count==5'],
  },
});

const journeys: JourneyTick = {
  durations: { browse: histogramOfMs(40).toSparse(), buy: histogramOfMs(90).toSparse() },
  iterations: {
    browse: { completed: 1, failed: 0, interrupted: 1 },
    buy: { completed: 1, failed: 1, interrupted: 0 },
  },
  steps: {
    'browse / login': { sentBytes: 10, receivedBytes: 20, decodedBytes: 40, checks: { ok: { passes: 1, fails: 0 } } },
    'buy / login': { sentBytes: 10, receivedBytes: 20, decodedBytes: 40, checks: { ok: { passes: 2, fails: 1 } } },
    order: { sentBytes: 5, receivedBytes: 6, decodedBytes: 9, checks: { made: { passes: 3, fails: 0 } } },
  },
};

const tick = loadTick({
  index: 4,
  response: {
    'browse / login': histogramOfMs(10).toSparse(),
    'buy / login': histogramOfMs(20, 30).toSparse(),
    order: histogramOfMs(50).toSparse(),
    list: histogramOfMs(5).toSparse(),
  },
  failures: { 'status-500': 1 },
  errorsByOperation: { 'buy / login': { 'status-500': 1 } },
  journeys,
});

function measured(...ticks: ReturnType<typeof loadTick>[]): Measurement {
  const measurement = new Measurement(scenario, { ...description().target });
  for (const one of ticks) measurement.addTick(one);
  return measurement;
}

describe('figures of journeys', () => {
  it('are held against thresholds by step, by journey and by check', () => {
    const browseAgain = loadTick({
      index: 5,
      journeys: {
        durations: {},
        steps: {},
        iterations: {
          browse: { completed: 1, failed: 0, interrupted: 0 },
          buy: { completed: 0, failed: 1, interrupted: 0 },
        },
      },
    });
    const { totals } = measured(tick, { ...browseAgain, index: 8 });
    const source = metricSource(totals, 2_000, { checked: 0, violations: 0, lostWrites: null });
    const results = evaluateRules(rulesOf(scenario.thresholds), source);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results).toHaveLength(12);
  });

  it('are in the document, with one example of a check that failed', () => {
    const measurement = measured(tick);
    const document = assembleDocument({
      description: description({ scenario }),
      endedAt: new Date(0),
      measurement,
      measuredMs: 1_000,
      integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: null },
      ending: undefined,
      checkExamples: [{ operation: 'buy / login', check: 'ok', message: 'the status is 500' }],
    });
    expect(document.metrics.by_journey?.buy).toMatchObject({ completed: 1, failed: 1, interrupted: 0 });
    expect(document.metrics.by_journey?.buy?.iteration_duration).toMatchObject({ count: 1, max: 90 });
    expect(document.metrics.data_by_operation?.order).toEqual({ sentBytes: 5, receivedBytes: 6, decodedBytes: 9 });
    expect(document.checks).toEqual([
      { operation: 'browse / login', check: 'ok', passes: 1, fails: 0 },
      { operation: 'buy / login', check: 'ok', passes: 2, fails: 1, example: 'the status is 500' },
      { operation: 'order', check: 'made', passes: 3, fails: 0 },
    ]);
    expect(document.intervals[0]?.iterations).toEqual(journeys.iterations);
  });

  it('of several load processes and of several ticks add up', () => {
    for (const merged of [mergeTicks([tick, tick]), joinTicks(tick, tick)]) {
      expect(merged.journeys?.iterations.buy).toEqual({ completed: 2, failed: 2, interrupted: 0 });
      expect(merged.journeys?.durations.buy?.count).toBe(2);
      expect(merged.journeys?.steps['buy / login']).toEqual({
        sentBytes: 20,
        receivedBytes: 40,
        decodedBytes: 80,
        checks: { ok: { passes: 4, fails: 2 } },
      });
    }
    expect(mergeTicks([loadTick(), loadTick()]).journeys).toBeUndefined();
  });

  it('count an arrival that was dropped as all the requests that it would have sent', () => {
    const { totals } = measured({ ...tick, dropped: 3 });
    expect(totals.unanswered({ operation: undefined, stage: undefined }).dropped).toBe(6);
  });

  it('of journeys that are a single request each are those of their requests', () => {
    const single = scenarioSchema.parse({
      ...level('level-0'),
      journeys: [{ name: 'visit', steps: [{ name: 'list', url: '/' }] }],
      thresholds: {},
    });
    const measurement = new Measurement(single, description().target);
    measurement.addTick(
      loadTick({
        index: 4,
        response: { list: histogramOfMs(5, 10).toSparse() },
        failures: { timeout: 1, 'not-finished': 1 },
        errorsByOperation: { list: { timeout: 1, 'not-finished': 1 } },
      }),
    );
    expect(measurement.totals.metrics(1_000).by_journey?.visit).toMatchObject({
      completed: 2,
      failed: 1,
      interrupted: 1,
      iteration_duration: { count: 2, max: 10 },
    });
  });
});
