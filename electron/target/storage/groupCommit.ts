import type Database from 'better-sqlite3';
import type { ServerTiming } from '../serverTiming';
import { toStorageError } from './sqliteErrors';

interface PendingWrite {
  apply: () => void;
  settle: (error?: unknown) => void;
  timing: ServerTiming;
  queuedMs: number;
}

/** The most writes in one transaction: bounds the time for which a batch holds the event loop. */
const maxBatchSize = 256;

/**
 * Commits all writes that arrive in one turn of the event loop in one transaction. A lone write is committed at the
 * end of its turn, so nobody waits for a timer. A promise resolves after the COMMIT that made its write durable.
 * One write's refusal leaves the others of its batch alone; a COMMIT that fails rejects the whole batch.
 */
export class GroupCommit {
  readonly #database: Database.Database;
  #queue: PendingWrite[] = [];
  #scheduled = false;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Queues a write. `apply` runs inside the transaction; what it throws rejects this write only. */
  write<T>(apply: () => T, timing: ServerTiming): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: { value: T } | undefined;
      this.#queue.push({
        apply: () => {
          result = { value: apply() };
        },
        settle: (error) => (result && error === undefined ? resolve(result.value) : reject(error)),
        timing,
        queuedMs: performance.now(),
      });
      if (!this.#scheduled) {
        this.#scheduled = true;
        setImmediate(() => this.flush());
      }
    });
  }

  /** Commits what is queued now. */
  flush(): void {
    this.#scheduled = false;
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, maxBatchSize);
      this.#queue = this.#queue.slice(maxBatchSize);
      this.#commit(batch);
    }
  }

  #commit(batch: readonly PendingWrite[]): void {
    const applied: PendingWrite[] = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const write of batch) {
        const startedMs = performance.now();
        write.timing.add('wait', startedMs - write.queuedMs);
        try {
          write.apply();
          applied.push(write);
        } catch (thrown) {
          write.settle(thrown);
        }
        write.timing.add('write', performance.now() - startedMs);
      }
      const startedMs = performance.now();
      this.#database.exec('COMMIT');
      const commitMs = performance.now() - startedMs;
      for (const write of applied) {
        write.timing.add('commit', commitMs);
        write.settle();
      }
    } catch (thrown) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      const error = toStorageError(thrown);
      // Settling a promise twice has no effect: writes that were refused keep their own reason.
      for (const write of batch) write.settle(error);
    }
  }
}
