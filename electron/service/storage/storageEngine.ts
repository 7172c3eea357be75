import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import type { EngineBackend } from '../../../shared/engines/backend';
import type { PartTimer } from '../serverTiming';

/**
 * Selects a page of a tenant's documents, in ascending order of ids (by code units, which is byte order for
 * identifiers).
 */
export interface DocumentQuery {
  /** Only documents in this status; undefined means all. The query with a status is the slow one of the report. */
  status: DocumentStatus | undefined;
  limit: number;
  /** Only ids greater than this one. */
  after: string | undefined;
}

/** Identifies a document and, with `expectedVersion`, the version that it must have. */
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

/** A document after a batch; undefined if the batch deleted it. */
export interface BatchEffect {
  id: string;
  document: Document | undefined;
}

/**
 * A store of documents by tenant and id. Every engine keeps these promises:
 * - the promise of a write resolves only when the write is as durable as the engine's tier says (durabilityOf);
 * - no operation sees or changes a document of another tenant;
 * - the version of a document grows by one with each update;
 * - documents handed out are never changed afterwards, and later changes to documents handed in have no effect;
 * - concurrent operations show no anomaly that is not declared (allowedAnomalies);
 * - time spent is added to `timing` under the parts that apply.
 * All methods can reject with a StorageError, and with nothing else. Documents handed in follow documentSchema.
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
   * Carries out all steps in order, or none. Each step sees the changes of those before it. Rejects with the reason of
   * the first step that is refused, or with `tenant-denied` when a step is about another tenant.
   */
  batch(tenant: string, steps: readonly BatchStep[], updatedAt: number, timing: PartTimer): Promise<BatchEffect[]>;
  /** Describes what the engine uses, such as the version of a server. */
  describe(): Promise<EngineBackend>;
  /** Waits for writes in progress and releases all resources. The data stay. */
  close(): Promise<void>;
  /** Closes, and removes data that are in a server. */
  drop(): Promise<void>;
}
