import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';
import { drivenLoad } from './drivenLoad';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://shop.test/' });

function runOf(load: object) {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'shop',
    name: 'Shop',
    load,
    warmup: '2s',
    processes: 3,
    journeys: [{ name: 'look', steps: [{ url: '/' }] }],
  });
  return { scenario, target, secrets: new Map(), inputs: { dataPaths: {}, given: {} } };
}

describe('the load of a run that another tool makes', () => {
  it('is that of the scenario, with its warm-up and its processes', () => {
    const run = runOf({ executor: 'constant-vus', vus: 5, duration: '3s' });
    expect(drivenLoad(run)).toEqual({ ...run, load: run.scenario.load, warmupMs: 2_000, processes: 3 });
  });

  it.each([
    { executor: 'capacity-search' },
    {
      executor: 'scenarios',
      scenarios: [{ name: 'all', journeys: ['look'], executor: 'constant-vus', vus: 5, duration: '3s' }],
    },
  ])('is refused for $executor', (load) => {
    expect(() => drivenLoad(runOf(load))).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
