import { type Gate, gatekeeperOf, gateOf } from '../../../shared/ladder/gate';
import { targetLabel } from '../../../shared/run/target';
import type { HistoryStore } from '../../history/historyStore';
import type { RunRequest } from '../../run/runContract';
import { levels } from './levels';

/** A request with the gate of its level. */
export interface GatedRequest {
  gate: Gate;
}

/** The gate of a level for its target, from the history. A scenario that is not a level is never locked. */
export function gateFor(
  history: Pick<HistoryStore, 'list'>,
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
): Gate {
  const gatekeeper = levels.some(({ id }) => id === scenario.id) ? gatekeeperOf(levels, scenario) : undefined;
  if (!gatekeeper) return gateOf(undefined, []);
  return gateOf(gatekeeper, history.list({ limit: 500, scenarioId: gatekeeper.id, target: targetLabel(target) }));
}
