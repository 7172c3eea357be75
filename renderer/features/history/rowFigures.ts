import type { RunSummary } from '../../../shared/run/summary';
import type { Scenario } from '../../../shared/scenario/schema';
import { p95LimitMs } from '../../../shared/thresholds/evaluate';

/** The upper P95 limits in ms, by scenario id. Scenarios without a limit are left out. */
export function p95Limits(scenarios: readonly Pick<Scenario, 'id' | 'thresholds'>[]): ReadonlyMap<string, number> {
  return new Map(
    scenarios.flatMap(({ id, thresholds }) => {
      const limitMs = p95LimitMs(thresholds);
      return limitMs === undefined ? [] : [[id, limitMs] as const];
    }),
  );
}

/** The number of runs in the trend of a row. */
const lineRuns = 14;

/** The key of a run's line in a trend: runs of the same scenario on the same target and machine share one. */
export function lineOf({ scenarioId, target, machine }: RunSummary): string {
  return JSON.stringify([scenarioId, target, machine]);
}

/**
 * For each run, by its id, its P95 in ms after those of the previous runs of the same scenario, target and machine.
 * `runs` are sorted oldest first.
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
 * The baseline that applies to all runs: they share the scenario, target and machine, and the baseline is one of them.
 * Undefined otherwise, because one line would be wrong for the others.
 */
export function commonBaseline(runs: readonly RunSummary[]): RunSummary | undefined {
  const lines = new Set(runs.map(lineOf));
  return lines.size === 1 ? runs.find(({ isBaseline }) => isBaseline) : undefined;
}
