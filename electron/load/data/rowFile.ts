import type { DataFormat } from '../../../shared/scenario/dataFiles';
import type { Cell } from '../../../shared/scenario/template';

/** The cells of a row, in the order of the columns that were asked for. */
export type DataRow = readonly Cell[];

/** A data file as it is read. */
export interface RowFile {
  path: string;
  /** What the scenario calls it, for messages. */
  file: string;
  format: DataFormat;
  /** Of CSV; left out, the first line tells. */
  delimiter?: string | undefined;
  /** Those that are wanted; a row has no others. */
  columns: readonly string[];
}
