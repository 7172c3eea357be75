import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../shared/engines/config';
import type { Experiment } from '../../shared/experiment/experiment';
import { experimentOver } from '../../tests/support/experiments';
import { ExperimentSession, type Measure } from './experimentSession';

const experiment = experimentOver(
  [
    [engineConfig('memory'), 10],
    [engineConfig('sqlite'), 20],
  ],
  { state: 'running' },
);

function session(measure: Measure) {
  const kept: Experiment[] = [];
  const heard: string[] = [];
  const made = new ExperimentSession(
    measure,
    (current) => void kept.push(current),
    ({ doing }) => void heard.push(doing.kind),
  );
  return { made, kept, heard };
}

/** Runs until it is stopped. */
const untilStopped: Measure = (current, _addresses, note, signal) =>
  new Promise((end) => {
    note(current, { kind: 'run', block: 0, variant: 0 });
    signal.addEventListener('abort', () => end({ ...current, state: 'stopped' }));
  });

describe('the experiment of the window', () => {
  it('tells what goes on, to windows that come later as well, and is paused', async () => {
    const { made, kept, heard } = session(untilStopped);
    const ended = made.start(experiment, {});
    expect(heard).toEqual(['run']);
    expect(made.progress?.experiment.id).toBe(experiment.id);
    made.pause();
    expect((await ended).state).toBe('stopped');
    expect(made.progress).toBeUndefined();
    expect(kept).toEqual([]);
  });

  it('is cancelled for good and keeps its pairs, while it goes on or later', async () => {
    const { made, kept } = session(untilStopped);
    const ended = made.start(experiment, {});
    made.cancel(experiment);
    expect(await ended).toMatchObject({ state: 'cancelled', runs: experiment.runs });
    made.cancel({ ...experiment, state: 'stopped' });
    expect(kept.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('is free for the next one when a run could not be made', async () => {
    const { made } = session(() => Promise.reject(new Error('no disk')));
    await expect(made.start(experiment, {})).rejects.toThrow('no disk');
    expect(made.progress).toBeUndefined();
  });
});
