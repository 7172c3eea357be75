import { idFor, newDraft, type ScenarioDraft } from '../draft';
import type { ImportedRequests } from './importedRequests';

/** A scenario of imported requests, with the load and the thresholds of a new one. Its id is none of those `taken`. */
export function importedDraft({ name, requests, data }: ImportedRequests, taken: ReadonlySet<string>): ScenarioDraft {
  const { operations: _operations, ...draft } = newDraft(taken);
  return { ...draft, name: name.slice(0, 120) || 'Imported', id: idFor(name, taken), requests, data };
}
