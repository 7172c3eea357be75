import { expect, it } from 'vitest';
import { runDocument } from '../../../tests/support/factories';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { scenarioSection } from './journeys';

const latency = { count: 8, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p99_9: 6, max: 7 };
const buy = {
  ...{ completed: 5, failed: 1, interrupted: 2, dropped: 3 },
  ...{ requests: 16, failedRequests: 4, iteration_duration: latency, http_req_duration: latency },
};

it('several scenarios are a table with their loads, and one of their response times', () => {
  const { metrics } = runDocument();
  const [section] = scenarioSection(
    runDocument({ scenario: severalScenarios(), metrics: { ...metrics, by_scenario: { buy } } }),
  );
  const [table, times] = section?.blocks ?? [];
  if (table?.kind !== 'table' || times?.kind !== 'table') throw new Error('two tables are expected');
  expect(table.columns.slice(2)).toEqual([
    ...['Completed', 'Failed', 'Interrupted', 'Dropped', 'Requests', 'Failed requests'],
  ]);
  expect(table.rows).toEqual([
    { label: 'buy', cells: ['2 virtual users for 2s from 1s', '5', '1', '2', '3', '16', '4'] },
  ]);
  expect(times.rows.map(({ label }) => label)).toEqual(['buy']);
});

it('a run with one scenario has no such table', () => {
  expect(scenarioSection(runDocument())).toEqual([]);
});
