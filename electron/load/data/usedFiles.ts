import { ProofloadError } from '../../../shared/errors/appError';
import { allDataColumns, type DataFile, formatOf } from '../../../shared/scenario/dataFiles';
import type { Scenario } from '../../../shared/scenario/schema';
import type { RowFile } from './rowFile';

/** Where the data files of a scenario are, by the names that it gives them. */
export type DataPaths = Readonly<Record<string, string>>;

/** The data files of which journeys use columns, as they are read. */
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
