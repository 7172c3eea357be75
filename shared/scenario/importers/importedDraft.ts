import { idFor, newDraft, type ScenarioDraft } from '../draft';
import type { ImportedJourneys } from './importedJourneys';
import type { ImportedRequests } from './importedRequests';

function headOf({ name, proxy }: ImportedRequests, taken: ReadonlySet<string>): ScenarioDraft {
  const { operations: _operations, ...draft } = newDraft(taken);
  const through = proxy === undefined ? {} : { proxy };
  return { ...draft, name: name.slice(0, 120) || 'Imported', id: idFor(name, taken), ...through };
}

/** Returns a scenario of imported requests, with the default load and thresholds. Its id is not in `taken`. */
export function importedDraft(imported: ImportedRequests, taken: ReadonlySet<string>): ScenarioDraft {
  const { requests, data } = imported;
  return { ...headOf(imported, taken), requests, data };
}

/** Returns a scenario of imported journeys, with a few virtual users and the default thresholds. */
export function importedJourneyDraft(
  imported: ImportedRequests,
  { journeys }: Pick<ImportedJourneys, 'journeys'>,
  taken: ReadonlySet<string>,
): ScenarioDraft {
  const load = { executor: 'constant-vus', vus: 10, duration: '1m' };
  return { ...headOf(imported, taken), load, journeys, data: imported.data };
}
