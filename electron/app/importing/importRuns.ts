import { basename } from 'node:path';
import { type AppError, ProofloadError, toAppError } from '../../../shared/errors/appError';
import { toolNames } from '../../../shared/interchange/importedResult';
import type { ImportedRun, ImportOutcome, ImportProgress } from '../../../shared/interchange/importOutcome';
import type { HistoryStore } from '../../history/historyStore';
import { type ImportWatch, importFailed } from '../../report/importers/importFile';
import { readResult } from '../../report/importers/readResult';
import { isRunId, newRunId } from '../../run/runId';
import type { ReadResult } from './foreignReader';

type Archive = Pick<HistoryStore, 'imports'>;

/** A run of Proofload is kept as it is, the results of another tool as results. Throws as importRuns says. */
async function importFile(
  history: Archive,
  path: string,
  now: Date,
  read: ReadResult,
  watch: ImportWatch,
): Promise<ImportedRun[]> {
  const { file, content } = await read(path, watch);
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

/** Who hears of an import, may end it, and says how files are read: in this process, unless it must not wait. */
export interface ImportListener {
  read?: ReadResult;
  signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

/**
 * Keeps what files hold in the history. A file that can't be imported does not keep the others out: it is among the
 * errors (`import-failed`, `history-write-failed`), and nothing of it is stored. When it is stopped, what was imported
 * before stays, and `interrupted` is the last error.
 */
export async function importRuns(
  history: Archive,
  paths: readonly string[],
  now: Date,
  { read = readResult, signal, onProgress }: ImportListener = {},
): Promise<ImportOutcome> {
  const imported: ImportedRun[] = [];
  const errors: AppError[] = [];
  for (const [index, path] of paths.entries()) {
    const onRead = (share: number): void =>
      onProgress?.({ file: basename(path), number: index + 1, of: paths.length, share });
    try {
      onRead(0);
      imported.push(...(await importFile(history, path, now, read, { onRead, ...(signal ? { signal } : {}) })));
    } catch (thrown) {
      errors.push(toAppError(thrown));
      if (thrown instanceof ProofloadError && thrown.code === 'interrupted') break;
    }
  }
  return { imported, errors };
}
