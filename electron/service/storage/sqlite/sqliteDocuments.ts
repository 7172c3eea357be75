import type Database from 'better-sqlite3';
import type { Document, DocumentFields, DocumentStatus } from '../../../../shared/documents/document';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery } from '../storageEngine';
import { checkVersion, duplicate, notFound } from '../storageError';
import { type SyncDocuments, takeStep } from '../takeStep';
import { sqliteErrorsMapped } from './sqliteErrors';

/** Separates the tags in their column. The document's schema refuses control characters in a tag. */
const tagSeparator = '\u001f';

/** A row of the table below. The table is STRICT: SQLite itself guarantees these types. */
interface Row {
  tenant: string;
  id: string;
  status: DocumentStatus;
  title: string;
  owner: string;
  category: string;
  priority: number;
  tags: string;
  body: string;
  version: number;
  createdAt: number;
  updatedAt: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS documents (
    tenant TEXT NOT NULL, id TEXT NOT NULL, status TEXT NOT NULL, title TEXT NOT NULL, owner TEXT NOT NULL,
    category TEXT NOT NULL, priority INTEGER NOT NULL, tags TEXT NOT NULL, body TEXT NOT NULL,
    version INTEGER NOT NULL, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS documents_by_status ON documents (tenant, status, id);
`;

function prepareStatements(database: Database.Database) {
  return {
    all: database.prepare<[], Row>('SELECT * FROM documents'),
    count: database.prepare<[], number>('SELECT count(*) FROM documents').pluck(),
    get: database.prepare<[string, string], Row>('SELECT * FROM documents WHERE tenant = ? AND id = ?'),
    page: database.prepare<[string, string, number], Row>(
      'SELECT * FROM documents WHERE tenant = ? AND id > ? ORDER BY id LIMIT ?',
    ),
    pageOfStatus: database.prepare<[string, string, string, number], Row>(
      'SELECT * FROM documents WHERE tenant = ? AND status = ? AND id > ? ORDER BY id LIMIT ?',
    ),
    insert: database.prepare<[Row]>(
      `INSERT INTO documents VALUES (@tenant, @id, @status, @title, @owner, @category, @priority, @tags, @body,
         @version, @createdAt, @updatedAt)`,
    ),
    update: database.prepare<[Row]>(
      `UPDATE documents SET status = @status, title = @title, owner = @owner, category = @category,
         priority = @priority, tags = @tags, body = @body, version = @version, updatedAt = @updatedAt
       WHERE tenant = @tenant AND id = @id`,
    ),
    delete: database.prepare<[string, string]>('DELETE FROM documents WHERE tenant = ? AND id = ?'),
    savepoint: database.prepare('SAVEPOINT batch'),
    release: database.prepare('RELEASE batch'),
    rollback: database.prepare('ROLLBACK TO batch'),
  };
}

function toRow(document: Document): Row {
  return { ...document, tags: document.tags.join(tagSeparator) };
}

/** A row as it came from SQLite. */
export type { Row as SqliteRow };

/**
 * Turns a row into a document. The fields are copied one by one: a row whose tags were replaced takes longer to make,
 * and to turn into JSON.
 */
export function rowToDocument(row: Row): Document {
  const { tenant, id, status, title, owner, category, priority, tags, body, version, createdAt, updatedAt } = row;
  return {
    tenant,
    id,
    status,
    title,
    owner,
    category,
    priority,
    tags: tags === '' ? [] : tags.split(tagSeparator),
    body,
    version,
    createdAt,
    updatedAt,
  };
}

/**
 * Documents in a table with typed columns, with statements that are prepared once. All methods are synchronous: the
 * caller decides what one transaction is and when to commit it. They throw StorageError.
 */
export class SqliteDocuments implements SyncDocuments {
  readonly #statements: ReturnType<typeof prepareStatements>;

  /** Creates the table if there is none. */
  constructor(database: Database.Database) {
    database.exec(schema);
    this.#statements = prepareStatements(database);
  }

  get count(): number {
    return this.#statements.count.get() ?? 0;
  }

  *all(): Generator<Document> {
    for (const row of this.#statements.all.iterate()) yield rowToDocument(row);
  }

  row(tenant: string, id: string): Row | undefined {
    return sqliteErrorsMapped(() => this.#statements.get.get(tenant, id));
  }

  rows(tenant: string, { status, limit, after = '' }: DocumentQuery): Row[] {
    const { page, pageOfStatus } = this.#statements;
    return sqliteErrorsMapped(() =>
      status === undefined ? page.all(tenant, after, limit) : pageOfStatus.all(tenant, status, after, limit),
    );
  }

  insert(document: Document): Document {
    sqliteErrorsMapped(
      () => this.#statements.insert.run(toRow(document)),
      () => duplicate(document),
    );
    return document;
  }

  update(key: DocumentKey, fields: DocumentFields, updatedAt: number): Document {
    const current = this.expect(key);
    const next = { ...rowToDocument(current), ...fields, version: current.version + 1, updatedAt };
    sqliteErrorsMapped(() => this.#statements.update.run(toRow(next)));
    return next;
  }

  delete(key: DocumentKey): void {
    this.expect(key);
    sqliteErrorsMapped(() => this.#statements.delete.run(key.tenant, key.id));
  }

  /**
   * Carries out all steps or none. Throws the reason of the first step that is refused. Must run inside a transaction.
   */
  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number): BatchEffect[] {
    const { savepoint, release, rollback } = this.#statements;
    savepoint.run();
    try {
      return steps.flatMap((step) => takeStep(this, tenant, step, updatedAt) ?? []);
    } catch (refusal) {
      rollback.run();
      throw refusal;
    } finally {
      release.run();
    }
  }

  /** Throws `not-found`, `conflict`. */
  expect(key: DocumentKey): Row {
    const row = this.row(key.tenant, key.id);
    if (!row) throw notFound(key);
    checkVersion(key, row.version);
    return row;
  }
}
