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
  const runsOf = (id: string | undefined): RunSummary[] =>
    runs.filter((run) => run.scenarioId === id && run.target === target && run.verdict !== null && run.origin === null);
  const gatekeeper = gatekeeperOf(levels, level);
  return { last: runsOf(level.id)[0], gate: gateOf(gatekeeper, runsOf(gatekeeper?.id)) };
}
