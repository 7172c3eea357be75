import { csvRows } from './csvRows';
import { fileText } from './fileText';
import { jsonRows } from './jsonRows';
import type { DataRow, RowFile } from './rowFile';

/** The rows of a data file, one after the other. Only a chunk of the file is in memory. Rejects with `data-invalid`. */
export function readRows(file: RowFile): AsyncGenerator<DataRow> {
  const text = fileText(file.path, file.file);
  return file.format === 'csv' ? csvRows(text, file) : jsonRows(text, file);
}
