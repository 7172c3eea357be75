import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { type Experiment, experimentSchema } from '../../../shared/experiment/experiment';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { environment, level, runDocument, runInterval } from '../../../tests/support/factories';
import type { RunOutcome, RunRequest } from '../../run/runContract';
import { type ExperimentContext, runExperiment } from './runExperiment';
import { parseVariant } from './variants';

function experiment(overrides: Partial<Experiment> = {}): Experiment {
  return {
    schema: 'proofload.experiment/1',
    id: '20261123-000000-abcdef',
    startedAt: '2026-11-23T00:00:00.000Z',
    state: 'running',
    scenario: level('level-2'),
    variants: [
      { name: 'A', target: engineConfig('memory') },
      { name: 'B', target: engineConfig('sqlite'), cache: false },
    ],
    plan: { pairs: 2, untilSure: false, band: 0.02, metric: 'p95' },
    environment,
    runs: [],
    comparisons: [],
    ...overrides,
  };
}

interface World {
  requests: RunRequest[];
  kept: Experiment[];
  stopping: AbortController;
  context: ExperimentContext;
}

/** An experiment context in which every run ends at once. */
function world(outcomeOf: (request: RunRequest, number: number) => RunOutcome): World {
  const stopping = new AbortController();
  const requests: RunRequest[] = [];
  const kept: Experiment[] = [];
  const context: ExperimentContext = {
    startRun: (request) => {
      requests.push(request);
      return { id: request.id, stop: () => {}, finished: Promise.resolve(outcomeOf(request, requests.length)) };
    },
    keep: (current) => void kept.push(structuredClone(current)),
    onProgress: () => {},
    signal: stopping.signal,
    now: () => new Date(0),
  };
  return { requests, kept, stopping, context };
}

function measured(overrides: Parameters<typeof runDocument>[0] = {}): RunOutcome {
  return { kind: 'document', document: runDocument({ verdict: 'passed', trust: [], ...overrides }), saved: true };
}

