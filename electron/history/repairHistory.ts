import { existsSync, renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { openDatabase } from '../sqlite/openDatabase';
import { isDamage } from './damage';
import { keepShrinkable } from './freePages';
import { migrate, migrations } from './migrations';
import { isPacked } from './packing';
import { historyFile, repairedFile, setAside, unfinishedFile } from './storeFiles';

/** The result of repairing a damaged history. */
export interface Repair {
  /** Where the damaged store is now; nothing writes to it. */
  setAside: string;
  /** How many runs were recovered with their documents. */
  rescuedRuns: number;
  /** How many runs are known to be lost: their rows were readable, their documents were not. */
  lostRuns: number;
  /** How many recovered runs lost some of their response times by second. */
  partlyLostRuns: number;
}

/** Describes a repair in a sentence. */
export function describeRepair({ setAside: file, rescuedRuns, lostRuns, partlyLostRuns }: Repair): string {
  const partly = partlyLostRuns > 0 ? ` (${partlyLostRuns} without some of their response times by second)` : '';
  const lost = lostRuns > 0 ? `, ${lostRuns} are lost` : '';
  return `The history was damaged: ${rescuedRuns} runs were rescued${partly}${lost}. The damaged one is set aside as ${file}.`;
}

type Row = Record<string, unknown>;
const rowSchema = z.record(z.string(), z.unknown());

/** Yields the rows of a table that can be read from one end. */
function* rowsFrom(database: Database.Database, table: string, order: 'ASC' | 'DESC'): Generator<Row> {
  try {
    for (const row of database.prepare(`SELECT rowid AS "_rowid", * FROM ${table} ORDER BY rowid ${order}`).iterate())
      yield rowSchema.parse(row);
  } catch (error) {
    // The damage begins here.
    if (!isDamage(error)) throw error;
  }
}

function columnsOf(database: Database.Database, table: string): string[] {
  try {
    return z
      .array(z.object({ name: z.string() }))
      .parse(database.pragma(`table_info(${table})`))
      .map(({ name }) => name);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  }
}

/** Returns the version that a damaged store states; the newest when it states none. */
function versionOf(database: Database.Database): number {
  try {
    const version = Number(database.pragma('user_version', { simple: true }));
    return version >= 1 && version <= migrations.length ? version : migrations.length;
  } catch (error) {
    if (isDamage(error)) return migrations.length;
    throw error;
  }
}

/** Returns the tables of an intact store in order of creation, so that referenced tables come first. */
function tablesOf(database: Database.Database): string[] {
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").pluck().all();
  return z.array(z.string()).parse(names);
}

/** Copies the readable rows of a table: from the start up to the damage, then from the end back to it. */
function rescueTable(from: Database.Database, to: Database.Database, table: string): void {
  const known = columnsOf(to, table);
  const columns = columnsOf(from, table).filter((column) => known.includes(column));
  if (columns.length === 0) return;
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  );
  let last = Number.NEGATIVE_INFINITY;
  const copy = (row: Row): void => {
    const { _rowid, ...values } = row;
    last = Number(_rowid);
    try {
      insert.run(values);
    } catch (error) {
      // A row that belongs to a lost run, or that a damaged page made up.
      if (!(error instanceof Error && /constraint|datatype|NULL/i.test(error.message))) throw error;
    }
  };
  for (const row of rowsFrom(from, table, 'ASC')) copy(row);
  const damagedAt = last;
  for (const row of rowsFrom(from, table, 'DESC')) {
    if (Number(row._rowid) <= damagedAt) break;
    copy(row);
  }
}

/** Deletes runs whose texts are damaged, because later migration steps parse them. Returns how many. */
function dropUnreadable(database: Database.Database): number {
  const texts = columnsOf(database, 'runs').filter((column) => column === 'description' || column === 'document');
  const isDamaged = texts.map((column) => `(${column} IS NOT NULL AND NOT json_valid(${column}))`);
  return isDamaged.length === 0
    ? 0
    : database.prepare(`DELETE FROM runs WHERE ${isDamaged.join(' OR ')}`).run().changes;
}

/** Deletes rows whose packed content is damaged, which SQLite cannot detect. Returns how many runs they belonged to. */
function dropDamaged(database: Database.Database, table: 'documents' | 'responses'): number {
  const damaged: Row[] = [];
  for (const { _rowid, runId, packed } of rowsFrom(database, table, 'ASC'))
    if (!isPacked(packed)) damaged.push({ _rowid, runId });
  const drop = database.prepare(`DELETE FROM ${table} WHERE rowid = ?`);
  for (const { _rowid } of damaged) drop.run(_rowid);
  return new Set(damaged.map(({ runId }) => runId)).size;
}

/** Copies what is readable of a damaged store into a new one of its version. Returns how many runs were damaged. */
function rescue(damaged: string, to: Database.Database): number {
  const from = openDatabase(damaged, { readonly: true });
  try {
    // Otherwise SQLite refuses a file whose end is missing. The database is open for reading only.
    from.unsafeMode(true);
    from.pragma('writable_schema = ON');
    migrate(to, versionOf(from));
    return to.transaction(() => {
      for (const table of tablesOf(to)) rescueTable(from, to, table);
      return dropUnreadable(to);
    })();
  } catch (error) {
    // Nothing of it is readable.
    if (isDamage(error)) return 0;
    throw error;
  } finally {
    from.close();
  }
}

/** Builds a new history beside a damaged one, from what is readable of it. */
function makeAnew(dataFolder: string): Omit<Repair, 'setAside'> {
  // The remains of a repair that was killed.
  for (const companion of ['', '-journal']) rmSync(`${unfinishedFile(dataFolder)}${companion}`, { force: true });
  const to = openDatabase(unfinishedFile(dataFolder));
  try {
    keepShrinkable(to);
    to.pragma('foreign_keys = ON');
    const damagedRuns = rescue(historyFile(dataFolder), to);
    migrate(to);
    dropDamaged(to, 'documents');
    const count = (where: string): number =>
      Number(to.prepare(`SELECT count(*) FROM runs WHERE ${where}`).pluck().get());
    const withoutDocument = 'verdict IS NOT NULL AND id NOT IN (SELECT runId FROM documents)';
    const lostRuns = count(withoutDocument) + damagedRuns;
    to.exec(`DELETE FROM runs WHERE ${withoutDocument}`);
    const partlyLostRuns = dropDamaged(to, 'responses');
    return { rescuedRuns: count('1'), lostRuns, partlyLostRuns };
  } finally {
    to.close();
  }
}

/**
 * Builds a new history from what is readable of a damaged one, then sets the damaged one aside unchanged. When it is
 * killed halfway, nothing has changed or the next start completes it. Leaves out runs without a document. No other
 * process may have the history open (storeLock.ts).
 */
export function repairHistory(dataFolder: string, now: Date): Repair {
  const made = makeAnew(dataFolder);
  renameSync(unfinishedFile(dataFolder), repairedFile(dataFolder));
  return { setAside: finishRepair(dataFolder, now), ...made };
}

/** Whether a repair was killed while it replaced the old history with the new one. */
export function isRepairInterrupted(dataFolder: string): boolean {
  return existsSync(repairedFile(dataFolder));
}

/**
 * Sets the rest of the old history aside and puts the new one in its place. Returns the path of the old one. No other
 * process may have the history open.
 */
export function finishRepair(dataFolder: string, now: Date): string {
  const damaged = setAside(dataFolder, now);
  renameSync(repairedFile(dataFolder), historyFile(dataFolder));
  return damaged;
}
