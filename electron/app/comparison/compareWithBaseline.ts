import type { Comparison } from '../../../shared/comparison/comparison';
import type { RunDocument } from '../../../shared/run/document';
import type { HistoryStore } from '../../history/historyStore';
import { baselineDocument } from '../runs/chooseBaseline';
import { loadedDocument } from './comparedRun';
import { compareLoaded } from './compareRuns';

/**
 * Compares a run with its baseline: the run with the given id or file, else the baseline in the history for the same
 * scenario, target and machine. Undefined without a baseline, and when the run is itself the baseline. Throws
 * `run-not-found`, `usage`, `import-failed`.
 */
export async function compareWithBaseline(
  history: HistoryStore,
  document: RunDocument,
  named?: string,
): Promise<Comparison | undefined> {
  const baseline = await baselineDocument(history, document, named);
  if (!baseline || baseline.id === document.id) return undefined;
  return compareLoaded(history, loadedDocument(baseline), [loadedDocument(document)]);
}
