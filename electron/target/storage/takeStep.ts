import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { BatchEffect, BatchStep, DocumentKey } from './storageEngine';
import { checkTenant } from './storageError';

/** Documents that answer at once, as those in the process do. All methods throw StorageError. */
export interface SyncDocuments {
  /** Returns the document as it is stored. */
  insert(document: Document): Document;
  update(key: DocumentKey, fields: DocumentFields, updatedAt: number): Document;
  delete(key: DocumentKey): void;
  /** Throws `not-found`, and `conflict` for another version. */
  expect(key: DocumentKey): unknown;
}

/** Takes a step of a batch; that a batch is all or nothing is up to the caller. Undefined for a step that writes nothing. */
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
