import type { RunSummary } from '../../../shared/run/summary';
import type { Scenario } from '../../../shared/scenario/schema';
import { p95LimitMs } from '../../../shared/thresholds/evaluate';

/** The upper limits of P95 by the id of the scenario, in ms; those that have none are left out. */
export function p95Limits(scenarios: readonly Pick<Scenario, 'id' | 'thresholds'>[]): ReadonlyMap<string, number> {
  return new Map(
    scenarios.flatMap(({ id, thresholds }) => {
      const limitMs = p95LimitMs(thresholds);
      return limitMs === undefined ? [] : [[id, limitMs] as const];
    }),
  );
}

/** A line of so many runs fits into a row. */
const lineRuns = 14;

/** Runs of one scenario on one target of one machine are one line. */
function lineOf({ scenarioId, target, machine }: RunSummary): string {
  return JSON.stringify([scenarioId, target, machine]);
}

/**
 * The P95 of each run in ms, behind those of the runs before it of the same scenario and target on the same machine, by
 * the id of the run. `runs` are the oldest first.
 */
export function p95Trends(runs: readonly RunSummary[]): ReadonlyMap<string, readonly (number | null)[]> {
  const lines = new Map<string, (number | null)[]>();
  const trends = new Map<string, readonly (number | null)[]>();
  for (const run of runs) {
    if (run.verdict === null) continue;
    const key = lineOf(run);
    const line = [...(lines.get(key) ?? []), run.p95Ms].slice(-lineRuns);
    lines.set(key, line);
    trends.set(run.id, line);
  }
  return trends;
}

/**
 * The baseline that all runs can be held against: where they are of one scenario on one target of one machine, and it is
 * among them. Undefined otherwise, for one line would say something false of the others.
 */
export function commonBaseline(runs: readonly RunSummary[]): RunSummary | undefined {
  const lines = new Set(runs.map(lineOf));
  return lines.size === 1 ? runs.find(({ isBaseline }) => isBaseline) : undefined;
}
