import { describe, expect, it } from 'vitest';
import { experimentOver } from '../../tests/support/experiments';
import { level } from '../../tests/support/factories';
import { engineConfig } from '../engines/config';
import { describeDoing, progressOf } from './progress';

const whole = experimentOver([
  [engineConfig('memory'), 10],
  [engineConfig('sqlite'), 20],
]);

describe('the progress of an experiment', () => {
  it('counts runs and capacity searches, at most as many as it may take', () => {
    expect(progressOf(whole)).toEqual({ done: 16, total: 16, leftMs: 0 });
    const begun = { ...whole, state: 'running' as const, runs: whole.runs.slice(0, 3) };
    const { done, total, leftMs } = progressOf(begun);
    expect([done, total]).toEqual([3, 16]);
    // Level 1 takes two minutes and three seconds a run, and about three more.
    expect(leftMs).toBe(13 * 126_000);
    expect(progressOf({ ...begun, plan: { ...begun.plan, untilSure: true } }).total).toBe(32);
    const capacity = { scenario: level('level-1'), results: [] };
    expect(progressOf({ ...begun, capacity }).total).toBe(18);
    expect(progressOf({ ...begun, state: 'cancelled' }).leftMs).toBe(0);
  });

  it('says what goes on', () => {
    expect(describeDoing({ kind: 'run', block: 2, variant: 1 }, whole)).toBe('block 3, sqlite');
    expect(describeDoing({ kind: 'capacity', variant: 0 }, whole)).toBe('searching for the capacity of memory');
    expect(describeDoing({ kind: 'conformance', variant: 0 }, whole)).toBe('testing the conformance of memory');
  });
});
