import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import type { EngineBackend } from '../../../shared/engines/backend';
import type { PartTimer } from '../serverTiming';

/** A page of a tenant's documents, in ascending order of their ids (code units, which is byte order for identifiers). */
export interface DocumentQuery {
  /** Only documents in this status; undefined means all. With a status it is the report's query that hurts. */
  status: DocumentStatus | undefined;
  limit: number;
  /** Only ids greater than this one. */
  after: string | undefined;
}

/** Which document is meant, and by whom it was last seen: without `expectedVersion` any version will do. */
export interface DocumentKey {
  tenant: string;
  id: string;
  expectedVersion?: number | undefined;
}

/** A step of a batch. `require` writes nothing: the batch is refused when the document has another version. */
export type BatchStep =
  | { kind: 'insert'; document: Document }
  | { kind: 'update'; id: string; expectedVersion?: number | undefined; fields: DocumentFields }
  | { kind: 'delete'; id: string; expectedVersion?: number | undefined }
  | { kind: 'require'; id: string; expectedVersion: number };

/** A document as a batch left it; undefined when it deleted it. */
export interface BatchEffect {
  id: string;
  document: Document | undefined;
}

/**
 * A store of documents by tenant and id. What an engine owes:
 * - a promise of a write resolves only when the write is as durable as the engine's tier says (durabilityOf);
 * - no operation sees or changes a document of another tenant;
 * - versions of a document grow by one with each update;
 * - documents handed out are never changed afterwards, and later changes to documents handed in have no effect;
 * - concurrent operations show no anomaly that is not declared (allowedAnomalies);
 * - time spent is added to `timing` under the parts that apply.
 * All methods may reject with a StorageError, and with nothing else. Documents handed in follow documentSchema.
 */
export interface StorageEngine {
  /** Fills an empty store. */
  seed(documents: Iterable<Document>): Promise<void>;
  get(key: DocumentKey, timing: PartTimer): Promise<Document | undefined>;
  query(tenant: string, query: DocumentQuery, timing: PartTimer): Promise<Document[]>;
  /** Rejects with `unique-violation` when the tenant has a document of this id. */
  insert(document: Document, timing: PartTimer): Promise<void>;
  /** Replaces the fields and returns the new document. Rejects with `not-found` or, for `expectedVersion`, `conflict`. */
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: PartTimer): Promise<Document>;
  /** Rejects with `not-found` or, for `expectedVersion`, `conflict`. */
  delete(key: DocumentKey, timing: PartTimer): Promise<void>;
  /**
   * Takes all steps in their order, each on what the ones before it left, or none of them: rejects with the reason of
   * the first that is refused, or with `tenant-denied` when one is about another tenant.
   */
  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number, timing: PartTimer): Promise<BatchEffect[]>;
  /** What stands behind the engine, such as the version of a server. */
  describe(): Promise<EngineBackend>;
  /** Waits for writes in progress and frees everything; the data stay. */
  close(): Promise<void>;
  /** Removes the data where they are in a server, and closes. */
  drop(): Promise<void>;
}
