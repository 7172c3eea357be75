import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison } from '../../shared/comparison/comparison';
import type { Bridge } from '../../shared/ipc/contract';
import { runSummary } from '../../tests/support/factories';

const bridge = vi.hoisted(() => {
  const methods = { compareRuns: vi.fn<Bridge['compareRuns']>(), getCapacities: vi.fn<Bridge['getCapacities']>() };
  vi.stubGlobal('window', { proofload: methods });
  return methods;
});

const { useBoardStore } = await import('./boardStore');
const fresh = useBoardStore.getInitialState();
const state = () => useBoardStore.getState();

/** A baseline and a later run of a target. */
function pairOf(target: string) {
  return [
    runSummary({ id: `${target}-late`, target, startedAt: '2026-01-02T00:00:00.000Z' }),
    runSummary({ id: `${target}-base`, target, isBaseline: true }),
  ];
}

/** The P95 result of the second of two runs. */
function answer(ratio: number): Awaited<ReturnType<Bridge['compareRuns']>> {
  const delta = { run: 1, metric: 'p95', ratio, low: null, high: null, outcome: 'worse', reason: null } as const;
  const comparison: Comparison = { runs: [], deltas: [delta], warnings: [], noise: null, binsMs: [], columnS: 1 };
  return { ok: true, value: { json: JSON.stringify(comparison) } };
}

beforeEach(() => {
  useBoardStore.setState(fresh, true);
  bridge.compareRuns.mockReset();
});

describe('the changes against baselines', () => {
  it('have the worst first, and compare two runs once', async () => {
    bridge.compareRuns.mockImplementation(async ({ ids }) => answer(ids[0] === 'one-base' ? 1.1 : 1.4));
    const runs = [...pairOf('one'), ...pairOf('two')];
    await state().loadChanges(runs);
    expect(state().changes?.map(({ run }) => run.id)).toEqual(['two-late', 'one-late']);
    await state().loadChanges(runs);
    expect(bridge.compareRuns).toHaveBeenCalledTimes(2);
  });

  it('have the names that their runs have now, though they are not compared anew', async () => {
    bridge.compareRuns.mockImplementation(async () => answer(1.1));
    const [late, base] = pairOf('seven');
    if (!late || !base) throw new Error('there are two runs');
    await state().loadChanges([late, base]);
    await state().loadChanges([{ ...late, name: 'After the index' }, base]);
    expect(state().changes?.map(({ run }) => run.name)).toEqual(['After the index']);
    expect(bridge.compareRuns).toHaveBeenCalledTimes(1);
  });

  it('say what kept one from being compared, and show the others', async () => {
    const failure = { code: 'history-unreadable', message: 'the document is damaged', hint: 'repair it' } as const;
    bridge.compareRuns.mockImplementation(async ({ ids }) =>
      ids[0] === 'three-base' ? { ok: false, error: failure } : answer(1.2),
    );
    await state().loadChanges([...pairOf('three'), ...pairOf('four')]);
    expect([state().changes?.length, state().error]).toEqual([1, failure]);
  });

  it('are those of the list that was asked for last', async () => {
    let release = (): void => {};
    bridge.compareRuns.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          release = () => resolve(answer(2));
        }),
    );
    const first = state().loadChanges([...pairOf('five'), ...pairOf('six')]);
    await state().loadChanges([]);
    release();
    await first;
    expect([state().changes, bridge.compareRuns.mock.calls.length]).toEqual([[], 1]);
  });
});
