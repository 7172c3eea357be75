import type { Document, DocumentFields, DocumentStatus } from '../../../shared/documents/document';
import type { ServerTiming } from '../serverTiming';

export type StorageErrorKind = 'unique-violation' | 'conflict' | 'not-found' | 'unavailable';

/** A refusal of a storage engine. Anything else that an engine throws is a defect. */
export class StorageError extends Error {
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.kind = kind;
  }
}

/** The query that hurts: documents of a tenant in a status, in ascending order of their ids. */
export interface StatusQuery {
  status: DocumentStatus;
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

/**
 * A store of documents by tenant and id. What an engine owes:
 * - a promise of a write resolves only when the write is as durable as the engine's tier says;
 * - no operation sees or changes a document of another tenant;
 * - versions of a document grow by one with each update;
 * - documents handed out are never changed afterwards, and later changes to documents handed in have no effect;
 * - time spent is added to `timing` under the parts that apply.
 * All methods may reject with a {@link StorageError}.
 */
export interface StorageEngine {
  /** Fills an empty store. */
  seed(documents: Iterable<Document>): Promise<void>;
  get(key: DocumentKey, timing: ServerTiming): Promise<Document | undefined>;
  query(tenant: string, query: StatusQuery, timing: ServerTiming): Promise<Document[]>;
  /** Rejects with `unique-violation` when the tenant has a document of this id. */
  insert(document: Document, timing: ServerTiming): Promise<void>;
  /** Replaces the fields and returns the new document. Rejects with `not-found` or, for `expectedVersion`, `conflict`. */
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number, timing: ServerTiming): Promise<Document>;
  /** Rejects with `not-found` or, for `expectedVersion`, `conflict`. */
  delete(key: DocumentKey, timing: ServerTiming): Promise<void>;
  /** Waits for writes in progress and frees everything. */
  close(): Promise<void>;
}

export function notFound({ tenant, id }: DocumentKey): StorageError {
  return new StorageError('not-found', `tenant ${tenant} has no document ${id}`);
}

export function duplicate({ tenant, id }: DocumentKey): StorageError {
  return new StorageError('unique-violation', `tenant ${tenant} already has a document ${id}`);
}

/** Throws when the version is not the one that the client expects. */
export function checkVersion(key: DocumentKey, version: number): void {
  if (key.expectedVersion !== undefined && key.expectedVersion !== version) {
    throw new StorageError('conflict', `document ${key.id} has version ${version}, not ${key.expectedVersion}`);
  }
}
