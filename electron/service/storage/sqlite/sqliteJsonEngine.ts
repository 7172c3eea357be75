import type Database from 'better-sqlite3';
import type { Document, DocumentFields } from '../../../../shared/documents/document';
import type { EngineBackend } from '../../../../shared/engines/backend';
import type { ConfigOf } from '../../../../shared/engines/config';
import { openDatabase, sqliteVersion } from '../../../sqlite/openDatabase';
import { type PartTimer, untimed } from '../../serverTiming';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from '../storageEngine';
import { checkVersion, duplicate, notFound } from '../storageError';
import { type SyncDocuments, takeStep } from '../takeStep';
import { commitDelay } from './commitDelay';
import { sqliteErrorsMapped } from './sqliteErrors';

/**
 * The starting point of the report, deliberately slow and faithful to it: `prepare` on every call, the document as a
 * JSON blob, a rollback journal with synchronous=FULL, a commit per write, and a status query that reads and parses
 * every row of every tenant. Do not improve it: it is the baseline.
 */
export class SqliteJsonEngine implements StorageEngine {
  readonly #database: Database.Database;
  readonly #delay: () => void;

  constructor(path: string, { commitDelayMs }: ConfigOf<'sqlite-json'>['options']) {
    this.#delay = commitDelay(commitDelayMs);
    this.#database = openDatabase(path);
    this.#database.pragma('journal_mode = DELETE');
    this.#database.pragma('synchronous = FULL');
    this.#database.exec(
      'CREATE TABLE IF NOT EXISTS documents (tenant TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT',
    );
  }

  async seed(documents: Iterable<Document>): Promise<void> {
    const statement = this.#database.prepare('INSERT INTO documents (tenant, id, data) VALUES (?, ?, ?)');
    this.#database.transaction(() => {
      for (const document of documents) statement.run(document.tenant, document.id, JSON.stringify(document));
    })();
  }

  async get(key: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    return sqliteErrorsMapped(() => this.#read(key, timing));
  }

  async query(tenant: string, { status, limit, after }: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    return sqliteErrorsMapped(() => {
      const statement = timing.measure('prepare', () =>
        this.#database.prepare<[], string>('SELECT data FROM documents').pluck(),
      );
      const rows = timing.measure('fetch', () => statement.all());
      return timing.measure('decode', () =>
        rows
          .map(parseStored)
          .filter(
            (document) =>
              document.tenant === tenant &&
              (status === undefined || document.status === status) &&
              (after === undefined || document.id > after),
          )
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      );
    });
  }

  async insert(document: Document, timing: PartTimer): Promise<void> {
    this.#insert(document, timing);
  }

  async update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    return this.#update(key, fields, updatedAt, timing);
  }

  async delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    this.#delete(key, timing);
  }

  async batch(
    tenant: string,
    steps: readonly BatchStep[],
    updatedAt: number,
    timing: PartTimer,
  ): Promise<BatchEffect[]> {
    const documents: SyncDocuments = {
      insert: (document) => this.#insert(document, timing),
      update: (key, fields, at) => this.#update(key, fields, at, timing),
      delete: (key) => this.#delete(key, timing),
      expect: (key) => this.#expect(key, untimed),
    };
    return sqliteErrorsMapped(() => {
      const all = this.#database.transaction(() =>
        steps.flatMap((step) => takeStep(documents, tenant, step, updatedAt) ?? []),
      );
      const effects = all.immediate();
      this.#delay();
      return effects;
    });
  }

  async describe(): Promise<EngineBackend> {
    return { name: `SQLite ${sqliteVersion()}`, isTestDouble: false };
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  drop(): Promise<void> {
    return this.close();
  }

  #insert(document: Document, timing: PartTimer): Document {
    sqliteErrorsMapped(
      () => {
        const data = timing.measure('encode', () => JSON.stringify(document));
        const sql = 'INSERT INTO documents (tenant, id, data) VALUES (?, ?, ?)';
        const statement = timing.measure('prepare', () => this.#database.prepare(sql));
        this.#commit(() => statement.run(document.tenant, document.id, data), timing);
      },
      () => duplicate(document),
    );
    return document;
  }

  #update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Document {
    return sqliteErrorsMapped(() => {
      const current = this.#expect(key, timing);
      const next = { ...current, ...fields, tags: [...fields.tags], version: current.version + 1, updatedAt };
      const data = timing.measure('encode', () => JSON.stringify(next));
      const sql = 'UPDATE documents SET data = ? WHERE tenant = ? AND id = ?';
      const statement = timing.measure('prepare', () => this.#database.prepare(sql));
      this.#commit(() => statement.run(data, key.tenant, key.id), timing);
      return next;
    });
  }

  #delete(key: DocumentKey, timing: PartTimer): void {
    sqliteErrorsMapped(() => {
      this.#expect(key, timing);
      const sql = 'DELETE FROM documents WHERE tenant = ? AND id = ?';
      const statement = timing.measure('prepare', () => this.#database.prepare(sql));
      this.#commit(() => statement.run(key.tenant, key.id), timing);
    });
  }

  /** A write outside a batch is its own transaction and commits at once. */
  #commit(write: () => unknown, timing: PartTimer): void {
    timing.measure('commit', () => {
      write();
      if (!this.#database.inTransaction) this.#delay();
    });
  }

  #expect(key: DocumentKey, timing: PartTimer): Document {
    const current = this.#read(key, timing);
    if (!current) throw notFound(key);
    checkVersion(key, current.version);
    return current;
  }

  #read({ tenant, id }: DocumentKey, timing: PartTimer): Document | undefined {
    const sql = 'SELECT data FROM documents WHERE tenant = ? AND id = ?';
    const statement = timing.measure('prepare', () => this.#database.prepare<[string, string], string>(sql).pluck());
    const data = timing.measure('fetch', () => statement.get(tenant, id));
    return data === undefined ? undefined : timing.measure('decode', () => parseStored(data));
  }
}

/**
 * Parses what this engine itself has written. Checking it by a schema would be a cost that the report's service did not
 * have, and would change the shares of time that this engine exists to show.
 */
function parseStored(data: string): Document {
  return JSON.parse(data);
}
