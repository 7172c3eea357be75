import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { EngineBackend } from '../../../shared/engines/backend';
import type { ConfigOf } from '../../../shared/engines/config';
import { sqliteVersion } from '../../sqlite/openDatabase';
import type { PartTimer } from '../serverTiming';
import { DocumentTable } from './documentTable';
import { ownDocument, ownFields, ownSteps } from './ownCopy';
import type { GroupCommit } from './sqlite/groupCommit';
import { rowToDocument, type SqliteDocuments } from './sqlite/sqliteDocuments';
import { openCommitted, seedInOne } from './sqlite/sqliteEngine';
import type { BatchEffect, BatchStep, DocumentKey, DocumentQuery, StorageEngine } from './storageEngine';

const bytesPerMb = 2 ** 20;
/** The memory of a document in addition to its texts: the object, its strings' headers, map and index entries. */
const overheadBytes = 900;

/** Returns the approximate memory of a document, in bytes. A character takes two bytes at most. */
function sizeOf({ title, owner, category, tags, body }: Document): number {
  const characters = title.length + owner.length + category.length + body.length;
  return overheadBytes + 2 * tags.reduce((sum, tag) => sum + tag.length, characters);
}

/**
 * Option 3 of the report: reads come from memory, writes are acknowledged after their group commit to SQLite, and
 * memory is rebuilt from SQLite at the start. Memory is updated after the commit and before the acknowledgement. When
 * the documents outgrow the memory, the least recently used ones are read from SQLite.
 */
export class HybridEngine implements StorageEngine {
  readonly #database: Database.Database;
  readonly #documents: SqliteDocuments;
  readonly #commits: GroupCommit;
  readonly #table = new DocumentTable();
  /** The documents in memory. The least recently used one is evicted first. */
  readonly #recency: LRUCache<string, DocumentKey>;
  /** Whether memory holds all documents: only then can it serve lists. */
  #complete = true;

  constructor(path: string, settings: ConfigOf<'hybrid'>['options']) {
    const { database, documents, commits } = openCommitted(path, settings);
    this.#database = database;
    this.#documents = documents;
    this.#commits = commits;
    this.#recency = new LRUCache({
      maxSize: settings.memoryMb * bytesPerMb,
      dispose: ({ tenant, id }, _key, reason) => {
        if (reason !== 'evict') return;
        this.#table.remove(tenant, id);
        this.#complete = false;
      },
    });
    this.#rebuild();
  }

  /** The approximate memory of the documents that are in memory, in bytes. */
  get residentBytes(): number {
    return this.#recency.calculatedSize;
  }

  async seed(documents: Iterable<Document>): Promise<void> {
    seedInOne(this.#database, this.#documents, documents);
    this.#rebuild();
  }

  async get({ tenant, id }: DocumentKey, timing: PartTimer): Promise<Document | undefined> {
    const found = timing.measure('fetch', () => this.#table.find(tenant, id));
    if (this.#complete) return found;
    if (found) {
      this.#recency.get(keyOf(found));
      return found;
    }
    const row = timing.measure('fetch', () => this.#documents.row(tenant, id));
    return row && timing.measure('decode', () => this.#keep(rowToDocument(row)));
  }

  async query(tenant: string, query: DocumentQuery, timing: PartTimer): Promise<Document[]> {
    if (this.#complete) return timing.measure('fetch', () => this.#table.page(tenant, query));
    const rows = timing.measure('fetch', () => this.#documents.rows(tenant, query));
    return timing.measure('decode', () => rows.map(rowToDocument));
  }

  insert(document: Document, timing: PartTimer): Promise<void> {
    const own = ownDocument(document);
    return this.#commits.write(
      () => void this.#documents.insert(own),
      timing,
      () => this.#keep(own),
    );
  }

  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document> {
    const own = ownFields(fields);
    return this.#commits.write(
      () => this.#documents.update(key, own, updatedAt),
      timing,
      (document) => this.#keep(document),
    );
  }

  delete(key: DocumentKey, timing: PartTimer): Promise<void> {
    return this.#commits.write(
      () => this.#documents.delete(key),
      timing,
      () => this.#forget(key),
    );
  }

  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number, timing: PartTimer): Promise<BatchEffect[]> {
    const own = ownSteps(steps);
    return this.#commits.write(
      () => this.#documents.batch(tenant, own, updatedAt),
      timing,
      (effects) => {
        for (const { id, document } of effects) {
          if (document) this.#keep(document);
          else this.#forget({ tenant, id });
        }
      },
    );
  }

  async describe(): Promise<EngineBackend> {
    return { name: `memory over SQLite ${sqliteVersion()}`, isTestDouble: false };
  }

  async close(): Promise<void> {
    await this.#commits.drained();
    this.#database.close();
  }

  drop(): Promise<void> {
    return this.close();
  }

  #rebuild(): void {
    this.#table.clear();
    this.#recency.clear();
    this.#complete = true;
    for (const document of this.#documents.all()) {
      this.#keep(document);
      // More documents would only evict those in memory.
      if (!this.#complete) return;
    }
  }

  /** Keeps a document in memory, if there is room for it. */
  #keep(document: Document): Document {
    const stored = this.#table.put(document);
    const size = sizeOf(stored);
    this.#recency.set(keyOf(stored), { tenant: stored.tenant, id: stored.id }, { size });
    if (this.#recency.has(keyOf(stored))) return stored;
    // lru-cache does not accept a document that is larger than the whole memory.
    this.#table.remove(stored.tenant, stored.id);
    this.#complete = false;
    return stored;
  }

  #forget(key: DocumentKey): void {
    this.#table.remove(key.tenant, key.id);
    this.#recency.delete(keyOf(key));
  }
}

function keyOf({ tenant, id }: DocumentKey): string {
  return `${tenant}/${id}`;
}
