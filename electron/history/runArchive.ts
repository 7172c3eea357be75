import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { RecordedSecond } from '../measure/recordedSecond';

/**
 * Where a run is kept while it goes on. What has been handed over survives a crash of the app. All methods throw a
 * ProofloadError when nothing can be kept.
 */
export interface RunArchive {
  begin(run: RunDescription): void;
  append(runId: string, second: RecordedSecond): void;
  finish(document: RunDocument): void;
  /** Forgets a run in which nothing was measured. */
  discard(runId: string): void;
}

/** Keeps nothing: for `--no-save`. */
export const noArchive: RunArchive = {
  begin: () => {},
  append: () => {},
  finish: () => {},
  discard: () => {},
};
