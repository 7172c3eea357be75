import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { BudgetForecast } from '../../shared/history/budgetForecast';
import type { StoreWriter } from './storeWriter';

/** Runs thinned in one transaction; a run in progress waits for it to write its next second. */
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

/** Keeps the history within the size that the user chose. */
export class RunBudget {
  readonly #database: Database.Database;
  readonly #writer: StoreWriter;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Database.Database, writer: StoreWriter) {
    this.#database = database;
    this.#writer = writer;
    this.#statements = prepareStatements(database);
  }

  /** The size of the history without its free pages, in bytes. */
  get usedBytes(): number {
    const pragma = (name: string): number => Number(this.#database.pragma(name, { simple: true }));
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  /** How many runs have lost their response times by second to the budget. */
  get thinnedRuns(): number {
    return z.int().parse(this.#statements.count.get());
  }

  /** Estimates what {@link keepWithin} would remove, by the size of the response times. Changes nothing. */
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
   * Removes response times by second, oldest runs first, until the history takes at most `maxBytes`. The charts by
   * operation, the distributions in the replay and the HdrHistogram log go with them, and the heatmap of runs whose
   * document has no response times by bins; figures, other charts and documents stay. Never touches pinned runs,
   * baselines and tagged runs, so the history can stay larger than `maxBytes`. Returns the ids of the thinned runs.
   * Throws as asWriting (storeWriter.ts).
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
