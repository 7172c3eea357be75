import type { ScenarioDraft } from '../draft';
import { applyCorrelations } from './correlation/applyCorrelations';
import { describeCorrelations } from './correlation/describeCorrelations';
import { type CorrelationProposal, proposalsOf } from './correlation/proposals';
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

/** What an editor makes of an import: the requests with the variables that are wanted, and all that were found. */
export interface OfferedRequests {
  imported: ImportedRequests;
  /** What was found, whether it is applied or not; nothing where single requests are wanted. */
  proposals: readonly CorrelationProposal[];
}

/** An import with the variables that are wanted, beside all that were found. */
export function offeredRequests(imported: ImportedRequests, choice: ImportChoice): OfferedRequests {
  if (!becomesJourneys(imported, choice)) return { imported, proposals: [] };
  return { imported: choice.correlates ? applyCorrelations(imported) : imported, proposals: proposalsOf(imported) };
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
