import { type Gate, gatekeeperOf, gateOf } from '../../../shared/ladder/gate';
import { targetLabel } from '../../../shared/run/target';
import type { HistoryStore } from '../../history/historyStore';
import type { RunRequest } from '../../run/runContract';
import { levels } from './levels';

/** A request that knows whether its level is locked. */
export interface GatedRequest {
  gate: Gate;
}

/** Whether the history unlocks the level of a run for its target; a scenario that is not a level is never locked. */
export function gateFor(
  history: Pick<HistoryStore, 'list'>,
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
): Gate {
  const gatekeeper = levels.some(({ id }) => id === scenario.id) ? gatekeeperOf(levels, scenario) : undefined;
  if (!gatekeeper) return gateOf(undefined, []);
  return gateOf(gatekeeper, history.list({ limit: 500, scenarioId: gatekeeper.id, target: targetLabel(target) }));
}
