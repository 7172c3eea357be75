import type { ImportOutcome, ImportProgress } from '../../shared/interchange/importOutcome';
import { type ImportFile, importRuns } from '../app/importing/importRuns';

/** The minimum time between two progress messages to the windows. */
const announceEveryMs = 250;

/** Runs the imports of this app one after the other. */
export class ImportSession {
  readonly #importFile: ImportFile;
  readonly #announce: (progress: ImportProgress) => void;
  #stopping = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #announcedMs = 0;

  /** `importFile` reads and saves files outside this process, so that this process is not blocked. */
  constructor(importFile: ImportFile, announce: (progress: ImportProgress) => void) {
    this.#importFile = importFile;
    this.#announce = announce;
  }

  /** Imports files after the imports before them. */
  start(paths: readonly string[]): Promise<ImportOutcome> {
    const { signal } = this.#stopping;
    const outcome = this.#last.then(() =>
      importRuns(paths, this.#importFile, { signal, onProgress: (progress) => this.#note(progress) }),
    );
    this.#last = outcome;
    return outcome;
  }

  /** Stops the import in progress and those in the queue. */
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
