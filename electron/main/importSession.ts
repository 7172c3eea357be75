import type { ImportOutcome, ImportProgress } from '../../shared/interchange/importOutcome';
import type { ReadResult } from '../app/importing/foreignReader';
import { importRuns } from '../app/importing/importRuns';
import type { HistoryStore } from '../history/historyStore';

/** Windows hear of progress four times a second at most. */
const announceEveryMs = 250;

/** The imports of this app, one after the other. */
export class ImportSession {
  readonly #history: HistoryStore;
  readonly #read: ReadResult;
  readonly #announce: (progress: ImportProgress) => void;
  #stopping = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #announcedMs = 0;

  /** `read` reads files outside of this process, which must not wait for them. */
  constructor(history: HistoryStore, read: ReadResult, announce: (progress: ImportProgress) => void) {
    this.#history = history;
    this.#read = read;
    this.#announce = announce;
  }

  /** Imports files when those before them are done. */
  start(paths: readonly string[]): Promise<ImportOutcome> {
    const { signal } = this.#stopping;
    const outcome = this.#last.then(() =>
      importRuns(this.#history, paths, new Date(), {
        read: this.#read,
        signal,
        onProgress: (progress) => this.#note(progress),
      }),
    );
    this.#last = outcome;
    return outcome;
  }

  /** Stops what goes on and what waits. */
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
