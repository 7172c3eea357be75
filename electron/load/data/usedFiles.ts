import { ProofloadError } from '../../../shared/errors/appError';
import { allDataColumns, type DataFile, formatOf } from '../../../shared/scenario/dataFiles';
import type { Scenario } from '../../../shared/scenario/schema';
import type { RowFile } from './rowFile';

/** The paths of a scenario's data files, by their names in the scenario. */
export type DataPaths = Readonly<Record<string, string>>;

/** The data files whose columns journeys use, and how to read them. */
export function usedFiles(
  { journeys = [], dataFiles = [] }: Pick<Scenario, 'journeys' | 'dataFiles'>,
  paths: DataPaths,
): { file: DataFile; row: RowFile }[] {
  const columns = allDataColumns(journeys, new Set(dataFiles.map(({ name }) => name)));
  return dataFiles.flatMap((file) => {
    const wanted = columns.get(file.name);
    if (!wanted) return [];
    const path = paths[file.name];
    const format = formatOf(file);
    if (path === undefined || format === undefined)
      throw new ProofloadError('internal', `nobody has looked for ${file.file}`, 'report this as a defect');
    return [{ file, row: { path, file: file.file, format, delimiter: file.delimiter, columns: [...wanted] } }];
  });
}
