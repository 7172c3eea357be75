import type { AppError } from '../errors/appError';

/** A run that was imported. */
export interface ImportedRun {
  id: string;
  /** What it is, such as `k6: script.js`. */
  name: string;
  /** What is lost, unknown or different. */
  notes: readonly string[];
}

/** What became of files that were to be imported. */
export interface ImportOutcome {
  imported: readonly ImportedRun[];
  errors: readonly AppError[];
}

/** How far an import is. */
export interface ImportProgress {
  /** The file that is read, the first being 1, and how many there are. */
  file: string;
  number: number;
  of: number;
  /** How much of the file has been read, from 0 to 1. */
  share: number;
  /** How long the rest of the file takes at the pace so far; null until that can be told. */
  leftMs: number | null;
}
