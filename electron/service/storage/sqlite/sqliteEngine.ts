import type Database from 'better-sqlite3';
import type { Document, DocumentFields } from '../../../../shared/documents/document';
import type { EngineBackend } from '../../../../shared/engines/backend';
import type { ConfigOf } from '../../../../shared/engines/config';
import { openDatabase, sqliteVersion } from '../../../sqlite/openDatabase';
import type { PartTimer } from '../../serverTiming';
import { ownDocument, ownFields, ownSteps } from '../ownCopy';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from '../storageEngine';
import { GroupCommit } from './groupCommit';
import { rowToDocument, SqliteDocuments } from './sqliteDocuments';

type SqliteSettings = ConfigOf<'sqlite'>['options'];

/** Opens a database in WAL mode with its table and its group commit, for the engines `sqlite` and `hybrid`. */
export function openCommitted(path: string, settings: SqliteSettings) {
  const database = openDatabase(path);
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${settings.synchronous}`);
  const documents = new SqliteDocuments(database);
  const commits = new GroupCommit(database, {
    windowMs: settings.groupCommitWindowMs,
    maxWrites: settings.groupCommitMaxWrites,
    delayMs: settings.commitDelayMs,
  });
  return { database, documents, commits };
}

/** Fills a table in one transaction. */
export function seedInOne(database: Database.Database, table: SqliteDocuments, documents: Iterable<Document>): void {
  database.transaction(() => {
    for (const document of documents) table.insert(document);
  })();
}

/**
 * Option 1 of the report: typed columns instead of JSON, statements prepared once, WAL, an index for the status
 * query, and group commit.
 */
export class SqliteEngine implements StorageEngine {
  readonly #database: Database.Database;
  readonly #documents: SqliteDocuments;
  readonly #commits: GroupCommit;

  constructor(path: string, settings: SqliteSettings) {
    const { database, documents, commits } = openCommitted(path, settings);
    this.#database = database;
    this.#documents = documents;
    this.#commits = commits;
  }

  async seed(documents: Iterable<Document>): Promise<void> {
    seedInOne(this.#database, this.#documents, documents);
  }

  async get({ tenant, id }: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    const row = timing.measure('fetch', () => this.#documents.row(tenant, id));
    return row && timing.measure('decode', () => rowToDocument(row));
  }

  async query(tenant: string, query: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    const rows = timing.measure('fetch', () => this.#documents.rows(tenant, query));
    return timing.measure('decode', () => rows.map(rowToDocument));
  }

  insert(document: Document, timing: PartTimer): Promise<void> {
    const own = ownDocument(document);
    return this.#commits.write(() => void this.#documents.insert(own), timing);
  }

  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    const own = ownFields(fields);
    return this.#commits.write(() => this.#documents.update(key, own, updatedAt), timing);
  }

  delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    return this.#commits.write(() => this.#documents.delete(key), timing);
  }

  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number, timing: PartTimer): Promise<BatchEffect[]> {
    const own = ownSteps(steps);
    return this.#commits.write(() => this.#documents.batch(tenant, own, updatedAt), timing);
  }

  async describe(): Promise<EngineBackend> {
    return { name: `SQLite ${sqliteVersion()}`, isTestDouble: false };
  }

  async close(): Promise<void> {
    await this.#commits.drained();
    this.#database.close();
  }

  drop(): Promise<void> {
    return this.close();
  }
}
