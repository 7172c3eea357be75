import { describe, expect, it } from 'vitest';
import { level, runSummary } from '../../tests/support/factories';
import { type Standing, standingOf } from './standing';

const levels = [level('level-0'), level('level-1'), level('level-2'), level('level-3')];
const engines = [
  { id: 'sqlite-json', name: 'SQLite, JSON blobs' },
  { id: 'sqlite', name: 'SQLite, optimised' },
] as const;

function run(scenarioId: string, changes: Parameters<typeof runSummary>[0] = {}) {
  return runSummary({
    scenarioId,
    target: 'sqlite',
    verdict: 'passed',
    origin: null,
    isShortened: false,
    isOverridden: false,
    wasGateShut: false,
    failedRate: 0,
    p95Ms: 2,
    p95HighMs: 3,
    ...changes,
  });
}

function standing(...runs: ReturnType<typeof run>[]): Standing | undefined {
  return standingOf({ levels, engines, runs });
}

describe('where the engines stand', () => {
  it('begins with the case of the report', () => {
    expect(standing()).toEqual({
      sentence: 'Nothing has been measured here yet. Level 1 on SQLite, JSON blobs reproduces the report.',
      next: { kind: 'run', levelId: 'level-1', engine: 'sqlite-json', label: 'Run level 1 on SQLite, JSON blobs' },
    });
  });

  it('is the level above the highest that is passed on the engine that was measured last', () => {
    expect(standing(run('level-0'))).toMatchObject({
      sentence: expect.stringMatching(/^Level 0 passed on SQLite, optimised\. Level 1 asks for 100 /),
      next: { kind: 'run', levelId: 'level-1', engine: 'sqlite' },
    });
  });

  it('says what a locked level requires, and that other options may have it', () => {
    const slow = { target: 'sqlite-json', p95Ms: 806, p95HighMs: 830 };
    const { sentence, next } =
      standing(run('level-1', { ...slow, verdict: 'passed' }), run('level-0', { target: 'sqlite-json' })) ?? {};
    expect(sentence).toBe(
      'Level 2 is locked for SQLite, JSON blobs. Requires level 1 with P95 below 100 ms; its P95 is 806 ms: 8.1 times that.',
    );
    expect(next).toEqual({ kind: 'options' });
  });

  it('runs the level that unlocks the next one, if no run of it counts', () => {
    const locked = run('level-2', { wasGateShut: true });
    expect(standing(locked)).toEqual({
      sentence:
        'Level 2 is locked for SQLite, optimised. Requires level 1 with P95 below 100 ms; level 1 has not been run here.',
      next: { kind: 'run', levelId: 'level-1', engine: 'sqlite', label: 'Run level 1 on SQLite, optimised' },
    });
    expect(standing(locked, run('level-1', { isShortened: true }))).toMatchObject({
      sentence: expect.stringContaining('no run of level 1 counts here: the last one was shortened.'),
      next: { kind: 'run', levelId: 'level-1' },
    });
    expect(standing(locked, run('level-1'))).toMatchObject({
      sentence: expect.stringMatching(/^Level 3 is locked .* the last one was made while its level was locked\.$/),
      next: { kind: 'run', levelId: 'level-2' },
    });
    expect(standing(locked, run('level-1', { p95Ms: 806, p95HighMs: 830 }))).toMatchObject({
      sentence: expect.stringMatching(/^Level 2 is locked .* its P95 is 806 ms/),
      next: { kind: 'options' },
    });
  });

  it('tells a level that failed from one that came to no verdict', () => {
    expect(standing(run('level-1', { verdict: 'failed', p95Ms: 806 }))).toEqual({
      sentence: 'Level 1 failed on SQLite, optimised: P95 806 ms.',
      next: { kind: 'options' },
    });
    expect(standing(run('level-1', { verdict: 'inconclusive', p95Ms: 80 }), run('level-0'))).toMatchObject({
      sentence: 'Level 1 on SQLite, optimised has no verdict: P95 80.0 ms.',
      next: { kind: 'run', levelId: 'level-1' },
    });
  });

  it('knows nothing by runs of others or that go on', () => {
    expect(standing(run('level-0', { origin: 'k6' }), run('level-0', { verdict: null }))?.sentence).toMatch(/^Nothing/);
  });
});
