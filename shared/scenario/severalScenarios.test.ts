import { describe, expect, it } from 'vitest';
import { severalScenarios } from '../../tests/support/severalScenarios';
import { redactScenario } from '../secrets/redactRun';
import { describeDuration, describeLoad, isFixedWork, isScheduled, loadSentence } from './describe';
import { applyOverrides } from './overrides';
import { type Load, scenarioSchema } from './schema';
import { stageMarks } from './stageMarks';
import { operationsOf, scenarioOfOperations } from './steps';
import { timingOf } from './timing';

const several = severalScenarios();

/** The load of some scenarios, with an iteration of the first journey each. */
function loadOf(...parts: Record<string, unknown>[]): Load {
  const scenarios = parts.map((part, index) => ({ name: `s${index}`, journeys: [`j${index}`], ...part }));
  const journeys = parts.map((_part, index) => ({ name: `j${index}`, steps: [{ url: '/' }] }));
  return severalScenarios({ load: { executor: 'scenarios', scenarios }, journeys }).load;
}

const rate = { executor: 'constant-arrival-rate', rate: 1, duration: '1m' };
const users = { executor: 'constant-vus', vus: 1, duration: '1m' };
const work = { executor: 'shared-iterations', maxDuration: '5m' };

describe('several scenarios in one run', () => {
  it('are described one after the other, with their starts', () => {
    expect(describeLoad(several.load, several)).toBe(
      'browse (20 iterations/s for 4s), buy (2 virtual users for 2s from 1s)',
    );
    expect(loadSentence(several)).toBe(
      'Several loads it with browse (20 iterations/s for 4s), buy (2 virtual users for 2s from 1s) for 4s',
    );
  });

  it('end with the last of them, and wait for its last responses', () => {
    const late = loadOf({ ...rate, gracefulStop: '10s' }, { ...users, startTime: '30s', gracefulStop: '2s' });
    expect(timingOf({ load: late, warmup: '5s' })).toEqual({
      warmupMs: 5_000,
      durationMs: 90_000,
      gracefulStopMs: 2_000,
    });
    const patient = loadOf({ ...rate, gracefulStop: '1m' }, { ...users, startTime: '30s', gracefulStop: '2s' });
    expect(timingOf({ load: patient, warmup: '0s' }).gracefulStopMs).toBe(30_000);
  });

  it.each([
    [loadOf(rate, users), false, '1m'],
    [loadOf(work), true, 'up to 5m'],
    [loadOf(rate, work), true, 'up to 5m'],
    [loadOf({ ...rate, startTime: '4m' }, work), false, '5m'],
  ])('are done when the last one is: %#', (load, isDone, duration) => {
    expect([isFixedWork(load), describeDuration(load)]).toEqual([isDone, duration]);
  });

  it('have a schedule where each of them has', () => {
    expect([loadOf(rate, rate), loadOf(rate, users)].map(isScheduled)).toEqual([true, false]);
  });

  it('keep their places in a run of another duration', () => {
    const changed = applyOverrides(several, { duration: '8s' });
    if (!changed.ok || changed.value.load.executor !== 'scenarios') throw new Error('several scenarios are expected');
    expect(changed.value.load.scenarios).toMatchObject([
      { startTime: '0s', duration: '8s' },
      { startTime: '2s', duration: '4s' },
    ]);
  });

  it('take no option of one load', () => {
    const changed = applyOverrides(several, { rate: 5 });
    expect(changed).toMatchObject({ ok: false, error: { hint: 'change the load in the file' } });
  });

  it('are marked in charts where they begin', () => {
    expect(stageMarks(several.load)).toEqual([{ t: 1, name: 'buy' }]);
  });

  it('have the operations of their journeys', () => {
    expect(operationsOf(several, { scenario: 'browse' })).toEqual(['look', 'list', 'open']);
    expect(operationsOf(several, { scenario: 'other' })).toEqual([]);
    expect(Object.fromEntries(scenarioOfOperations(several))).toEqual({
      ...{ look: 'browse', list: 'browse', open: 'browse' },
      ...{ cart: 'buy', pay: 'buy' },
    });
    expect(scenarioOfOperations({ ...several, load: { executor: 'constant-vus' } }).size).toBe(0);
  });

  it('find their journeys again when secrets are hidden in the names of these', () => {
    const journeys = several.journeys?.map((one) =>
      one.name === 'order' ? { ...one, name: 'GET /order?token=abc' } : one,
    );
    const load = JSON.parse(JSON.stringify(several.load).replace('"order"', '"GET /order?token=abc"'));
    const hidden = redactScenario(scenarioSchema.parse({ ...several, journeys, load }));
    expect(hidden.journeys?.at(-1)?.name).toBe('GET /order?token=***');
    expect(scenarioSchema.parse(hidden)).toEqual(hidden);
  });
});
