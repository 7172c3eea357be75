import { ProofloadError } from '../../../shared/errors/appError';
import type { Scenario } from '../../../shared/scenario/schema';
import { dataError } from '../../load/data/dataError';
import { dataFilePath } from '../../load/data/dataFilePath';
import { type DataPaths, usedFiles } from '../../load/data/usedFiles';
import type { RunRequest } from '../../run/runContract';

/**
 * Where the data files of a scenario are, by their names; undefined where it has none. Throws `data-invalid` for one that
 * is not in the folder of the scenario file, `usage` where no file of it is known.
 */
export function dataPathsOf({ id, dataFiles }: Scenario, folder: string | undefined): DataPaths | undefined {
  if (!dataFiles) return undefined;
  if (folder === undefined)
    throw new ProofloadError(
      'usage',
      `${id} has data files beside its own file, and this file is not known`,
      'name the file of the scenario, or write the rows into "data"',
    );
  return Object.fromEntries(dataFiles.map(({ name, file }) => [name, dataFilePath(file, folder)]));
}

/**
 * Makes sure, before anything is sent, that the data files of a run have the columns that journeys use, and a first row.
 * Rejects with `data-invalid`.
 */
export async function requireDataFiles({
  scenario,
  dataPaths,
}: Pick<RunRequest, 'scenario' | 'dataPaths'>): Promise<void> {
  if (!dataPaths) return;
  // What reads them is loaded when it is asked for: other runs need none of it.
  const { readRows } = await import('../../load/data/rows');
  for (const { row } of usedFiles(scenario, dataPaths)) {
    const rows = readRows(row);
    const { done } = await rows.next();
    await rows.return(undefined);
    if (done) throw dataError(row.file, 'has no rows', 'add rows, or name another file');
  }
}
