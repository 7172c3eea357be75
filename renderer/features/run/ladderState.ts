import { type Gate, gatekeeperOf, gateOf } from '../../../shared/ladder/gate';
import type { RunSummary } from '../../../shared/run/summary';
import type { Scenario } from '../../../shared/scenario/schema';

/** What a rung of the ladder shows for a target. */
export interface Rung {
  last: RunSummary | undefined;
  gate: Gate;
}

/** The last run of a level on a target, and whether the level below it has opened it. */
export function rungOf(
  levels: readonly Scenario[],
  level: Scenario,
  runs: readonly RunSummary[],
  target: string,
): Rung {
  const lastOf = (id: string | undefined): RunSummary | undefined =>
    runs.find((run) => run.scenarioId === id && run.target === target && run.verdict !== null && run.origin === null);
  const gatekeeper = gatekeeperOf(levels, level);
  return { last: lastOf(level.id), gate: gateOf(gatekeeper, lastOf(gatekeeper?.id)) };
}
