import type { ImportOutcome, ImportProgress } from '../../shared/interchange/importOutcome';
import { type ImportFile, importRuns } from '../app/importing/importRuns';

/** Windows hear of progress four times a second at most. */
const announceEveryMs = 250;

/** The imports of this app, one after the other. */
export class ImportSession {
  readonly #importFile: ImportFile;
  readonly #announce: (progress: ImportProgress) => void;
  #stopping = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #announcedMs = 0;

  /** `importFile` reads and keeps files outside of this process, which must not wait for them. */
  constructor(importFile: ImportFile, announce: (progress: ImportProgress) => void) {
    this.#importFile = importFile;
    this.#announce = announce;
  }

  /** Imports files when those before them are done. */
  start(paths: readonly string[]): Promise<ImportOutcome> {
    const { signal } = this.#stopping;
    const outcome = this.#last.then(() =>
      importRuns(paths, this.#importFile, { signal, onProgress: (progress) => this.#note(progress) }),
    );
    this.#last = outcome;
    return outcome;
  }

  /** Stops the import in progress and those that wait. */
  cancel(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
  }

  #note(progress: ImportProgress): void {
    const nowMs = performance.now();
    if (nowMs - this.#announcedMs < announceEveryMs) return;
    this.#announcedMs = nowMs;
    this.#announce(progress);
  }
}
