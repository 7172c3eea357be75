import { basename } from 'node:path';
import { type AppError, ProofloadError, toAppError } from '../../../shared/errors/appError';
import { toolNames } from '../../../shared/interchange/importedResult';
import type { ImportedRun, ImportOutcome, ImportProgress } from '../../../shared/interchange/importOutcome';
import type { HistoryStore } from '../../history/historyStore';
import { type ImportWatch, importFailed } from '../../report/importers/importFile';
import { type FileContent, readResult } from '../../report/importers/readResult';
import { isRunId, newRunId } from '../../run/runId';

/** Reads a file and saves its runs. Rejects as {@link importRuns} says. */
export type ImportFile = (path: string, watch: ImportWatch) => Promise<ImportedRun[]>;

/**
 * Saves what was read from a file: a run of Proofload unchanged, the results of another tool as results. Throws
 * `import-failed`, `history-write-failed`.
 */
export function keepRead(
  history: Pick<HistoryStore, 'imports'>,
  { file, content }: { file: string; content: FileContent },
  now: Date,
): ImportedRun[] {
  if (content.kind === 'run') {
    const { document } = content;
    if (!isRunId(document.id))
      throw importFailed(`${file} has an id that is not a run id of Proofload`, 'export the run again');
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

/** Imports files in this process, with `now` as the time of the import. */
export function importInto(history: Pick<HistoryStore, 'imports'>, now: Date): ImportFile {
  return async (path, watch) => keepRead(history, await readResult(path, watch), now);
}

/** The listener of an import, which can stop it. */
export interface ImportListener {
  signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
  /** The clock, in ms. */
  nowMs?(): number;
}

/** The time left is estimated only after this share of a file. */
const leastShare = 0.01;

/** Estimates the time that the rest of a file takes, from the progress so far. */
function timeLeft(nowMs: () => number): (share: number) => number | null {
  let begunMs = nowMs();
  let before = 0;
  return (share) => {
    // A file that needs special handling is read again from its beginning, at a different speed.
    const isAgain = share < before;
    if (isAgain) begunMs = nowMs();
    before = share;
    return isAgain || share < leastShare ? null : ((nowMs() - begunMs) / share) * (1 - share);
  };
}

/**
 * Imports files one after the other. A file that can't be imported does not stop the others: its error is returned
 * (`import-failed`, `history-write-failed`), and nothing from it is saved. When the import is stopped, files that were
 * imported before stay, and `interrupted` is the last error.
 */
export async function importRuns(
  paths: readonly string[],
  importFile: ImportFile,
  { signal, onProgress, nowMs = () => performance.now() }: ImportListener = {},
): Promise<ImportOutcome> {
  const imported: ImportedRun[] = [];
  const errors: AppError[] = [];
  for (const [index, path] of paths.entries()) {
    const leftMs = timeLeft(nowMs);
    const onRead = (share: number): void =>
      onProgress?.({ file: basename(path), number: index + 1, of: paths.length, share, leftMs: leftMs(share) });
    try {
      onRead(0);
      imported.push(...(await importFile(path, { onRead, ...(signal ? { signal } : {}) })));
    } catch (thrown) {
      errors.push(toAppError(thrown));
      if (thrown instanceof ProofloadError && thrown.code === 'interrupted') break;
    }
  }
  return { imported, errors };
}
