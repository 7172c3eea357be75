import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { BudgetForecast } from '../../shared/history/budgetForecast';
import type { StoreWriter } from './storeWriter';

/** So many runs are thinned in one transaction: a run that goes on waits for it with its next second. */
const thinnedAtOnce = 20;

function prepareStatements(database: Database.Database) {
  const oldestFirst = `FROM runs WHERE isPacked = 1 AND isThinned = 0 AND isPinned = 0 AND deletedAt IS NULL
     AND id NOT IN (SELECT runId FROM baselines) AND id NOT IN (SELECT runId FROM tags)
     AND EXISTS (SELECT 1 FROM responses WHERE runId = id) ORDER BY startedAt`;
  return {
    oldest: database.prepare(`SELECT id ${oldestFirst} LIMIT ${thinnedAtOnce}`).pluck(),
    sizes: database
      .prepare(`SELECT (SELECT sum(length(packed)) FROM responses WHERE runId = id) ${oldestFirst}`)
      .pluck(),
    forget: database.prepare('DELETE FROM responses WHERE runId = ?'),
    note: database.prepare('UPDATE runs SET isThinned = 1 WHERE id = ?'),
    count: database.prepare('SELECT count(*) FROM runs WHERE isThinned = 1').pluck(),
  };
}

/** Holds the history to a size that the user has chosen. */
export class RunBudget {
  readonly #database: Database.Database;
  readonly #writer: StoreWriter;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Database.Database, writer: StoreWriter) {
    this.#database = database;
    this.#writer = writer;
    this.#statements = prepareStatements(database);
  }

  /** What the history takes without its free pages, in bytes. */
  get usedBytes(): number {
    const pragma = (name: string): number => Number(this.#database.pragma(name, { simple: true }));
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  /** How many runs have no response times by second any more. */
  get thinnedRuns(): number {
    return z.int().parse(this.#statements.count.get());
  }

  /** What {@link keepWithin} would remove, by the bytes of the response times; nothing is changed. */
  forecast(maxBytes: number): BudgetForecast {
    let left = this.usedBytes;
    let runs = 0;
    for (const bytes of this.#statements.sizes.iterate()) {
      if (left <= maxBytes) break;
      left -= z.int().parse(bytes);
      runs += 1;
    }
    return { runs, isEnough: left <= maxBytes };
  }

  /**
   * Removes response times by second, of the oldest runs first, until the history takes at most `maxBytes`: with them go
   * the heatmap, the distributions of the replay and the HdrHistogram log. Figures, charts and documents stay. Pinned
   * runs, baselines and runs with a tag are never touched. Returns the ids of the runs; the history is larger than
   * `maxBytes` still when there was no more to remove. Throws as asWriting (storeWriter.ts).
   */
  keepWithin(maxBytes: number): string[] {
    const thinned: string[] = [];
    for (;;) {
      const some = this.#writer.write(() => this.#thinSome(maxBytes));
      thinned.push(...some);
      if (some.length === 0) return thinned;
    }
  }

  #thinSome(maxBytes: number): string[] {
    const thinned: string[] = [];
    if (this.usedBytes <= maxBytes) return thinned;
    for (const id of z.array(z.string()).parse(this.#statements.oldest.all())) {
      this.#statements.forget.run(id);
      this.#statements.note.run(id);
      thinned.push(id);
      if (this.usedBytes <= maxBytes) break;
    }
    return thinned;
  }
}
