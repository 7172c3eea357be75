import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { BatchEffect, BatchStep, DocumentKey } from './storageEngine';
import { checkTenant } from './storageError';

/** Documents with synchronous operations, such as those in this process. All methods throw StorageError. */
export interface SyncDocuments {
  /** Returns the document as it is stored. */
  insert(document: Document): Document;
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number): Document;
  delete(key: DocumentKey): void;
  /** Throws `not-found`, and `conflict` for another version. */
  expect(key: DocumentKey): unknown;
}

/** Documents in a server, within one transaction. All methods reject with StorageError. */
export interface ServerDocuments {
  insert(document: Document): Promise<void>;
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number): Promise<Document>;
  delete(key: DocumentKey): Promise<void>;
  /** Rejects with `not-found`, and with `conflict` for another version. */
  expect(key: DocumentKey): Promise<void>;
}

/**
 * Carries out a step of a batch. The caller ensures that a batch is all or nothing. Returns undefined for a step that
 * writes nothing.
 */
export function takeStep(
  documents: SyncDocuments,
  tenant: string,
  step: BatchStep,
  updatedAt: number,
): BatchEffect | undefined {
  switch (step.kind) {
    case 'insert':
      checkTenant(tenant, step.document);
      return { id: step.document.id, document: documents.insert(step.document) };
    case 'update':
      return { id: step.id, document: documents.update({ ...step, tenant }, step.fields, updatedAt) };
    case 'delete':
      documents.delete({ ...step, tenant });
      return { id: step.id, document: undefined };
    case 'require':
      documents.expect({ ...step, tenant });
      return undefined;
  }
}

/** Like {@link takeStep}, for documents in a server. */
export async function takeServerStep(
  documents: ServerDocuments,
  tenant: string,
  step: BatchStep,
  updatedAt: number,
): Promise<BatchEffect | undefined> {
  switch (step.kind) {
    case 'insert':
      checkTenant(tenant, step.document);
      await documents.insert(step.document);
      return { id: step.document.id, document: step.document };
    case 'update':
      return { id: step.id, document: await documents.update({ ...step, tenant }, step.fields, updatedAt) };
    case 'delete':
      await documents.delete({ ...step, tenant });
      return { id: step.id, document: undefined };
    case 'require':
      await documents.expect({ ...step, tenant });
      return undefined;
  }
}