describe('an experiment that runs', () => {
  it('gives each run the files beside its scenario, and none to one whose scenario has none', async () => {
    const scenarioFolder = mkdtempSync(join(tmpdir(), 'proofload-experiment-'));
    writeFileSync(join(scenarioFolder, 'users.csv'), 'name\nann\n');
    const steps = [{ url: '/{{users.name}}', method: 'POST', bodyFile: 'body.txt' }];
    const scenario = scenarioSchema.parse({
      ...level('level-0'),
      thresholds: {},
      dataFiles: [{ name: 'users', file: 'users.csv' }],
      journeys: [{ name: 'a', steps }],
    });
    const variants = ['http://127.0.0.1:1/', 'http://127.0.0.1:2/'].map(parseVariant);
    const { requests, context } = world(() => measured());
    await runExperiment(experiment({ scenario, scenarioFolder, variants }), context);
    expect(requests).toHaveLength(4);
    for (const { dataPaths, filesFolder } of requests) {
      expect(dataPaths).toEqual({ users: realpathSync(join(scenarioFolder, 'users.csv')) });
      expect(filesFolder).toBe(scenarioFolder);
    }
    const others = world(() => measured());
    await runExperiment(experiment({ scenarioFolder }), others.context);
    expect(others.requests.every(({ dataPaths, filesFolder }) => !dataPaths && filesFolder === undefined)).toBe(true);
    rmSync(scenarioFolder, { recursive: true });
  });

  it('makes each run as its variant says, in blocks ABBA, and keeps every run as it ends', async () => {
    const { requests, kept, context } = world(() => measured());
    const result = await runExperiment(experiment(), context);
    expect(requests.map(({ target }) => target.kind === 'engine' && target.engine)).toEqual([
      'memory',
      'sqlite',
      'sqlite',
      'memory',
    ]);
    expect(requests.map(({ scenario }) => scenario.cache.enabled)).toEqual([true, false, false, true]);
    expect(new Set(requests.map(({ scenario }) => scenario.seed)).size).toBe(1);
    expect(result.state).toBe('finished');
    expect(kept.map(({ runs }) => runs.length)).toEqual([0, 1, 2, 3, 4, 4]);
    expect(experimentSchema.parse(JSON.parse(JSON.stringify(result)))).toMatchObject({ state: 'finished' });
  });

  it('makes its runs with the secrets that were typed, and keeps and tells none of them', async () => {
    const { requests, kept, context } = world(() => measured());
    const variants = ['a', 'b'].map((name) => parseVariant(`http://127.0.0.1/${name}?token=typed-${name}`));
    const told: Experiment[] = [];
    const result = await runExperiment(experiment({ variants }), {
      ...context,
      onProgress: (current) => told.push(current),
    });
    expect(requests.map(({ target }) => target.kind === 'url' && target.url)).toEqual(
      ['a', 'b', 'b', 'a'].map((name) => `http://127.0.0.1/${name}?token=typed-${name}`),
    );
    expect(JSON.stringify([result, kept, told])).not.toContain('typed-');
  });

  it('searches the capacity of each variant after the blocks, and keeps what was found', async () => {
    const found = { rate: 900, low: 880, high: 920, atLeast: false, limitedBy: 'target-cpu' as const, steps: [] };
    const { requests, context } = world(({ scenario }) =>
      measured(scenario.id === 'level-6' ? { capacity: found } : {}),
    );
    const capacity = { scenario: level('level-6'), results: [] };
    const result = await runExperiment(experiment({ capacity }), context);
    expect(requests.slice(4).map(({ scenario, target }) => [scenario.id, target])).toEqual([
      ['level-6', engineConfig('memory')],
      ['level-6', engineConfig('sqlite')],
    ]);
    // The variant turns the cache off, also in the search.
    expect(requests[5]?.scenario.cache.enabled).toBe(false);
    expect(result.capacity?.results).toMatchObject([
      { variant: 0, rate: 900, low: 880 },
      { variant: 1, rate: 900 },
    ]);
    expect(experimentSchema.parse(JSON.parse(JSON.stringify(result)))).toMatchObject({ state: 'finished' });
  });

  it('keeps what a run missed, used, and where its time went', async () => {
    const { context } = world(() =>
      measured({
        thresholds: [
          { metric: 'http_req_duration', expression: 'p(95)<50', value: 80, ok: false },
          { metric: 'http_req_duration', expression: 'p(99)<100', value: null, ok: false },
          { metric: 'http_req_failed', expression: 'rate<0.001', value: 0, ok: true },
        ],
        intervals: [
          runInterval({ targetCpu: 0.5, targetRssMb: 90, targetWrittenMb: 1 }),
          runInterval({ targetCpu: 0.7, targetRssMb: 110, targetWrittenMb: null }),
        ],
      }),
    );
    const { runs } = await runExperiment(experiment(), context);
    expect(runs[0]?.missed).toEqual(['http_req_duration p(95)<50']);
    expect(runs[0]?.resources).toMatchObject({ cores: 0.6, memoryMb: 110 });
  });

  it('goes on where it was left, and repeats nothing', async () => {
    const { context, stopping } = world((_request, number) => {
      if (number === 3) stopping.abort();
      return measured();
    });
    const stopped = await runExperiment(experiment(), context);
    // The run during which it was stopped is dropped.
    expect(stopped).toMatchObject({ state: 'stopped', runs: [{ block: 0 }, { block: 0 }] });
    const later = world(() => measured());
    const finished = await runExperiment(stopped, later.context);
    expect(later.requests).toHaveLength(2);
    expect(finished.runs.map(({ block, variant }) => [block, variant])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ]);
  });

  it('ends with the error of a run that cannot be made, and keeps what it has', async () => {
    const error = { code: 'target-failed', message: 'no disk', hint: 'free space' } as const;
    const { kept, context } = world((_request, number) => (number < 3 ? measured() : { kind: 'failed', error }));
    await expect(runExperiment(experiment(), context)).rejects.toMatchObject({
      code: 'target-failed',
      message: 'B: no disk',
    });
    expect(kept.at(-1)?.runs).toHaveLength(2);
  });

  it.each(['aborted', 'interrupted'] as const)('takes no run that was %s for a measurement', async (verdict) => {
    const { kept, context } = world(() => measured({ verdict, reason: 'the target died.' }));
    await expect(runExperiment(experiment(), context)).rejects.toMatchObject({
      message: expect.stringContaining('died'),
    });
    expect(kept.at(-1)?.runs).toEqual([]);
  });

  it('notes why a run cannot be trusted, other than by few samples', async () => {
    const check = { value: 1, limit: 0, unit: '', ok: false };
    const outcomes = [
      measured({ trust: [{ ...check, check: 'samples', message: 'few' }] }),
      measured({ trust: [{ ...check, check: 'other-load', message: 'Others were busy.' }] }),
      measured({ integrity: { checked: 1, violations: 0, acknowledgedWrites: 1, lostWrites: 1 } }),
      measured(),
    ];
    const { context } = world((_request, number) => outcomes[number - 1] ?? measured());
    const { runs } = await runExperiment(experiment(), context);
    expect(runs.map(({ distrust }) => distrust)).toEqual([
      null,
      'Others were busy.',
      'Responses were wrong or writes were lost.',
      null,
    ]);
  });
});
