import { ProofloadError, toAppError } from '../../shared/errors/appError';
import type { LogLine, RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import { noArchive, type PackedSecond, type RunArchive } from '../history/runArchive';
import { packSecond } from '../history/runSeconds';
import { isInUse } from '../history/storeWriter';
import type { RecordedSecond } from '../measure/recordedSecond';

/**
 * How long the begin and the end of a run wait for another process that writes the history, and the pause between
 * attempts.
 */
const patienceMs = 300_000;
const pauseMs = 500;
/**
 * The maximum number of seconds that are kept in memory while another process writes the history: tens of megabytes.
 */
const maxPendingSeconds = 1_800;

/** Called with messages about what happens while a run is saved. */
export type TellOfSaving = (level: LogLine['level'], message: string) => void;

/**
 * Saves a run while it is in progress. Seconds that cannot be written because another process writes the history are
 * kept in memory. They are written with the next second, or at the end, which waits. Nothing blocks the event loop.
 * After any other error nothing more is saved, and the run continues: its figures are still shown and written to files.
 */
export class RunPersister {
  readonly #archive: RunArchive;
  readonly #runId: string;
  readonly #tell: TellOfSaving;
  #works = true;
  /** The seconds that are still to be written. After a failed attempt, there is more than one. */
  #pending: PackedSecond[] = [];
  #isLate = false;

  constructor(archive: RunArchive, runId: string, tell: TellOfSaving) {
    this.#archive = archive;
    this.#runId = runId;
    this.#tell = tell;
  }

  /**
   * Begins the run in the archive, while `isWanted` returns true. Rejects as the archive does, and with `interrupted`.
   */
  begin(run: RunDescription, isWanted: () => boolean): Promise<void> {
    return this.#patiently(() => {
      if (!isWanted()) throw new ProofloadError('interrupted', 'the run was stopped before it began', 'start it again');
      this.#archive.begin(run);
    });
  }

  append(second: RecordedSecond): void {
    if (!this.#works || this.#archive === noArchive) return;
    this.#pending.push(packSecond(second));
    try {
      this.#writePending();
    } catch (error) {
      this.#isLate = true;
      if (!isInUse(error) || this.#pending.length > maxPendingSeconds) this.#giveUp(error);
    }
  }

  /** Writes the delayed seconds, so that the log of the run can report it. */
  async settle(): Promise<void> {
    await this.#try(() => this.#writePending());
  }

  /** Resolves with whether the run is now in the history. */
  finish(document: RunDocument): Promise<boolean> {
    return this.#try(() => {
      this.#writePending();
      this.#archive.finish(document);
    });
  }

  /** Discards a run in which nothing was measured. */
  async discard(): Promise<void> {
    await this.#try(() => this.#archive.discard(this.#runId));
  }

  #writePending(): void {
    if (this.#pending.length === 0) return;
    this.#archive.append(this.#runId, this.#pending);
    if (this.#isLate)
      this.#tell(
        'info',
        `another Proofload was writing the history: ${this.#pending.length} seconds of the run were kept in memory meanwhile and are saved now`,
      );
    this.#isLate = false;
    this.#pending = [];
  }

  async #try(write: () => void): Promise<boolean> {
    if (!this.#works) return false;
    try {
      await this.#patiently(write);
      return true;
    } catch (error) {
      this.#giveUp(error);
      return false;
    }
  }

  /** Repeats a write until no other process is writing. */
  async #patiently(write: () => void): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      try {
        write();
        return;
      } catch (error) {
        if (!isInUse(error) || waitedMs >= patienceMs) throw error;
        if (waitedMs === 0)
          this.#tell('warning', 'another Proofload is writing the history: the run waits for it to be saved');
      }
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
  }

  #giveUp(error: unknown): void {
    this.#works = false;
    this.#pending = [];
    const { message, hint } = toAppError(error);
    this.#tell('error', `the run is not being saved: ${message}; ${hint}`);
  }
}
