import type { Comparison } from '../../../shared/comparison/comparison';
import type { RunDocument } from '../../../shared/run/document';
import type { HistoryStore } from '../../history/historyStore';
import { baselineDocument } from '../runs/chooseBaseline';
import { loadedDocument } from './comparedRun';
import { compareLoaded } from './compareRuns';

/**
 * A run beside its baseline: the one that is named, by its id or as a file, else that of its scenario, target and machine
 * in the history. Undefined without one, and of a run that is the baseline itself. Throws `run-not-found`, `usage`,
 * `import-failed`.
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
