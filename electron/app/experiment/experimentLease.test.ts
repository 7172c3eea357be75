import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { experimentOver } from '../../../tests/support/experiments';
import { Deferred } from '../../hosting/deferred';
import { whileOwning } from './experimentLease';
import { keepExperiment, newestExperiment, readExperiments } from './experimentStore';

const experiment = experimentOver(
  [
    [engineConfig('memory'), 10],
    [engineConfig('sqlite'), 20],
  ],
  { state: 'stopped' },
);

describe('who is at an experiment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-experiment-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is at it alone: a second one is refused by its name, and comes in when the first has ended, however', async () => {
    const measuring = new Deferred<string>();
    const first = whileOwning(folder, experiment.id, () => measuring.promise);
    await expect(whileOwning(folder, experiment.id, () => 'second')).rejects.toMatchObject({
      code: 'run-active',
      message: `experiment ${experiment.id} is being measured by another Proofload`,
    });
    expect(await whileOwning(folder, '20261124-000000-fedcba', () => 'another experiment')).toBe('another experiment');
    measuring.reject(new Error('the run failed'));
    await expect(first).rejects.toThrow('the run failed');
    expect(await whileOwning(folder, experiment.id, () => 'second')).toBe('second');
    expect(readExperiments(folder)).toEqual([]);
  });

  it('goes on with what the one before has measured', () => {
    expect(newestExperiment(folder, experiment)).toBe(experiment);
    keepExperiment(folder, { ...experiment, runs: [] });
    expect(newestExperiment(folder, experiment).runs).toEqual([]);
    keepExperiment(folder, { ...experiment, state: 'cancelled' });
    expect(() => newestExperiment(folder, experiment)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
