import { expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { type PlainLoad, scenarioSchema } from '../../../shared/scenario/schema';
import { level, loadTick } from '../../../tests/support/factories';
import { Measurement } from '../../measure/measurement';
import { type Measured, runCapacitySearch } from './runSearch';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:1/' });
const think = { thinkTime: { distribution: 'uniform', min: '2s', max: '10s' } };
const scenario = scenarioSchema.parse({
  ...level('level-0'),
  thresholds: {},
  warmup: '3s',
  load: { executor: 'capacity-search', maxVUs: 2 },
  journeys: [{ name: 'visit', steps: [{ url: '/a' }, think, { url: '/b' }] }],
});

/** A load in which 15 journeys were completed. */
function measured(load: PlainLoad): Measured {
  const measurement = new Measurement({ ...scenario, load }, target);
  const iterations = { visit: { completed: 15, failed: 0, interrupted: 0 } };
  measurement.addTick(loadTick({ index: 4, sent: 30, journeys: { durations: {}, iterations, steps: {} } }));
  measurement.finish();
  return { measurement, end: { measuredMs: 1_500, answeredMs: 1_500, fault: undefined }, seconds: [] };
}

it('users think in the steps of a search and not in its bracket, and a step waits for those that think', async () => {
  const { load: search } = scenario;
  if (search.executor !== 'capacity-search') throw new RangeError('a search is expected');
  const loads: { executor: string; gracefulStop: string; warmupMs: number; thinks: boolean }[] = [];
  const { capacity } = await runCapacitySearch({
    scenario,
    search,
    target,
    nowMs: () => 0,
    makeLoad: (load, warmupMs, thinks) => {
      loads.push({ executor: load.executor, gracefulStop: load.gracefulStop, warmupMs, thinks });
      return Promise.resolve(load.executor === 'constant-vus' ? measured(load) : undefined);
    },
    onStep: () => {},
  });
  expect(loads).toEqual([
    { executor: 'constant-vus', gracefulStop: '5s', warmupMs: 3_000, thinks: false },
    { executor: 'constant-vus', gracefulStop: '5s', warmupMs: 500, thinks: false },
    { executor: 'constant-arrival-rate', gracefulStop: '15s', warmupMs: 10_000, thinks: true },
  ]);
  expect(capacity).toMatchObject({ unit: 'journeys', rate: null });
  expect(capacity.steps.map(({ achievedRate }) => achievedRate)).toEqual([10, 10]);
});
