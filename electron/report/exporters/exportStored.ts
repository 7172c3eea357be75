import type { RunFormat } from '../../../shared/interchange/formats';
import type { HistoryStore } from '../../history/historyStore';
import { exportRun, jsonFile } from './exportRun';

/**
 * Returns a run of the history as the text of a file; for the result of another tool, the result as it is stored.
 * Throws `run-not-found`, `history-unreadable`, and `usage` for a result in a format that only runs have.
 */
export function exportStored(
  history: Pick<HistoryStore, 'stored' | 'document' | 'responseHistograms'>,
  id: string,
  format: RunFormat,
): string {
  if (format === 'json') {
    const stored = history.stored(id);
    return jsonFile(stored.kind === 'run' ? stored.document : stored.result);
  }
  return exportRun({ document: history.document(id), histograms: () => history.responseHistograms(id) }, format);
}
