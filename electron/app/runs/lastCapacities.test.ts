import { expect, it } from 'vitest';
import type { Capacity } from '../../../shared/run/capacity';
import type { RunSummary } from '../../../shared/run/summary';
import { runDocument, runSummary } from '../../../tests/support/factories';
import { lastCapacities } from './lastCapacities';

const capacity: Capacity = { rate: 1_900, low: 1_850, high: 1_950, atLeast: false, limitedBy: 'target-cpu', steps: [] };

function historyOf(runs: readonly Partial<RunSummary>[], read: string[] = []) {
  return {
    list: () => runs.map((run) => runSummary({ scenarioId: 'level-c', ...run })),
    document: (id: string) => {
      read.push(id);
      const document = runDocument({ id });
      return id === 'old' ? document : { ...document, capacity };
    },
  };
}

it('the capacity of a target is that of its last search that came to a result here', () => {
  const read: string[] = [];
  const found = lastCapacities(
    historyOf(
      [
        { id: 'running', target: 'sqlite', verdict: null },
        { id: 'stopped', target: 'sqlite', verdict: 'aborted' },
        { id: 'foreign', target: 'sqlite', origin: 'proofload' },
        { id: 'old', target: 'hybrid' },
        { id: 'a', target: 'sqlite', verdict: 'inconclusive' },
        { id: 'b', target: 'sqlite' },
        { id: 'c', target: 'memory', verdict: 'failed' },
      ],
      read,
    ),
  );
  expect(found.map(({ target, runId }) => [target, runId])).toEqual([
    ['sqlite', 'a'],
    ['memory', 'c'],
  ]);
  expect(found[0]?.capacity).toEqual({ rate: 1_900, low: 1_850, high: 1_950, atLeast: false, limitedBy: 'target-cpu' });
  expect(read).toEqual(['old', 'a', 'c']);
});

it('no more documents are read than there are rows to show', () => {
  const read: string[] = [];
  lastCapacities(
    historyOf(
      Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, target: `t${index}` })),
      read,
    ),
  );
  expect(read).toHaveLength(12);
});
