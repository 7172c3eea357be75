import type { RunDocument } from '../../run/document';
import { describePart } from '../../scenario/describe';
import { formatNumber, formatShare } from '../../units/format';
import { type Section, sectionOf } from '../blocks';
import { columnsFor, latencyRow } from './latencies';

/** What each of several scenarios in one run did, with its load; empty for a run with one. */
export function scenarioSection({ metrics, scenario }: RunDocument): Section<'scenarios'>[] {
  const { load } = scenario;
  if (load.executor !== 'scenarios') return [];
  const figures = load.scenarios.flatMap((part) => {
    const found = metrics.by_scenario?.[part.name];
    return found ? [{ part, found }] : [];
  });
  return sectionOf('scenarios', 'Scenarios', [
    {
      kind: 'table',
      columns: ['Scenario', 'Load', 'Completed', 'Failed', 'Interrupted', 'Dropped', 'Requests', 'Failed requests'],
      rows: figures.map(({ part, found }) => ({
        label: part.name,
        cells: [
          describePart(part, scenario),
          ...[
            found.completed,
            found.failed,
            found.interrupted,
            found.dropped,
            found.requests,
            found.failedRequests,
          ].map((count) => formatNumber(count)),
        ],
      })),
    },
    {
      kind: 'table',
      columns: columnsFor('Response time'),
      rows: figures.map(({ part, found }) => latencyRow(part.name, found.http_req_duration)),
    },
  ]);
}

/** Iterations by journey, with the durations of those without a failure; empty for a run without journeys. */
export function journeySection({ metrics }: RunDocument): Section<'journeys'>[] {
  const journeys = Object.entries(metrics.by_journey ?? {});
  return sectionOf('journeys', 'Iterations by journey', [
    {
      kind: 'table',
      columns: ['Journey', 'Completed', 'Failed', 'Interrupted'],
      rows: journeys.map(([journey, { completed, failed, interrupted }]) => ({
        label: journey,
        cells: [completed, failed, interrupted].map((count) => formatNumber(count)),
      })),
    },
    {
      kind: 'table',
      columns: columnsFor('Duration'),
      rows: journeys.map(([journey, { iteration_duration }]) => latencyRow(journey, iteration_duration)),
    },
  ]);
}

/** The results of each check of the journeys. Failed ones have an example. */
export function stepCheckSection({ checks = [] }: RunDocument): Section<'stepChecks'>[] {
  return sectionOf('stepChecks', 'Checks of steps', [
    {
      kind: 'table',
      columns: ['Check', 'Step', 'Passes', 'Fails', 'Passed', 'Example of a failure'],
      rows: checks.map(({ operation, check, passes, fails, example = '' }) => ({
        label: check,
        cells: [
          operation,
          formatNumber(passes),
          formatNumber(fails),
          formatShare(passes / Math.max(1, passes + fails)),
          example,
        ],
      })),
    },
  ]);
}
