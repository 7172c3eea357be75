import { describe, expect, it } from 'vitest';
import { runSummary } from '../../tests/support/factories';
import type { RunSummary } from '../run/summary';
import type { Delta } from './comparison';
import { baselineAmong, baselinePairs, p95Delta, type RunPair, suggestedPairs, worstFirst } from './runPairs';

/** Runs from the newest to the oldest, a day apart. */
function newestFirst(...runs: Partial<RunSummary>[]): RunSummary[] {
  return runs.map((run, place) =>
    runSummary({ startedAt: new Date(Date.UTC(2026, 0, 30 - place)).toISOString(), ...run }),
  );
}

const names = (pairs: readonly RunPair[]): string[] =>
  pairs.map(({ base, run, reason }) => `${base.id}-${run.id} ${reason}`);

describe('runs against their baselines', () => {
  it('are the last after each, on the same machine, with figures of their own', () => {
    const runs = newestFirst(
      { id: 'a', verdict: null },
      { id: 'b', verdict: 'aborted' },
      { id: 'c', machine: 'another' },
      { id: 'd', target: 'sqlite' },
      { id: 'e' },
      { id: 'f' },
      { id: 'g', isBaseline: true },
      { id: 'h', target: 'sqlite', isBaseline: true },
      { id: 'i', target: 'hybrid', isBaseline: true },
    );
    expect(names(baselinePairs(runs))).toEqual(['h-d baseline', 'g-e baseline']);
    expect(names(baselinePairs(runs, 1))).toEqual(['h-d baseline']);
  });

  it('have one of the same scenario, target and machine, and a baseline has none', () => {
    const [run, other, base] = newestFirst({ id: 'a' }, { id: 'b', target: 'sqlite' }, { id: 'c', isBaseline: true });
    if (!run || !other || !base) throw new Error('there are three runs');
    expect(baselineAmong([run, other, base], run)?.id).toBe('c');
    expect(baselineAmong([run, other, base], other)).toBeUndefined();
    expect(baselineAmong([run, other, base], base)).toBeUndefined();
  });

  it('are none where the baseline is the newest', () => {
    expect(baselinePairs(newestFirst({ id: 'a', isBaseline: true }, { id: 'b' }))).toEqual([]);
  });
});

describe('pairs to compare', () => {
  it('are the baseline first, then the same again, then the same elsewhere, each pair once', () => {
    const runs = newestFirst(
      { id: 'a' },
      { id: 'b', isBaseline: true },
      { id: 'c', target: 'sqlite' },
      { id: 'd', target: 'sqlite' },
      { id: 'e', scenarioId: 'level-1' },
    );
    expect(names(suggestedPairs(runs))).toEqual(['b-a baseline', 'd-c repeated', 'c-a other-target']);
  });

  it('are none of a single run, and of imported results', () => {
    expect(suggestedPairs(newestFirst({ id: 'a' }, { id: 'b', verdict: 'imported', target: 'k6' }))).toEqual([]);
  });
});

describe('changes', () => {
  const [base, run] = newestFirst({ id: 'base' }, { id: 'run' });
  const change = (outcome: Delta['outcome'], ratio: number | null) => {
    if (!base || !run) throw new Error('there are two runs');
    const delta: Delta = { run: 1, metric: 'p95', ratio, low: null, high: null, outcome, reason: null };
    return { base, run, reason: 'baseline' as const, delta };
  };

  it('stand with the worst first, a value without bound before all others', () => {
    const changes = [
      change('better', 0.5),
      change('alike', 1),
      change('worse', 1.2),
      change('unknown', 1.5),
      change('worse', null),
      change('worse', 3),
    ];
    expect(worstFirst(changes).map(({ delta: { outcome, ratio } }) => [outcome, ratio])).toEqual([
      ['worse', null],
      ['worse', 3],
      ['worse', 1.2],
      ['unknown', 1.5],
      ['alike', 1],
      ['better', 0.5],
    ]);
  });

  it('are those of the second run by P95', () => {
    const { delta } = change('worse', 1.2);
    expect(p95Delta({ deltas: [{ ...delta, metric: 'p50' }, { ...delta, run: 2 }, delta] })).toBe(delta);
    expect(p95Delta({ deltas: [] })).toBeUndefined();
  });
});
