import type Database from 'better-sqlite3';
import { z } from 'zod';
import { type RunFacets, type RunFilter, type RunQuery, runQuerySchema, wordsOf } from '../../shared/history/runQuery';
import { type RunSummary, runSummarySchema } from '../../shared/run/summary';
import { runStateSchema } from '../../shared/run/verdict';

/** SQLite has no booleans, and lists are stored as JSON. */
const rowSchema = z
  .looseObject({
    tags: z.string(),
    isPinned: z.int(),
    isBaseline: z.int(),
    isThinned: z.int(),
    isShortened: z.int(),
    isOverridden: z.int(),
    wasGateShut: z.int(),
  })
  .transform(({ tags, isPinned, isBaseline, isThinned, isShortened, isOverridden, wasGateShut, ...row }) =>
    runSummarySchema.parse({
      ...row,
      tags: JSON.parse(tags),
      isPinned: isPinned === 1,
      isBaseline: isBaseline === 1,
      isThinned: isThinned === 1,
      isShortened: isShortened === 1,
      isOverridden: isOverridden === 1,
      wasGateShut: wasGateShut === 1,
    }),
  );

const columns = `id, startedAt, verdict, scenarioId, scenarioName, target, origin, name, notes, machine, isPinned, isThinned, isShortened, isOverridden,
  wasGateShut, rate, p50Ms, p95Ms, p95HighMs, p99Ms, p99_9Ms, failedRate, cacheHitRate,
  (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE runId = runs.id ORDER BY tag)) AS tags,
  EXISTS (SELECT 1 FROM baselines WHERE runId = runs.id) AS isBaseline`;

const facetSchema = z.object({ value: z.string(), runs: z.int() });

const searched = "coalesce(name, '') || ' ' || notes || ' ' || scenarioName || ' ' || target || ' ' || id";

/** Returns a LIKE pattern that finds a text literally. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Returns when a day, or one some days later, begins in the time of this machine, as runs have their start. */
function midnight(day: string, daysLater = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** Returns the SQL conditions of a filter, and their values. */
function conditionsOf(filter: RunFilter): { where: string; values: Record<string, string> } {
  const where = ['deletedAt IS NULL'];
  const values: Record<string, string> = {};
  const add = (condition: string, name: string, value: string | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    values[name] = value;
  };
  const { scenarioId, target, verdict, tag, machine, from, to } = filter;
  add('scenarioId = @scenarioId', 'scenarioId', scenarioId);
  add('target = @target', 'target', target);
  add('verdict = @verdict', 'verdict', verdict);
  add('machine = @machine', 'machine', machine);
  add('id IN (SELECT runId FROM tags WHERE tag = @tag)', 'tag', tag);
  add('startedAt >= @from', 'from', from && midnight(from));
  add('startedAt < @to', 'to', to && midnight(to, 1));
  for (const [index, word] of wordsOf(filter).entries())
    add(`${searched} LIKE @word${index} ESCAPE '\\'`, `word${index}`, containing(word));
  return { where: where.join(' AND '), values };
}

/** The list of runs, without their documents. */
export class RunList {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Returns summaries, newest first. */
  read(query: RunQuery): RunSummary[] {
    const { offset, limit, ...filter } = runQuerySchema.parse(query);
    const { where, values } = conditionsOf(filter);
    const rows = this.#database
      .prepare(
        `SELECT ${columns} FROM runs WHERE ${where} ORDER BY startedAt DESC, id DESC LIMIT @limit OFFSET @offset`,
      )
      .all({ ...values, limit, offset });
    return z.array(rowSchema).parse(rows);
  }

  /** Returns the summary of a run, deleted or not; undefined when there is none. */
  find(id: string): RunSummary | undefined {
    const row = this.#database.prepare(`SELECT ${columns} FROM runs WHERE id = ?`).get(id);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  /** Returns how many runs match a filter. */
  count(filter: RunFilter): number {
    const { where, values } = conditionsOf(filter);
    return z.int().parse(this.#database.prepare(`SELECT count(*) FROM runs WHERE ${where}`).pluck().get(values));
  }

  /** Returns the values that runs can be filtered by. */
  facets(): RunFacets {
    const all = <Row extends z.ZodType>(row: Row, sql: string) => z.array(row).parse(this.#database.prepare(sql).all());
    const valuesOf = (column: string, more = '') =>
      all(
        facetSchema,
        `SELECT ${column} AS value, count(*) AS runs FROM runs WHERE deletedAt IS NULL ${more} GROUP BY 1 ORDER BY 1`,
      );
    return {
      scenarios: all(
        z.object({ id: z.string(), name: z.string(), runs: z.int() }),
        `SELECT scenarioId AS id, max(scenarioName) AS name, count(*) AS runs FROM runs WHERE deletedAt IS NULL
         GROUP BY scenarioId ORDER BY 2`,
      ),
      targets: valuesOf('target'),
      verdicts: z
        .array(facetSchema.extend({ value: runStateSchema }))
        .parse(valuesOf('verdict', 'AND verdict IS NOT NULL')),
      tags: all(
        facetSchema,
        `SELECT tag AS value, count(*) AS runs FROM tags JOIN runs ON id = runId WHERE deletedAt IS NULL
         GROUP BY 1 ORDER BY 1`,
      ),
      machines: valuesOf('machine', "AND machine <> ''"),
    };
  }
}
