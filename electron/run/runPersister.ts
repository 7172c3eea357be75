import { toAppError } from '../../shared/errors/appError';
import type { RunDocument } from '../../shared/run/document';
import type { RunArchive } from '../history/runArchive';
import type { RecordedSecond } from '../measure/recordedSecond';

/**
 * Keeps a run while it goes on, as long as the archive can take it. After the first fault it keeps nothing more and the
 * run goes on: its numbers are still shown and written to files.
 */
export class RunPersister {
  readonly #archive: RunArchive;
  readonly #runId: string;
  readonly #onFault: (message: string) => void;
  #works = true;

  constructor(archive: RunArchive, runId: string, onFault: (message: string) => void) {
    this.#archive = archive;
    this.#runId = runId;
    this.#onFault = onFault;
  }

  append(second: RecordedSecond): void {
    this.#try(() => this.#archive.append(this.#runId, second));
  }

  /** Whether the run is now in the history. */
  finish(document: RunDocument): boolean {
    return this.#try(() => this.#archive.finish(document));
  }

  /** Forgets a run in which nothing was measured. */
  discard(): void {
    this.#try(() => this.#archive.discard(this.#runId));
  }

  #try(write: () => void): boolean {
    if (!this.#works) return false;
    try {
      write();
      return true;
    } catch (error) {
      this.#works = false;
      const { message, hint } = toAppError(error);
      this.#onFault(`the run is not being saved: ${message}; ${hint}`);
      return false;
    }
  }
}
