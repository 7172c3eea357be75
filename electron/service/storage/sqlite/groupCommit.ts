import type Database from 'better-sqlite3';
import type { PartTimer } from '../../serverTiming';
import { commitDelay } from './commitDelay';
import { toStorageError } from './sqliteErrors';

interface PendingWrite {
  apply: () => void;
  /** Called once: with nothing after the commit, or with the reason why the write is not stored. */
  settle: (error?: unknown) => void;
  timing: PartTimer;
  queuedMs: number;
}

export interface GroupCommitOptions {
  /** How long writes wait for others, if the last commit had several. */
  windowMs: number;
  /** The maximum number of writes in one transaction. */
  maxWrites: number;
  /** How much longer each commit takes than the disk needs, in ms. */
  delayMs?: number;
  /** Returns the time of a monotonic clock, in ms; `performance.now` by default. */
  now?: () => number;
}

/** A batch that has taken this long accepts no further write. This limits how long reads wait. */
const maxBatchMs = 5;

/**
 * Commits all writes that arrive in one turn of the event loop in one transaction. A single write is committed at the
 * end of its turn: writes wait for a timer only if the last batch had several. A promise resolves after the COMMIT that
 * made its write durable. A refused write does not affect the others of its batch. A COMMIT that fails rejects the
 * whole batch. The event loop turns between two batches, so that a read waits for one batch at most.
 */
export class GroupCommit {
  readonly #database: Database.Database;
  readonly #options: GroupCommitOptions;
  readonly #queue: PendingWrite[] = [];
  #scheduled = false;
  #lastBatchSize = 0;
  #idle: (() => void)[] = [];
  readonly #delay: () => void;
  readonly #now: () => number;

  constructor(database: Database.Database, options: GroupCommitOptions) {
    this.#database = database;
    this.#options = options;
    this.#delay = commitDelay(options.delayMs ?? 0);
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Queues a write. `apply` runs inside the transaction, and an error that it throws rejects only this write.
   * `onCommitted` runs after the commit and before the promise resolves.
   */
  write<T>(apply: () => T, timing: PartTimer, onCommitted: (value: T) => void = () => {}): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: { value: T } | undefined;
      this.#queue.push({
        apply: () => {
          result = { value: apply() };
        },
        settle: (error) => {
          if (!result || error !== undefined) return reject(error);
          onCommitted(result.value);
          resolve(result.value);
        },
        timing,
        queuedMs: this.#now(),
      });
      this.#schedule();
    });
  }

  /** Resolves when everything that was queued is committed or refused. */
  async drained(): Promise<void> {
    if (this.#queue.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || this.#queue.length === 0) return;
    this.#scheduled = true;
    const { windowMs, maxWrites } = this.#options;
    const expectsCompany = this.#lastBatchSize > 1 && this.#queue.length < maxWrites;
    if (windowMs > 0 && expectsCompany) setTimeout(() => this.#commitBatch(), windowMs);
    else setImmediate(() => this.#commitBatch());
  }

  #commitBatch(): void {
    this.#scheduled = false;
    const taken: PendingWrite[] = [];
    const applied: PendingWrite[] = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      this.#applyBatch(taken, applied);
      const startedMs = this.#now();
      this.#database.exec('COMMIT');
      this.#delay();
      const commitMs = this.#now() - startedMs;
      applied[0]?.timing.hold('commit', commitMs);
      for (const write of applied) {
        write.timing.add('commit', commitMs);
        write.settle();
      }
    } catch (thrown) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      const error = toStorageError(thrown);
      // A BEGIN that fails has taken no writes. Then the writes that it would have taken are rejected.
      for (const write of taken.length > 0 ? applied : this.#queue.splice(0, this.#options.maxWrites))
        write.settle(error);
    }
    this.#lastBatchSize = taken.length;
    if (this.#queue.length > 0) this.#schedule();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  #applyBatch(taken: PendingWrite[], applied: PendingWrite[]): void {
    const begunMs = this.#now();
    let nowMs = begunMs;
    while (taken.length < this.#options.maxWrites && nowMs - begunMs < maxBatchMs) {
      const write = this.#queue.shift();
      if (!write) return;
      taken.push(write);
      const startedMs = nowMs;
      write.timing.add('wait', startedMs - write.queuedMs);
      try {
        write.apply();
        applied.push(write);
      } catch (thrown) {
        write.settle(thrown);
      }
      nowMs = this.#now();
      write.timing.add('write', nowMs - startedMs);
      write.timing.hold('write', nowMs - startedMs);
    }
  }
}
