import { toolNames } from '../../shared/interchange/importedResult';
import type { HistoryStore } from '../history/historyStore';
import { importFailed } from '../report/importers/importFile';
import { readResult } from '../report/importers/readResult';
import { isRunId, newRunId } from './runId';

/** A run that was imported. */
export interface ImportedRun {
  id: string;
  /** What it is, such as `k6: script.js`. */
  name: string;
  /** What is lost, unknown or different. */
  notes: readonly string[];
}

/**
 * Keeps what a file holds in the history: a run of Proofload as it is, the results of another tool as results. Throws
 * `import-failed`, with nothing stored, and `history-write-failed`.
 */
export async function importRuns(
  history: Pick<HistoryStore, 'imports'>,
  path: string,
  now: Date,
): Promise<ImportedRun[]> {
  const { file, content } = await readResult(path);
  if (content.kind === 'run') {
    const { document } = content;
    if (!isRunId(document.id))
      throw importFailed(`${file} has an id that Proofload gives no run`, 'export the run anew');
    history.imports.addRun(document);
    return [{ id: document.id, name: `Proofload: ${document.scenario.name}`, notes: [] }];
  }
  return content.results.map((figures) => {
    const result = {
      ...figures,
      schema: 'proofload.result/1' as const,
      id: newRunId(now),
      importedAt: now.toISOString(),
      file: 'file' in figures ? figures.file : file,
    };
    history.imports.addResult(result);
    return { id: result.id, name: `${toolNames[result.tool]}: ${result.subject ?? file}`, notes: result.notes };
  });
}
