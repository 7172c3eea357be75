import type { Document, DocumentFields } from '../../../shared/documents/document';
import type { BatchStep } from './storageEngine';

/* What an engine keeps until a later turn must not change when its caller goes on with the object. */

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
