import type { RunFormat } from '../../../shared/interchange/formats';
import type { HistoryStore } from '../../history/historyStore';
import { exportRun, jsonFile } from './exportRun';

/**
 * A run of the history as the text of a file; the result of another tool as what is kept of it. Throws
 * `run-not-found`, `history-unreadable`, and `usage` for a result in a format that only runs have.
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
