import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import capacityLevel from '../../../resources/levels/level-c-capacity.json';
import type { TargetCapacity } from '../../../shared/run/capacity';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level, runSummary } from '../../../tests/support/factories';

vi.hoisted(() => {
  // Modules look up the bridge of the preload script when they load. Nothing that is rendered here calls it.
  vi.stubGlobal('window', { proofload: {} });
});
const { RunCell } = await import('./Cell');

const search = scenarioSchema.parse(capacityLevel);
const found: TargetCapacity = {
  target: 'memory',
  runId: 'search',
  startedAt: '2026-01-01T00:00:00.000Z',
  capacity: { rate: 1_900, low: 1_850, high: 1_950, atLeast: false, limitedBy: 'target-cpu' },
};

function cellOf(scenario: typeof search, id: string): string {
  const last = runSummary({ id, p95Ms: 7.76, p95HighMs: 8 });
  return renderToStaticMarkup(createElement(RunCell, { scenario, last, subject: 'level on In memory', found }));
}

describe('a cell of the board', () => {
  it('has the P95 of a run with its bar', () => {
    expect(cellOf(level('level-2'), 'other')).toMatch(/7\.76 ms.*<svg/);
  });

  it('has the capacity of a search with its interval, and no P95, which would be of all its loads together', () => {
    const cell = cellOf(search, 'search');
    expect(cell).toMatch(/1,900 req\/s.*95 %: 1,850 to 1,950/);
    expect(cell).not.toMatch(/7\.76|<svg/);
  });

  it('says that a search has found none, and does not take that of an earlier one for it', () => {
    const cell = cellOf(search, 'later');
    expect(cell).toContain('no capacity found');
    expect(cell).not.toMatch(/1,900|7\.76|<svg/);
  });
});
