import { describe, expect, it } from 'vitest';
import { checkDraft } from '../draft';
import { importedJourneyDraft } from './importedDraft';
import { hasOrder, importedJourneys } from './importedJourneys';
import type { ImportedRequests } from './importedRequests';

const requests = [
  { method: 'GET', url: 'http://x/a', weight: 2 },
  { method: 'POST', url: 'http://x/b', expectRedirect: true },
] as const;

function imported(steps: ImportedRequests['steps'], more: Partial<ImportedRequests> = {}): ImportedRequests {
  return { name: 'Shop', requests, data: [], notes: [], ...more, steps };
}

describe('journeys of a recording', () => {
  it('have its order, and its pauses as think times', () => {
    const recording = imported([
      { request: 0, atMs: 0, tookMs: 300 },
      // During the first request, and longer.
      { request: 1, atMs: 100, tookMs: 900 },
      { request: 0, atMs: 2_500, tookMs: 10 },
      { request: 0, atMs: 2_530, tookMs: 10 },
      { request: 1, atMs: 200_000, tookMs: 1 },
    ]);
    expect(hasOrder(recording)).toBe(true);
    const { journeys, notes } = importedJourneys(recording);
    const [a, b] = [
      { method: 'GET', url: 'http://x/a' },
      { method: 'POST', url: 'http://x/b', checks: [{ status: [{ min: 300, max: 399 }] }] },
    ];
    expect(journeys).toEqual([{ name: 'Shop', steps: [a, b, { thinkTime: '1s500ms' }, a, a, { thinkTime: '1m' }, b] }]);
    expect(notes).toEqual(['A pause of more than a minute became a think time of a minute.']);
    expect(checkDraft(importedJourneyDraft(recording, { journeys }, new Set()))).toMatchObject({ ok: true });
  });

  it('are cut where a scenario can have no more', () => {
    const steps = Array.from({ length: 150 }, (_, index) => ({ request: 0, atMs: index * 1_000, tookMs: 1 }));
    const { journeys, notes } = importedJourneys(imported(steps));
    // A think time at the end would delay nothing.
    expect(journeys[0]?.steps).toHaveLength(199);
    expect(notes).toEqual(['Shop has its first 200 steps: 99 more were left out.']);
  });
});

describe('journeys of a collection', () => {
  it('are its folders, with what tests expect', () => {
    const collection = imported([
      { request: 0, folder: 'Orders / {x}', expectedStatuses: [200, 204] },
      { request: 0, folder: '' },
      { request: 1, folder: 'Orders / {x}' },
    ]);
    expect(hasOrder(collection)).toBe(true);
    const { journeys } = importedJourneys(collection);
    expect(journeys.map(({ name, steps }) => [name, steps.length])).toEqual([
      ['Orders / x', 2],
      ['Shop', 1],
    ]);
    expect(journeys[0]?.steps[0]).toEqual({ method: 'GET', url: 'http://x/a', checks: [{ status: [200, 204] }] });
    expect(checkDraft(importedJourneyDraft(collection, { journeys }, new Set()))).toMatchObject({ ok: true });
  });

  it('are none where nothing has an order', () => {
    expect(hasOrder(imported([{ request: 0 }, { request: 1, folder: '' }]))).toBe(false);
  });
});
