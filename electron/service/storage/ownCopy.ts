import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { BatchStep } from './storageEngine';

/* Copies for an engine that keeps its arguments until a later turn: the caller may change the originals meanwhile. */

export function ownDocument(document: Document): Document {
  return { ...document, tags: [...document.tags] };
}

export function ownFields(fields: DocumentFields): DocumentFields {
  return { ...fields, tags: [...fields.tags] };
}

export function ownSteps(steps: readonly BatchStep[]): BatchStep[] {
  return steps.map((step) => {
    if (step.kind === 'insert') return { ...step, document: ownDocument(step.document) };
    return step.kind === 'update' ? { ...step, fields: ownFields(step.fields) } : { ...step };
  });
}
