import type { DataFormat } from '../../../shared/scenario/dataFiles';
import type { Cell } from '../../../shared/scenario/template';

/** The cells of a row, in the order of the requested columns. */
export type DataRow = readonly Cell[];

/** A data file and how to read it. */
export interface RowFile {
  path: string;
  /** Its name in the scenario, for messages. */
  file: string;
  format: DataFormat;
  /** The delimiter of CSV. Without it, the first line decides. */
  delimiter?: string | undefined;
  /** The requested columns. A row has no others. */
  columns: readonly string[];
}
