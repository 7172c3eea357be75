import { type Gate, gatekeeperOf, gateOf } from '../../../shared/ladder/gate';
import { targetLabel } from '../../../shared/run/target';
import type { HistoryStore } from '../../history/historyStore';
import type { RunRequest } from '../../run/runContract';
import { levels } from './levels';

/** Whether the history opens the level of a run to its target; open to all that is no level. */
export function gateFor(
  history: Pick<HistoryStore, 'list'>,
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
): Gate {
  const gatekeeper = levels.some(({ id }) => id === scenario.id) ? gatekeeperOf(levels, scenario) : undefined;
  if (!gatekeeper) return gateOf(undefined, []);
  return gateOf(gatekeeper, history.list({ limit: 500, scenarioId: gatekeeper.id, target: targetLabel(target) }));
}
