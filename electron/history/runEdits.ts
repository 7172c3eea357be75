import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ProofloadError } from '../../shared/errors/appError';
import { isInUse, type StoreWriter } from './storeWriter';

/** What a user can set on a run. */
export interface RunNote {
  /** Null for the name of the scenario. */
  name?: string | null | undefined;
  notes?: string | undefined;
  isPinned?: boolean | undefined;
}

/** How long a deleted run can be restored. */
const undoMs = 60 * 60 * 1_000;
/** Runs purged in one transaction; a run in progress waits for it to write its next second. */
const purgedAtOnce = 20;

const baselineRowSchema = z.object({ scenarioId: z.string(), machine: z.string(), target: z.string() });

/** The error for a run that is not in the history. */
export function runNotFound(runId: string): ProofloadError {
  return new ProofloadError('run-not-found', `there is no run ${runId}`, 'choose a run that is saved', {
    details: { about: 'run' },
  });
}

/**
 * What users change about runs: names, notes, tags, baselines and deletion. All methods throw as asWriting
 * (storeWriter.ts).
 */
export class RunEdits {
  readonly #database: Database.Database;
  readonly #writer: StoreWriter;

  constructor(database: Database.Database, writer: StoreWriter) {
    this.#database = database;
    this.#writer = writer;
  }

  /** Changes the name, notes or pin of a run. Throws `run-not-found`. */
  note(runId: string, { name, notes, isPinned }: RunNote): void {
    this.#write(() => {
      this.#require(runId);
      const set = (column: 'name' | 'notes' | 'isPinned', value: string | number | null): void => {
        this.#database.prepare(`UPDATE runs SET ${column} = @value WHERE id = @runId`).run({ runId, value });
      };
      if (name !== undefined) set('name', name);
      if (notes !== undefined) set('notes', notes);
      if (isPinned !== undefined) set('isPinned', isPinned ? 1 : 0);
    });
  }

  /** Adds a tag to runs, or removes it. */
  tag(runIds: readonly string[], tag: string, isSet: boolean): void {
    const statement = this.#database.prepare(
      isSet
        ? 'INSERT OR IGNORE INTO tags (runId, tag) SELECT id, @tag FROM runs WHERE id = @runId'
        : 'DELETE FROM tags WHERE runId = @runId AND tag = @tag',
    );
    this.#write(() => {
      for (const runId of runIds) statement.run({ runId, tag });
    });
  }

  /**
   * Makes a run the baseline of its scenario and target on its machine, or stops it being one. Throws `run-not-found`.
   */
  setBaseline(runId: string, isSet: boolean): void {
    this.#write(() => {
      const about = this.#require(runId);
      if (!isSet) {
        this.#database.prepare('DELETE FROM baselines WHERE runId = ?').run(runId);
        return;
      }
      this.#database
        .prepare('DELETE FROM baselines WHERE scenarioId = @scenarioId AND machine = @machine AND target = @target')
        .run(about);
      this.#database
        .prepare(
          'INSERT INTO baselines (scenarioId, machine, target, runId) VALUES (@scenarioId, @machine, @target, @runId)',
        )
        .run({ ...about, runId });
    });
  }

  /** Deletes runs that have ended; they can be restored for an hour. Returns how many. */
  delete(runIds: readonly string[], now: Date): number {
    const statement = this.#database.prepare(
      'UPDATE runs SET deletedAt = @at WHERE id = @runId AND deletedAt IS NULL AND verdict IS NOT NULL',
    );
    return this.#write(() =>
      runIds.reduce((count, runId) => count + statement.run({ runId, at: now.getTime() }).changes, 0),
    );
  }

  /** Restores deleted runs. Returns how many. */
  restore(runIds: readonly string[]): number {
    const statement = this.#database.prepare('UPDATE runs SET deletedAt = NULL WHERE id = @runId');
    return this.#write(() => runIds.reduce((count, runId) => count + statement.run({ runId }).changes, 0));
  }

  /** Whether {@link purge} has runs to remove. */
  isPurgeDue(now: Date): boolean {
    const due = this.#database.prepare('SELECT 1 FROM runs WHERE deletedAt < ? LIMIT 1').get(now.getTime() - undoMs);
    return due !== undefined;
  }

  /**
   * Removes runs that were deleted more than an hour ago. Returns how many. Runs that it leaves while another process
   * writes can be purged at any later time.
   */
  purge(now: Date): number {
    // Every command calls this, so it waits for no other process when there is nothing to purge.
    if (!this.isPurgeDue(now)) return 0;
    const statement = this.#database.prepare(
      `DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE deletedAt < ? LIMIT ${purgedAtOnce})`,
    );
    let purged = 0;
    for (;;) {
      try {
        const { changes } = this.#write(() => statement.run(now.getTime() - undoMs));
        purged += changes;
        if (changes < purgedAtOnce) return purged;
      } catch (error) {
        if (isInUse(error)) return purged;
        throw error;
      }
    }
  }

  /** Deletes runs that are older than `days`, except pinned runs, baselines and tagged runs. Returns their ids. */
  retain(days: number, now: Date): string[] {
    const before = new Date(now.getTime() - days * 24 * 60 * 60 * 1_000).toISOString();
    const ids = z.array(z.string()).parse(
      this.#database
        .prepare(
          `SELECT id FROM runs WHERE startedAt < ? AND deletedAt IS NULL AND verdict IS NOT NULL AND isPinned = 0
           AND id NOT IN (SELECT runId FROM baselines) AND id NOT IN (SELECT runId FROM tags)`,
        )
        .pluck()
        .all(before),
    );
    this.delete(ids, now);
    return ids;
  }

  #require(runId: string): z.infer<typeof baselineRowSchema> {
    const row = this.#database.prepare('SELECT scenarioId, machine, target FROM runs WHERE id = ?').get(runId);
    if (row !== undefined) return baselineRowSchema.parse(row);
    throw runNotFound(runId);
  }

  #write<T>(work: () => T): T {
    return this.#writer.write(work);
  }
}
