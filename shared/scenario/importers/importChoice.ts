import type { ScenarioDraft } from '../draft';
import { applyCorrelations } from './correlation/applyCorrelations';
import { describeCorrelations } from './correlation/describeCorrelations';
import { type CorrelationProposal, proposalsOf } from './correlation/proposals';
import { importedDraft, importedJourneyDraft } from './importedDraft';
import { hasOrder, importedJourneys } from './importedJourneys';
import type { ImportedRequests } from './importedRequests';

/**
 * How to turn an import into a scenario. It applies to requests with an order; others always become single requests.
 */
export interface ImportChoice {
  /** Single requests, drawn by weight, instead of journeys. */
  weights: boolean;
  /** Variables instead of values that later requests of a journey take from responses. */
  correlates: boolean;
}

/** Whether an import becomes journeys. */
function becomesJourneys(imported: ImportedRequests, { weights }: ImportChoice): boolean {
  return !weights && hasOrder(imported);
}

/** What an editor can make of an import: the requests with the chosen variables, and all proposals. */
export interface OfferedRequests {
  imported: ImportedRequests;
  /** What was found, applied or not; empty when single requests were chosen. */
  proposals: readonly CorrelationProposal[];
}

/** Returns an import with the chosen variables, and all proposals. */
export function offeredRequests(imported: ImportedRequests, choice: ImportChoice): OfferedRequests {
  if (!becomesJourneys(imported, choice)) return { imported, proposals: [] };
  return { imported: choice.correlates ? applyCorrelations(imported) : imported, proposals: proposalsOf(imported) };
}

/** Returns an import with the chosen variables. Its notes tell what was found and whether it was applied. */
export function chosenRequests(imported: ImportedRequests, choice: ImportChoice): ImportedRequests {
  const found = becomesJourneys(imported, choice) ? describeCorrelations(imported) : [];
  if (found.length === 0) return imported;
  if (!choice.correlates)
    return { ...imported, notes: [...imported.notes, ...found.map((line) => `As it was recorded: ${line}`)] };
  return applyCorrelations({ ...imported, notes: [...imported.notes, ...found.map((line) => `Variable ${line}`)] });
}

/** Returns the scenario of an import, what became journeys, and what was left out. Its id is not in `taken`. */
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
