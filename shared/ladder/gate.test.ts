import { describe, expect, it } from 'vitest';
import { level as levelOf } from '../../tests/support/factories';
import type { RunSummary } from '../run/summary';
import { gatekeeperOf, gateOf } from './gate';

const levels = ([0, 1, 2, 3, 4, 5, 6] as const).map((number) => levelOf(`level-${number}`));

function keeperOf(level: number) {
  return gatekeeperOf(levels, { level });
}

type Last = Pick<RunSummary, 'verdict' | 'p95Ms'>;

function last(overrides: Partial<Last>): Last {
  return { verdict: 'failed', p95Ms: 806, ...overrides };
}

describe('the gate to a level', () => {
  it('is open to the first two and to the capacity search', () => {
    for (const level of [0, 1, undefined])
      expect(gateOf(gatekeeperOf(levels, { level }), undefined)).toEqual({ open: true, reason: null });
  });

  it.each<[number, Partial<Last> | undefined, RegExp | undefined]>([
    [2, undefined, /level 1 has not been run here/],
    [2, {}, /P95 below 100 ms, and its P95 is 806 ms: 8.1 times that/],
    [2, { verdict: 'inconclusive', p95Ms: 20 }, /inconclusive/],
    [2, { verdict: 'aborted', p95Ms: 20 }, /did not come to its end/],
    [2, { verdict: null, p95Ms: null }, /did not come to its end/],
    [2, { p95Ms: null }, /P95 is –/],
    // The report asks level 1 for its P95 only, not for all that its thresholds ask.
    [2, { verdict: 'failed', p95Ms: 99.9 }, undefined],
    [3, { verdict: 'failed', p95Ms: 20 }, /level 2 to be passed, and its last run failed/],
    [3, { verdict: 'passed', p95Ms: 20 }, undefined],
    [6, undefined, /level 5 has not been run here/],
  ])('%i after %j', (level, run, reason) => {
    const gate = gateOf(keeperOf(level), run && last(run));
    expect(gate.open).toBe(reason === undefined);
    if (reason) expect(gate.reason).toMatch(reason);
  });
});
