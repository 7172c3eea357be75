import type { TargetCapacity } from '../../../shared/run/capacity';
import type { HistoryStore } from '../../history/historyStore';

/** The level that searches for the capacity. */
const capacityLevel = 'level-c';
/** How many runs are searched, and how many targets are returned at most. Each needs a document to be read. */
const newestRuns = 100;
const mostTargets = 12;

/** The result of the last capacity search on each target in this history, latest first. Throws `history-unreadable`. */
export function lastCapacities(history: Pick<HistoryStore, 'list' | 'document'>): TargetCapacity[] {
  const found = new Map<string, TargetCapacity>();
  const runs = history.list({ scenarioId: capacityLevel, limit: newestRuns });
  for (const { id, target, startedAt, verdict, origin } of runs) {
    if (origin !== null || (verdict !== 'passed' && verdict !== 'failed' && verdict !== 'inconclusive')) continue;
    if (found.has(target) || found.size >= mostTargets) continue;
    const { capacity } = history.document(id);
    if (!capacity) continue;
    const { steps: _steps, ...result } = capacity;
    found.set(target, { target, runId: id, startedAt, capacity: result });
  }
  return [...found.values()];
}
