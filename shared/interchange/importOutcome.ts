import type { AppError } from '../errors/appError';

/** A run that was imported. */
export interface ImportedRun {
  id: string;
  /** The name of the result, such as `k6: script.js`. */
  name: string;
  /** What is lost, unknown or different. */
  notes: readonly string[];
}

/** The result of an import of files. */
export interface ImportOutcome {
  imported: readonly ImportedRun[];
  errors: readonly AppError[];
}

/** The progress of an import. */
export interface ImportProgress {
  /** The current file, its number from 1, and the number of files. */
  file: string;
  number: number;
  of: number;
  /** The share of the file that has been read, from 0 to 1. */
  share: number;
  /** The estimated remaining time of the file; null until it can be estimated. */
  leftMs: number | null;
}
