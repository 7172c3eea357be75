/** A row of a file, by the names of its columns. */
export type Row = Readonly<Record<string, string | undefined>>;

/** How the rows of a file are read. */
export interface RowOptions {
  /** A comma by default. */
  delimiter?: string;
  /** The names of the columns, when the file has no header. */
  columns?: readonly string[];
  /** The names of the columns that are read; others may be left out of rows. All by default. */
  wanted?: readonly string[];
}

/** Receives the rows of a file, and a call for each repetition of its header. */
export interface RowSink {
  row(row: Row): void;
  /** A repeated header. */
  header(): void;
}
