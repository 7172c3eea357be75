import type { ScenarioDraft } from '../draft';
import { applyCorrelations } from './correlation/applyCorrelations';
import { describeCorrelations } from './correlation/describeCorrelations';
import { importedDraft, importedJourneyDraft } from './importedDraft';
import { hasOrder, importedJourneys } from './importedJourneys';
import type { ImportedRequests } from './importedRequests';

/** What becomes of an import whose requests have an order; others are single requests in any case. */
export interface ImportChoice {
  /** Single requests, drawn by weight, in place of journeys. */
  weights: boolean;
  /** Variables in the place of values of answers that later requests of a journey send back. */
  correlates: boolean;
}

/** Whether an import becomes journeys. */
function becomesJourneys(imported: ImportedRequests, { weights }: ImportChoice): boolean {
  return !weights && hasOrder(imported);
}

/** An import with the variables that are wanted. Its notes say what was found, and whether it was applied. */
export function chosenRequests(imported: ImportedRequests, choice: ImportChoice): ImportedRequests {
  const found = becomesJourneys(imported, choice) ? describeCorrelations(imported) : [];
  if (found.length === 0) return imported;
  if (!choice.correlates)
    return { ...imported, notes: [...imported.notes, ...found.map((line) => `As it was recorded: ${line}`)] };
  return applyCorrelations({ ...imported, notes: [...imported.notes, ...found.map((line) => `Variable ${line}`)] });
}

/** The scenario of an import, what of it became journeys, and what was left out. Its id is none of those `taken`. */
export function chosenDraft(
  imported: ImportedRequests,
  choice: ImportChoice,
  taken: ReadonlySet<string>,
): { draft: ScenarioDraft; journeys: readonly { steps: readonly unknown[] }[]; notes: readonly string[] } {
  if (!becomesJourneys(imported, choice))
    return { draft: importedDraft(imported, taken), journeys: [], notes: imported.notes };
  const made = importedJourneys(imported);
  return {
    draft: importedJourneyDraft(imported, made, taken),
    journeys: made.journeys,
    notes: [...imported.notes, ...made.notes],
  };
}
