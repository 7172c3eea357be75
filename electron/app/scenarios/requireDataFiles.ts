import { ProofloadError } from '../../../shared/errors/appError';
import type { Scenario } from '../../../shared/scenario/schema';
import { dataError } from '../../load/data/dataError';
import { dataFilePath } from '../../load/data/dataFilePath';
import { type DataPaths, usedFiles } from '../../load/data/usedFiles';
import type { RunRequest } from '../../run/runContract';

/**
 * The paths of the data files of a scenario, by name. Undefined without data files. Throws `data-invalid` for a file
 * that is not in the folder of the scenario file, and `usage` when that folder is not known.
 */
export function dataPathsOf({ id, dataFiles }: Scenario, folder: string | undefined): DataPaths | undefined {
  if (!dataFiles) return undefined;
  if (folder === undefined)
    throw new ProofloadError(
      'usage',
      `the scenario ${id} has data files beside its own file, and this file is not known`,
      'name the file of the scenario, or write the rows into "data"',
    );
  return Object.fromEntries(dataFiles.map(({ name, file }) => [name, dataFilePath(file, folder)]));
}

/**
 * Checks, before anything is sent, that the data files of a run have a first row and the columns that journeys use.
 * Rejects with `data-invalid`.
 */
export async function requireDataFiles({
  scenario,
  dataPaths,
}: Pick<RunRequest, 'scenario' | 'dataPaths'>): Promise<void> {
  if (!dataPaths) return;
  // Loaded on demand, because other runs don't need it.
  const { readRows } = await import('../../load/data/rows');
  for (const { row } of usedFiles(scenario, dataPaths)) {
    const rows = readRows(row);
    const { done } = await rows.next();
    await rows.return(undefined);
    if (done) throw dataError(row.file, 'has no rows', 'add rows, or name another file');
  }
}
