import type { DocumentKey } from './storageEngine';

/**
 * Why an engine refuses:
 * - `unique-violation`: the tenant has a document of this id;
 * - `conflict`: the version is not the expected one, or a concurrent transaction got in the way; read again and retry;
 * - `not-found`: there is no such document;
 * - `timeout`: the engine did not respond in time; a write may or may not have happened;
 * - `unavailable`: the engine cannot be reached or cannot work; a write may or may not have happened;
 * - `tenant-denied`: the operation reaches into another tenant;
 * - `not-supported`: this server cannot do it at all.
 */
export type StorageErrorKind =
  | 'unique-violation'
  | 'conflict'
  | 'not-found'
  | 'timeout'
  | 'unavailable'
  | 'tenant-denied'
  | 'not-supported';

/** A refusal of a storage engine. Anything else that an engine throws is a defect. */
export class StorageError extends Error {
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.kind = kind;
  }
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

/** Throws when a document of one tenant is handed in under the name of another. */
export function checkTenant(tenant: string, document: DocumentKey): void {
  if (document.tenant !== tenant) {
    throw new StorageError('tenant-denied', `document ${document.id} belongs to ${document.tenant}, not to ${tenant}`);
  }
}
